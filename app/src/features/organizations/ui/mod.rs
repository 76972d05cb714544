//! Pages of an organization that every member has, and the frame around all of them.

mod forbidden_page;
mod frame;
mod message_form;
mod organization_page;
mod overview_page;

pub use forbidden_page::ForbiddenPage;
pub use frame::OrganizationTab;
pub use message_form::MessageAdministratorsForm;
pub use organization_page::OrganizationPage;
pub use overview_page::OverviewPage;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The organization of the present address; follows it. Empty on pages that belong to none.
pub fn organization_in_address() -> Memo<String> {
    let location = use_location();
    Memo::new(move |_| location.pathname.with(|path| crate::paths::organization_in(path).unwrap_or_default().to_owned()))
}
