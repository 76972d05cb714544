//! Short words for what browsers offer.

use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Function, Promise, Reflect};
use web_sys::{Element, Event, EventTarget, FocusOptions, HtmlElement, MouseEvent, Node, Url};

use crate::plain_way;

pub use leptos::prelude::{document, window};

/// The element around everything.
pub fn root() -> Element {
    document().document_element().unwrap_or_else(|| document().unchecked_into())
}

/// Listens for as long as the document lives; in vain once the module is broken.
pub fn listen<E: JsCast + 'static>(target: &EventTarget, name: &str, handle: impl Fn(&E) + 'static) {
    add_listener(target, name, false, Box::new(move |event| handle(event.unchecked_ref())));
}

/// Listens at the document before anybody else, also to what happens to an element alone.
pub fn listen_first<E: JsCast + 'static>(name: &str, handle: impl Fn(&E) + 'static) {
    add_listener(&document(), name, true, Box::new(move |event| handle(event.unchecked_ref())));
}

fn add_listener(target: &EventTarget, name: &str, is_first: bool, handle: Box<dyn Fn(Event)>) {
    let listener = Closure::<dyn Fn(Event)>::new(move |event| {
        if !plain_way::is_broken() {
            handle(event);
        }
    });
    let _ = target.add_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), is_first);
    listener.forget();
}

/// Tells an event to whoever listens.
pub fn dispatch(target: &EventTarget, event: &Event) {
    let _ = target.dispatch_event(event);
}

/// The nearest element around what an event happened to.
pub fn around(event: &Event, selector: &str) -> Option<HtmlElement> {
    closest(event.target()?.dyn_ref()?, selector)
}

/// The nearest element around another, itself included.
pub fn closest(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.closest(selector).ok()??.dyn_into().ok()
}

/// The first in the document.
pub fn find(selector: &str) -> Option<HtmlElement> {
    find_in(&root(), selector)
}

/// The first within another.
pub fn find_in(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok()??.dyn_into().ok()
}

/// All within another, in order.
pub fn all_in(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|position| found.item(position)?.dyn_into().ok()).collect()
}

/// Removes all within another.
pub fn remove_all(within: &Element, selector: &str) {
    for element in all_in(within, selector) {
        element.remove();
    }
}

/// All in the document, in order.
pub fn all(selector: &str) -> Vec<HtmlElement> {
    all_in(&root(), selector)
}

/// The nodes within another, as they are now.
pub fn children(node: &Node) -> Array {
    Array::from(&node.child_nodes())
}

/// The nodes of one element come in place of those of another.
pub fn take_children(element: &Element, from: &Element) {
    element.replace_children_with_node(&children(from));
}

/// Sets or removes an attribute.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// An attribute's value; empty where there is none.
pub fn get(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// A new element with a class and words.
pub fn element(tag: &str, class: &str, words: &str) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element(tag).ok()?.dyn_into().ok()?;
    element.set_class_name(class);
    element.set_text_content(Some(words));
    Some(element)
}

/// Gives an element the focus, also one that has none by itself.
pub fn focus(element: &HtmlElement, scrolls: bool) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(!scrolls);
    let _ = element.focus_with_options(&options);
    if document().active_element().as_ref() != Some(element.as_ref()) && !element.has_attribute("tabindex") {
        set(element, "tabindex", Some("-1"));
        let _ = element.focus_with_options(&options);
    }
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The element that has the focus, unless that is the whole page.
pub fn focused() -> Option<HtmlElement> {
    document().active_element().filter(|element| !element.matches("body, html").unwrap_or(true))?.dyn_into().ok()
}

/// A selector that finds an element again on another reading of the page.
pub fn selector_of(element: &Element) -> Option<String> {
    let with = |name: &str| Some(format!("[{name}={}]", quoted(&element.get_attribute(name).filter(|value| !value.is_empty())?)));
    let tag = element.local_name();
    if let Some(id) = with("id") {
        return Some(id);
    }
    if tag == "a" {
        return Some(tag + &with("href")?);
    }
    let named = with("name").map(|name| name + &with("value").unwrap_or_default());
    Some(tag + &named.or_else(|| with("popovertarget")).or_else(|| with("aria-label"))?)
}

/// A text as CSS writes it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\a "))
}

/// Whether a click asks for nothing but what a click does.
pub fn is_plain(event: &MouseEvent) -> bool {
    event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() || event.default_prevented())
}

/// An address on this site.
pub fn own_address(address: &str) -> Option<Url> {
    let base = document().base_uri().ok()??;
    let url = Url::new_with_base(address, &base).ok()?;
    (url.origin() == window().location().origin().ok()?).then_some(url)
}

/// What of an address tells one page from another.
pub fn page_of(url: &Url) -> String {
    url.pathname() + &url.search()
}

/// Path and query that the browser shows.
pub fn here() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Changes the first words within an element, however deep a translator has put them.
pub fn set_face(element: &Node, words: &str) -> bool {
    let children = element.child_nodes();
    (0..children.length()).filter_map(|position| children.item(position)).any(|child| {
        if child.node_type() != Node::TEXT_NODE {
            return set_face(&child, words);
        }
        let has_words = child.text_content().is_some_and(|text| !text.trim().is_empty());
        if has_words {
            child.set_text_content(Some(words));
        }
        has_words
    })
}

/// Waits.
pub async fn sleep(milliseconds: i32) {
    let elapsed = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    // A timer is never refused.
    let _ = JsFuture::from(elapsed).await;
}

/// A method that not every browser has.
pub fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

/// A property that not every object has.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}
