//! The list of guides.

use leptos::prelude::*;

use crate::features::help::model::Guide;
use crate::paths;
use crate::ui::PageHeader;
use crate::ui::page::Page;

/// Every guide with what it is about.
#[component]
pub fn HelpPage() -> impl IntoView {
    let guides = Guide::ALL.into_iter().map(|guide| view! { <GuideTile guide /> }).collect_view();
    view! {
        <Page title="Help">
            <PageHeader title="Help" sentence="Short guides to what you do here. If something is still unclear, ask an administrator of your organization." />
            <ul class="tiles">{guides}</ul>
        </Page>
    }
}

#[component]
fn GuideTile(guide: Guide) -> impl IntoView {
    view! {
        <li class="tile">
            <div class="tile__text">
                <a class="tile__link" href=paths::help(guide.slug())>{guide.title()}</a>
                <span class="tile__detail">{guide.sentence()}</span>
            </div>
        </li>
    }
}
