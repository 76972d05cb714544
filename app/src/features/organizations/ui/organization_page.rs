//! What every page of an organization is made of.

use leptos::prelude::*;

use super::forbidden_page::ForbiddenPage;
use super::frame::{OrganizationFrame, OrganizationTab};
use crate::features::organizations::model::OfOrganization;
use crate::ui::call::Loading;
use crate::ui::page::Loaded;

/// A page of an organization: waits for its data, says to contact an administrator where the right is missing, and shows the data
/// below the organization's tabs.
#[component]
pub fn OrganizationPage<Data, View>(
    /// The tab that the page belongs to.
    tab: OrganizationTab,
    /// What the page is about; stands in the browser's tab.
    title: &'static str,
    /// The data.
    data: Loading<Data>,
    /// Shows the data.
    view: View,
) -> impl IntoView
where
    Data: OfOrganization + Send + 'static,
    View: FnOnce(Data) -> AnyView + Send + 'static,
{
    let framed = move |data: Data| {
        let organization = data.organization().clone();
        let content = view(data);
        view! { <OrganizationFrame organization current=tab title>{content}</OrganizationFrame> }.into_any()
    };
    view! { <Loaded data view=framed forbidden=|| view! { <ForbiddenPage /> } /> }
}
