//! What the owner of an account is told about attempts at it.

use crate::features::auth::people::Person;
use crate::platform::letter::Letter;
use crate::platform::outbox::Mail;
use crate::platform::request::Origin;
use crate::values::moment::Moment;

/// Sign-in is locked for a while after wrong passwords.
pub(super) fn locked(owner: &Person, now: Moment, origin: &Origin) -> Mail {
    let mut letter = Letter::new(
        "Wrong passwords for your Nexus account",
        "Sign-in to your account was locked for 5 minutes.",
        "You get this mail because you have a Nexus account with this address.",
    )
    .greeting(&format!("Hello {},", owner.first_name))
    .paragraph("Somebody typed a wrong password for your account five times. Sign-in is locked for 5 minutes; a browser that you have signed in with before is not affected by strangers.")
    .fact("Time", &now.date_time_utc());
    if let Some(network) = origin.network {
        letter = letter.fact("From", &network.ip().to_string());
    }
    let letter = letter
        .closing("If that was you, wait 5 minutes and try again.")
        .closing("If it was not you, nothing has happened to your account: your password is still needed to sign in. Somebody who knows it must be kept out by a new one.");
    Mail { kind: "sign_in.locked", organization: None, membership: None, recipient: owner.email.clone(), letter }
}
