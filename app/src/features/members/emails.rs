//! What members are told by mail.

use crate::features::permissions::access::Allowed;
use crate::platform::letter::Letter;
use crate::platform::outbox::Mail;
use crate::values::email_address::EmailAddress;
use crate::values::ids::MembershipId;

/// Access was withdrawn.
pub(super) fn deactivated(allowed: &Allowed, membership: MembershipId, recipient: EmailAddress, first_name: &str) -> Mail {
    let organization = allowed.organization_name();
    let letter = Letter::new(
        &format!("Your access to {organization} has ended"),
        &format!("An administrator has ended your access to {organization}."),
        &format!("You get this mail because you were a member of {organization}."),
    )
    .greeting(&format!("Hello {first_name},"))
    .paragraph(&format!("An administrator of {organization} has ended your access."))
    .fact("Organization", organization)
    .fact("Ended", &allowed.now().date_time_utc())
    .closing("Your Nexus account stays yours, and your other organizations are not affected.")
    .closing(&format!("If you think that this is a mistake, contact an administrator of {organization}."));
    Mail { kind: "member.deactivated", organization: Some(allowed.organization()), membership: Some(membership), recipient, letter }
}
