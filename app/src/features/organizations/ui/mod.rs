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

use crate::paths;
use crate::ui::address::own_path;

/// The organization of the page's address; empty on pages that belong to none.
pub fn organization_in_address() -> String {
    paths::organization_in(&own_path()).unwrap_or_default().to_owned()
}
