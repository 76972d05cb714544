//! The message that an invitation is.

use super::issue::{AskedBy, Issue};
use crate::paths;
use crate::platform::letter::Letter;
use crate::platform::outbox::Mail;
use crate::platform::settings::Settings;
use crate::values::token::Token;

/// Counts towards the invitations of a day.
const INVITATION: &str = "invitation";
/// Asked for by the invited person, and free.
const RENEWAL: &str = "invitation.renewed";

/// The invitation itself: who invites, to what, as what, until when, with one button.
pub(super) fn invitation(settings: &Settings, issue: &Issue<'_>, token: &Token) -> Mail {
    let offer = issue.offer;
    let name = &offer.organization_name;
    let inviter = if offer.inviter.is_empty() { "An administrator" } else { &offer.inviter };
    let mut letter = Letter::new(
        &format!("You are invited to {name}"),
        &format!("{inviter} invites you to join {name} on Nexus."),
        &format!("You get this mail because {inviter} entered your address. If you do not know why, you can ignore it: nothing happens."),
    )
    .paragraph(&format!("{inviter} invites you to join {name}."))
    .button("Complete your registration", &settings.absolute(&paths::complete(token.expose())))
    .fact(&offer.label, name)
    .fact("Role", offer.role.label())
    .fact("Valid until", &offer.valid_until.date_time_utc())
    .closing("Opening the link changes nothing yet. If it has expired, open it all the same: the page sends you a new one.")
    .guide("Signing in for the first time", &settings.absolute(&paths::help("signing-in")));
    if offer.demands_second_factor {
        letter = letter
            .closing("This role demands a second factor: have an authenticator app on your phone ready.")
            .guide("Two-factor", &settings.absolute(&paths::help("two-factor")));
    }
    let kind = match issue.asked_by {
        AskedBy::Member(_) | AskedBy::Program => INVITATION,
        AskedBy::Invited => RENEWAL,
    };
    Mail { kind, organization: Some(issue.organization), membership: Some(issue.membership), recipient: issue.email.clone(), letter }
}
