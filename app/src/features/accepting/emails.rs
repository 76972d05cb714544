//! The messages that an answer to an invitation causes.

use super::store::FollowedLink;
use crate::paths;
use crate::platform::letter::Letter;
use crate::platform::outbox::Mail;
use crate::platform::settings::Settings;
use crate::values::email_address::EmailAddress;
use crate::values::ids::OrganizationId;

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
    Mail { kind: "message", organization: Some(link.organization), membership: link.membership, recipient, letter }
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
