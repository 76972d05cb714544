//! What a person is told about their second factor, so that a stranger's change does not go unnoticed.

use crate::features::auth::people::Person;
use crate::platform::letter::Letter;
use crate::platform::outbox::Mail;
use crate::values::moment::Moment;

const FOOTER: &str = "You get this mail because you have a Nexus account with this address.";
const IF_NOT_YOU: &str = "If that was not you, contact an administrator of your organization at once.";

/// It is turned on.
pub(super) fn turned_on(person: &Person, now: Moment) -> Mail {
    let letter = Letter::new("Two-factor authentication is on", "Signing in now takes your password and a code.", FOOTER)
        .greeting(&format!("Hello {},", person.first_name))
        .paragraph("Two-factor authentication has been turned on for your account. From now on, signing in takes your password and a code of your authenticator app. Keep your recovery codes in a safe place.")
        .fact("Time", &now.date_time_utc())
        .closing(IF_NOT_YOU);
    Mail { kind: "two_factor.set_up", organization: None, membership: None, recipient: person.email.clone(), letter }
}

/// A recovery code was used.
pub(super) fn recovery_code_used(person: &Person, left: i64, now: Moment) -> Mail {
    let letter = Letter::new("A recovery code was used", "Somebody signed in to your account with a recovery code.", FOOTER)
        .greeting(&format!("Hello {},", person.first_name))
        .paragraph("Your password and one of your recovery codes were used to sign in to your account. That code does not work again.")
        .fact("Time", &now.date_time_utc())
        .fact("Recovery codes left", &left.to_string())
        .closing(IF_NOT_YOU);
    Mail { kind: "recovery_code.used", organization: None, membership: None, recipient: person.email.clone(), letter }
}

/// The recovery codes were replaced.
pub(super) fn recovery_codes_renewed(person: &Person, now: Moment) -> Mail {
    let letter = Letter::new("You have new recovery codes", "The former recovery codes of your account no longer work.", FOOTER)
        .greeting(&format!("Hello {},", person.first_name))
        .paragraph("New recovery codes have been made for your account. The former ones no longer work.")
        .fact("Time", &now.date_time_utc())
        .closing(IF_NOT_YOU);
    Mail { kind: "recovery_codes.renewed", organization: None, membership: None, recipient: person.email.clone(), letter }
}
