//! The mail that a message to the administrators becomes.

use crate::features::auth::people::Person;
use crate::features::permissions::access::Allowed;
use crate::paths;
use crate::platform::letter::Letter;
use crate::platform::settings::Settings;

/// What an administrator reads when a member writes.
pub(super) fn message(settings: &Settings, allowed: &Allowed, sender: &Person, message: &str) -> Letter {
    let organization = allowed.organization_name();
    let name = sender.name();
    Letter::new(
        &format!("{name} wrote to the administrators of {organization}"),
        "A member needs an answer from an administrator.",
        &format!("You get this mail because you are an administrator of {organization}. Nexus does not pass answers on: write to the member directly."),
    )
    .paragraph(&format!("{name} is a member of {organization} and wrote this to its administrators:"))
    .quotation(message)
    .address_fact("Reply to", &sender.email)
    .fact("Role", allowed.role().label())
    .button("Open members", &settings.absolute(&paths::members_found(allowed.slug(), sender.email.as_str())))
}
