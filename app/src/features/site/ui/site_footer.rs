//! The bottom of every page.

use leptos::prelude::*;

use super::theme_switch::ThemeSwitch;
use crate::features::help::model::Guide;
use crate::paths;
use crate::ui::Footer;

/// Help, the guides, and the colors.
#[component]
pub fn SiteFooter() -> impl IntoView {
    let guides = Guide::ALL.into_iter().map(|guide| view! { <a href=paths::help(guide.slug())>{guide.title()}</a> }).collect_view();
    view! {
        <Footer>
            <a href=paths::HELP>"Help"</a>
            {guides}
            <div class="footer__end">
                <ThemeSwitch />
            </div>
        </Footer>
    }
}
