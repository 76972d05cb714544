//! Links that lead to a page of this site.

use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, MouseEvent};

use super::course;
use super::going::{Destination, How, go};
use crate::dom;

/// What is not a page.
const NO_PAGES: [&str; 3] = ["/api/", "/pkg/", "/assets/"];

/// Listens to clicks on links.
pub fn listen() {
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        if let Some(address) = followed(event) {
            go(Destination { address, how: How::Link });
            // Last: had this gone wrong, the browser would follow the link.
            event.prevent_default();
        }
    });
}

/// The address that a click asks for, where it is for us.
fn followed(event: &MouseEvent) -> Option<String> {
    let link = dom::around(event, "a[href]").filter(|_| dom::is_plain(event))?.dyn_into::<HtmlAnchorElement>().ok()?;
    let leads_out =
        !matches!(link.target().as_str(), "" | "_self") || link.has_attribute("download") || link.rel_list().contains("external");
    if leads_out || dom::get(&link, "href").starts_with('#') {
        return None;
    }
    let url = dom::own_address(&link.href()).filter(|url| is_page(&url.pathname()))?;
    let is_on_this_page = !url.hash().is_empty() && dom::page_of(&url) == course::shown();
    (!is_on_this_page).then(|| url.href())
}

/// Whether a path is that of a page, and not of a file or a call: those are the browser's.
pub fn is_page(path: &str) -> bool {
    !NO_PAGES.iter().any(|other| path.starts_with(other))
}
