//! Putting a page in place of the one that is shown.

use app::ui::words::{ANNOUNCEMENTS, LIVE};
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::js_sys::Promise;
use web_sys::{Document, HtmlElement, Node};

use super::answers::Answer;
use super::fields::{self, Typed};
use super::{course, entries, parts, presses};
use crate::dom;

/// On `<html>` while something is on its way: what.
const VISIT: &str = "data-visit";
/// On `<html>`: the colors that the person chose.
pub const THEME: &str = "data-theme";
/// Between two states of a region, so that the second is a change.
const MOMENT: i32 = 30;
/// What stays when the page around it changes.
const STAYS: &str = "#announcements, dialog, .visit-message";

/// How a page is shown.
#[derive(Default)]
pub struct Shown {
    /// Where the focus goes.
    pub focus: Focus,
    /// Where the window scrolls to.
    pub scroll: Scroll,
    /// What was typed, and is typed into the new page, too.
    pub typed: Typed,
    /// Whether a form has been answered in place: what it says is announced.
    pub is_answer: bool,
}

/// Where the focus goes.
#[derive(Default)]
pub enum Focus {
    /// To what asks for it, else to the title.
    #[default]
    Start,
    /// To what is found by a selector, else to the start.
    On(String),
    /// To what asks for it, else to what is found by a selector, else to the title.
    StayOn(Option<String>),
}

/// Where the window scrolls to.
#[derive(Default)]
pub enum Scroll {
    /// The top.
    #[default]
    Start,
    /// The element that `#…` names.
    To(String),
    /// So far down.
    At(f64),
    /// Nowhere; the element with the focus is made visible.
    Stay,
}

/// Whether a page is on its way, rather than what a search finds.
pub fn is_waiting_for_page() -> bool {
    dom::get(&dom::root(), VISIT) == "page"
}

/// Tells people what is on its way.
pub fn set_waiting(what: Option<&str>) {
    dom::set(&dom::root(), VISIT, what);
    let (main, live) = (what == Some("page"), what == Some("search"));
    let busy = |is_busy: bool| is_busy.then_some("true");
    if let Some(element) = dom::find("main") {
        dom::set(&element, "aria-busy", busy(main));
    }
    for element in dom::all(&format!("[{LIVE}]")) {
        dom::set(&element, "aria-busy", busy(live));
    }
}

/// Shows a page, unless another visit comes before. Its address is noted in the same moment: one never stands without the other.
pub async fn show(turn: u32, answer: Answer, shown: Shown, note_address: impl FnOnce() + 'static) {
    let keeps_search = shown.is_answer && !answer.is_for_another();
    let Some(page) = answer.page else {
        return;
    };
    in_transition(move || {
        if !course::is_newest(turn) {
            return;
        }
        let said = notices();
        let search = keeps_search.then(parts::unfollowed_search).flatten();
        note_address();
        put_in(&page);
        fields::put_in(&shown.typed);
        if let Some(words) = search {
            parts::search_on(&words);
        }
        arrive(&shown);
        presses::note_change();
        announce(shown.is_answer.then_some(&said));
        entries::save();
    })
    .await;
}

/// Shows a page behind a dialog: focus and scroll stay with the dialog. What the page has to say is said.
pub fn show_behind(answer: &Answer) {
    if let Some(page) = &answer.page {
        let said = notices();
        put_in(page);
        announce(Some(&said));
    }
}

/// Changes the page in a transition, where the browser has them and the person wants movement.
async fn in_transition(change: impl FnOnce() + 'static) {
    let document = dom::document();
    let is_still = dom::window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_none_or(|query| query.matches());
    let start = dom::method(&document, "startViewTransition").filter(|_| !is_still && !document.hidden());
    let Some(start) = start else {
        return change();
    };
    let Ok(transition) = start.call1(&document, &Closure::once_into_js(change)) else {
        return;
    };
    // A transition may be left out, which is no fault; what is awaited is the change.
    let promise = |name: &str| dom::property(&transition, name).unchecked_into::<Promise>();
    for name in ["ready", "finished"] {
        let settled = JsFuture::from(promise(name));
        spawn_local(async move { drop(settled.await) });
    }
    drop(JsFuture::from(promise("updateCallbackDone")).await);
}

fn put_in(page: &Document) {
    let document = dom::document();
    document.set_title(&page.title());
    if let Some(root) = page.document_element() {
        dom::set(&dom::root(), THEME, root.get_attribute(THEME).as_deref());
        dom::remove_all(&root, "body script");
    }
    let (Some(body), Some(next)) = (document.body(), page.body()) else {
        return;
    };
    let mut staying: Option<Node> = None;
    dom::children(&body).for_each(&mut |node, _, _| {
        let node: Node = node.unchecked_into();
        if node.dyn_ref::<HtmlElement>().is_some_and(|element| element.matches(STAYS).unwrap_or(false)) {
            staying.get_or_insert(node);
        } else if let Some(parent) = node.parent_node() {
            let _ = parent.remove_child(&node);
        }
    });
    // A region speaks only of what changes in it: it must have been there before.
    if document.get_element_by_id(ANNOUNCEMENTS).is_some()
        && let Some(region) = page.get_element_by_id(ANNOUNCEMENTS)
    {
        region.remove();
    }
    dom::children(&next).for_each(&mut |node, _, _| {
        let _ = body.insert_before(&node.unchecked_into(), staying.as_ref());
    });
    course::enliven();
}

fn arrive(shown: &Shown) {
    let asks = || dom::find("main :is([autofocus], .form__error-summary)");
    let title = || dom::find("main h1").or_else(|| dom::find("main"));
    let found = |selector: &str| dom::find(&format!("main {selector}")).or_else(|| dom::find(selector));
    let named = match &shown.scroll {
        Scroll::To(hash) => dom::document().get_element_by_id(&decoded(hash.trim_start_matches('#'))),
        _ => None,
    };
    let named = named.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let element = match &shown.focus {
        Focus::Start => named.clone().or_else(asks).or_else(title),
        Focus::On(selector) => found(selector).or_else(asks).or_else(title),
        Focus::StayOn(selector) => asks().or_else(|| found(selector.as_ref()?)).or_else(title),
    };
    let window = dom::window();
    if let Some(element) = &element {
        dom::focus(element, matches!(shown.scroll, Scroll::Stay));
    }
    match (&shown.scroll, named) {
        (Scroll::Stay, _) => {}
        (Scroll::To(_), Some(named)) => named.scroll_into_view(),
        (Scroll::At(top), _) => window.scroll_to_with_x_and_y(0.0, *top),
        (Scroll::Start | Scroll::To(_), _) => window.scroll_to_with_x_and_y(0.0, 0.0),
    }
}

fn decoded(hash: &str) -> String {
    web_sys::js_sys::decode_uri_component(hash).map_or_else(|_| hash.to_owned(), String::from)
}

/// What the page says beside its content.
fn notices() -> Vec<(HtmlElement, String)> {
    let words = |notice: HtmlElement| (notice.clone(), notice.inner_text());
    dom::all("main :is([role=alert], [role=status])").into_iter().map(words).filter(|(_, words)| !words.trim().is_empty()).collect()
}

/// Says which page this is, once; or, where a form has been answered, what the page did not say before.
fn announce(said: Option<&Vec<(HtmlElement, String)>>) {
    let is_new = |words: &String| said.is_some_and(|said| said.iter().all(|(_, before)| before != words));
    let new: Vec<_> = notices().into_iter().filter(|(_, words)| is_new(words)).map(|(notice, _)| notice).collect();
    if !new.is_empty() {
        return new.into_iter().for_each(speak);
    }
    say(&dom::document().title());
}

/// Says something to those who don't see the page.
pub fn say(words: &str) {
    let words = words.to_owned();
    let Some(region) = dom::document().get_element_by_id(ANNOUNCEMENTS) else {
        return;
    };
    region.set_text_content(None);
    spawn_local(async move {
        dom::sleep(MOMENT).await;
        region.set_text_content(Some(&words));
    });
}

/// A region speaks of what changes in it, not of what came with it: its content goes for a moment, and its place stays.
fn speak(notice: HtmlElement) {
    if notice.contains(document_focus().as_ref()) {
        return;
    }
    let content = dom::children(&notice);
    let _ = notice.style().set_property("min-height", &format!("{}px", notice.offset_height()));
    notice.set_text_content(None);
    spawn_local(async move {
        dom::sleep(MOMENT).await;
        notice.replace_children_with_node(&content);
        let _ = notice.style().remove_property("min-height");
    });
}

fn document_focus() -> Option<Node> {
    dom::focused().map(Node::from)
}
