//! `nexus admin`: for the operator, who has the machine.

use app::features::auth::{operator, set_up};
use clap::Subcommand;

use super::{CommandError, Foundation};
use crate::config::Purpose;

/// What the operator can do for people.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Print a one-time link that creates the first organization and its administrator.
    Create,
    /// Lift the lock of somebody who typed a wrong password too often.
    Unlock {
        /// Username or e-mail address.
        person: String,
    },
    /// Remove somebody's second factor and end their sessions; the duty to set up a new one stays.
    ResetTwoFactor {
        /// Username or e-mail address.
        person: String,
    },
}

/// Does it and says what was done.
pub async fn admin(command: AdminCommand) -> Result<(), CommandError> {
    let foundation = tokio::task::spawn_blocking(|| Foundation::lay(Purpose::Operating)).await??;
    let done = run(&foundation, command).await;
    foundation.close().await?;
    println!("{}", done?);
    Ok(())
}

async fn run(foundation: &Foundation, command: AdminCommand) -> Result<String, CommandError> {
    let state = &foundation.state;
    foundation.migrate().await?;
    Ok(match command {
        AdminCommand::Create => match set_up::issue_link(state).await? {
            Some(link) => format!("Create the first organization with this one-time link, valid for 72 hours:\n  {link}"),
            None => return Err("There are people already: an administrator of an organization invites others in Members.".into()),
        },
        AdminCommand::Unlock { person } => {
            if !operator::unlock(state, &person).await? {
                return Err(format!("Nobody is called {person}.").into());
            }
            format!("{person} can sign in again.")
        }
        AdminCommand::ResetTwoFactor { person } => {
            if !operator::reset_two_factor(state, &person).await? {
                return Err(format!("Nobody is called {person}.").into());
            }
            format!("The second factor of {person} is removed and every session has ended.")
        }
    })
}
