//! What `nexus demo` says.

use std::fmt::Write;

use app::features::demonstration::{self, Filled, SignInFacts};
use app::platform::state::AppState;

use crate::commands::CommandError;

/// Fills the example organization in, and tells how to sign in. Changes nothing when it is there already.
pub async fn fill(state: &AppState) -> Result<String, CommandError> {
    let filled = demonstration::fill(state).await?;
    Ok(report(&filled)?)
}

fn report(filled: &Filled) -> Result<String, std::fmt::Error> {
    let Filled { organization, people, administrators, applications, was_there, sign_in } = filled;
    let mut text = if *was_there {
        format!("{organization} is there already; nothing was changed.\n")
    } else {
        format!(
            "{organization} is filled in: {people} members in every status, {administrators} of them administrators, and {applications} applications.\n"
        )
    };
    let SignInFacts { address, members_address, username, password, second_factor, others } = sign_in;
    writeln!(text)?;
    writeln!(text, "Sign in at     {address}")?;
    writeln!(text, "Username       {username}")?;
    writeln!(text, "Password       {}", password.as_deref().unwrap_or("was changed since, and is known to whoever changed it"))?;
    match second_factor {
        Some(shown) => {
            writeln!(text, "Second factor  {}", shown.secret)?;
            writeln!(text, "               {}", shown.url)?;
        }
        None => writeln!(text, "Second factor  was removed since; the next sign-in leads to setting up a new one")?,
    }
    writeln!(text, "Members        {members_address}")?;
    writeln!(text)?;
    writeln!(text, "Put the second factor into an authenticator app, or let `oathtool --totp --base32 <second factor>` make the code.")?;
    let others: Vec<String> = others.iter().map(|(username, role)| format!("{username} ({role})")).collect();
    write!(text, "The password is the same for everybody in it. Without a second factor: {}.", others.join(", "))?;
    Ok(text)
}
