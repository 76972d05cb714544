//! The messages about an invitation.

use super::model::Offer;
use super::store::FollowedLink;
use crate::paths;
use crate::platform::letter::Letter;
use crate::platform::outbox::Mail;
use crate::platform::settings::Settings;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId};
use crate::values::token::Token;

/// Counts towards the invitations of a day.
const INVITATION: &str = "invitation";
/// Asked for by the invited person, and free.
const RENEWAL: &str = "invitation.renewed";

/// Who asked for an invitation's mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AskedBy {
    /// The organization.
    Organization,
    /// The invited person, whose link had run out.
    Invited,
}

/// The invitation itself: who invites, to what, as what, until when, with one button.
pub(super) fn invitation(
    settings: &Settings,
    asked_by: AskedBy,
    organization: OrganizationId,
    membership: MembershipId,
    recipient: EmailAddress,
    offer: &Offer,
    token: &Token,
) -> Mail {
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
    let kind = match asked_by {
        AskedBy::Organization => INVITATION,
        AskedBy::Invited => RENEWAL,
    };
    Mail { kind, organization: Some(organization), membership: Some(membership), recipient, letter }
}

/// What an administrator reads when somebody writes from the page of a link that leads nowhere any more.
pub(super) fn question(settings: &Settings, link: &FollowedLink, recipient: EmailAddress, writer: &EmailAddress, message: &str) -> Mail {
    let name = &link.organization_name;
    let letter = Letter::new(
        &format!("A question about an invitation to {name}"),
        "Somebody wrote from the page of an invitation.",
        &format!(
            "You get this mail because you are an administrator of {name}. Nexus does not pass answers on: write to the address directly."
        ),
    )
    .paragraph(&format!("Whoever holds the link of an invitation to {name} that no longer works wrote this:"))
    .quotation(message)
    .address_fact("Invited address", writer)
    .button("Open members", &settings.absolute(&paths::members(&link.slug)));
    Mail { kind: "message", organization: Some(link.organization), membership: Some(link.membership), recipient, letter }
}

/// Tells the inviting person that somebody declined.
pub(super) fn declined(organization: OrganizationId, organization_name: &str, inviter: EmailAddress, declined_by: &EmailAddress) -> Mail {
    let letter = Letter::new(
        &format!("An invitation to {organization_name} was declined"),
        "Somebody whom you invited has declined.",
        &format!("You get this mail because you sent the invitation to {organization_name}."),
    )
    .paragraph(&format!("Somebody whom you invited to {organization_name} has declined."))
    .address_fact("Address", declined_by)
    .closing("The invitation is gone from Members. You can invite the address again.");
    Mail { kind: "invitation.declined", organization: Some(organization), membership: None, recipient: inviter, letter }
}
