//! What people are told of the operator's help.

use crate::features::auth::people::Person;
use crate::platform::letter::Letter;
use crate::platform::outbox::Mail;
use crate::values::moment::Moment;

/// The second factor is gone.
pub(super) fn factor_reset(person: &Person, now: Moment) -> Mail {
    let letter = Letter::new(
        "Your two-factor authentication was reset",
        "The operator of Nexus removed your second factor.",
        "You get this mail because it concerns how you sign in.",
    )
    .greeting(&format!("Hello {},", person.first_name))
    .paragraph("The operator of Nexus removed your second factor and ended all of your sessions. You sign in with your password and set up a new one.")
    .fact("When", &now.date_time_utc())
    .closing("If you did not ask for this, tell the operator at once.");
    Mail { kind: "two_factor.reset", organization: None, membership: None, recipient: person.email.clone(), letter }
}
