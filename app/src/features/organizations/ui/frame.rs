//! What all pages of an organization have in common.

use leptos::prelude::*;

use crate::features::organizations::model::OrganizationSummary;
use crate::features::permissions::{Action, Permissions, policy};
use crate::paths;
use crate::ui::page::Page;
use crate::ui::{TabLink, Tabs};

/// The pages that stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationTab {
    /// The own role and applications.
    Overview,
    /// The people.
    Members,
}

impl OrganizationTab {
    const ALL: [Self; 2] = [Self::Overview, Self::Members];

    const fn words(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Members => "Members",
        }
    }

    const fn action(self) -> Action {
        match self {
            Self::Overview => Action::SeeOverview,
            Self::Members => Action::SeeMembers,
        }
    }

    fn address(self, slug: &str) -> String {
        match self {
            Self::Overview => paths::organization(&slug),
            Self::Members => paths::members(&slug),
        }
    }
}

/// The organization's tabs, and below them the page. Its name stands in the header.
#[component]
pub fn OrganizationFrame(
    /// The organization.
    organization: OrganizationSummary,
    /// The tab that the page belongs to.
    current: OrganizationTab,
    /// What the page is about; stands in the browser's tab.
    #[prop(into)]
    title: String,
    /// The page.
    children: Children,
) -> impl IntoView {
    let OrganizationSummary { slug, name, held, .. } = organization;
    view! {
        <Page title=format!("{title} · {name}")>
            <OrganizationTabs slug held current />
            {children()}
        </Page>
    }
}

/// The tabs that a member may use.
#[component]
fn OrganizationTabs(
    /// The organization's part of addresses.
    #[prop(into)]
    slug: String,
    /// What the member may do.
    held: Permissions,
    /// The tab that one is on.
    current: OrganizationTab,
) -> impl IntoView {
    let tabs = OrganizationTab::ALL
        .into_iter()
        .filter(|tab| policy::may(held, tab.action()))
        .map(|tab| view! { <TabLink href=tab.address(&slug) current={tab == current}>{tab.words()}</TabLink> })
        .collect_view();
    view! { <Tabs label="Organization">{tabs}</Tabs> }
}
