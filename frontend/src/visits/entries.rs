//! The entries of the browser's history: where one was on a page, and what one had typed.

use std::cell::Cell;

use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::js_sys::{Object, Reflect};
use web_sys::{Event, PageTransitionEvent, PopStateEvent, ScrollRestoration};

use super::fields::{self, Typed};
use super::going::{Destination, How, go};
use super::{course, drafts};
use crate::dom;

/// After the last key or scroll, this long, an entry is written.
const PAUSE: i32 = 150;

/// Where one was on a page.
#[derive(Default)]
pub struct Entry {
    /// How far down.
    pub scroll: f64,
    /// A selector of what had the focus.
    pub focus: Option<String>,
    /// What was typed and not sent.
    pub draft: Typed,
}

impl Entry {
    fn read(state: &JsValue) -> Option<Self> {
        let scroll = dom::property(state, "scroll").as_f64()?;
        let draft = if is_own(state) { fields::from_js(dom::property(state, "draft")) } else { Typed::new() };
        Some(Self { scroll, focus: dom::property(state, "focus").as_string(), draft })
    }

    /// What the entry keeps at which the browser is, whatever page is shown.
    pub fn present() -> Self {
        Self::read(&present_state()).unwrap_or_default()
    }
}

fn present_state() -> JsValue {
    dom::window().history().and_then(|history| history.state()).unwrap_or_default()
}

/// Whether what an entry keeps was typed by the person who is here, and not before somebody signed out.
fn is_own(state: &JsValue) -> bool {
    dom::property(state, "mark").as_string().is_none_or(|mark| mark == drafts::mark())
}

thread_local! {
    static CHANGES: Cell<u32> = const { Cell::new(0) };
    static IS_LEFT: Cell<bool> = const { Cell::new(false) };
}

/// Listens to the way back, and to what an entry keeps.
pub fn listen() {
    let window = dom::window();
    if let Ok(history) = window.history() {
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
    dom::listen::<PopStateEvent>(&window, "popstate", |event| moved(&event.state()));
    dom::listen::<PageTransitionEvent>(&window, "pageshow", |event| {
        // What was private is not shown again without asking the server. A document that was left keeps nothing any more, and one
        // that was left by a post takes no other.
        let is_left = IS_LEFT.get() || course::is_posting();
        if event.persisted() && (is_left || course::is_shown_once() || !course::person().is_empty()) {
            let _ = dom::window().location().reload();
        }
    });
    dom::listen::<Event>(&window, "pagehide", |_| save());
    dom::listen::<Event>(&window, "scroll", |_| save_soon());
    dom::listen::<Event>(&dom::document(), "input", |_| save_soon());
    dom::listen::<Event>(&dom::document(), "change", |_| save_soon());
}

/// Brings back where one was on a page that the browser has loaded again.
pub fn restore_loaded() {
    if let Some(loaded) = loaded_page().filter(|loaded| *loaded != dom::here()) {
        // Somebody went back before anybody listened: the page of that address is still to come.
        course::set_shown(loaded);
        return moved(&present_state());
    }
    let state = present_state();
    let Some(entry) = Entry::read(&state) else {
        return save();
    };
    if !is_own(&state) {
        // Some browsers type it again by themselves.
        fields::reset();
    }
    fields::put_in(&entry.draft);
    if dom::window().scroll_y().unwrap_or_default() == 0.0 {
        dom::window().scroll_to_with_x_and_y(0.0, entry.scroll);
    }
}

/// The page that the browser loaded, whatever the address says by now.
fn loaded_page() -> Option<String> {
    let performance = dom::property(&dom::window(), "performance");
    let navigations = dom::method(&performance, "getEntriesByType")?.call1(&performance, &"navigation".into()).ok()?;
    let address = dom::property(&dom::property(&navigations, "0"), "name").as_string()?;
    Some(dom::page_of(&dom::own_address(&address)?))
}

/// Makes a page the newest entry, unless it is the one that is shown.
pub fn push(address: &str) {
    let Some(url) = dom::own_address(address) else {
        return;
    };
    let page = dom::page_of(&url);
    drafts::set_answer(false);
    if page == dom::here() {
        replace(address);
    } else if let Ok(history) = dom::window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
    course::set_shown(page);
}

/// Changes the address of the present entry.
pub fn replace(address: &str) {
    let Some(url) = dom::own_address(address) else {
        return;
    };
    if let Ok(history) = dom::window().history() {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(address));
    }
    course::set_shown(dom::page_of(&url));
}

/// Writes where one is into the present entry.
pub fn save() {
    write(drafts::read());
}

/// Writes where one is, and nothing of what was typed: it has been sent.
pub fn save_sent() {
    write(Typed::new());
}

fn write(draft: Typed) {
    CHANGES.set(CHANGES.get().wrapping_add(1));
    // The address may have changed already, while its page is on its way.
    if IS_LEFT.get() || course::shown() != dom::here() {
        return;
    }
    let state = Object::new();
    let put = |name: &str, value: &JsValue| drop(Reflect::set(&state, &name.into(), value));
    put("scroll", &dom::window().scroll_y().unwrap_or_default().into());
    if let Some(focus) = dom::focused().and_then(|element| dom::selector_of(&element)) {
        put("focus", &focus.into());
    }
    if !draft.is_empty() {
        put("mark", &drafts::mark().into());
        put("draft", &fields::to_js(&draft));
    }
    if let Ok(history) = dom::window().history() {
        let _ = history.replace_state(&state, "");
    }
}

/// From now on, nothing of this document is kept: somebody has signed out.
pub fn leave() {
    drafts::forget();
    save_sent();
    IS_LEFT.set(true);
}

fn save_soon() {
    let change = CHANGES.get().wrapping_add(1);
    CHANGES.set(change);
    spawn_local(async move {
        dom::sleep(PAUSE).await;
        if CHANGES.get() == change {
            save();
        }
    });
}

fn moved(state: &JsValue) {
    let entry = Entry::read(state);
    if dom::here() != course::shown() {
        let address = dom::window().location().href().unwrap_or_default();
        go(Destination { address, how: How::Back(Box::new(entry.unwrap_or_default())) });
    } else if course::is_going(|_| true) {
        // Back on the page that is still shown: the one that was on its way is no longer wanted.
        course::overtake(None);
        super::showing::set_waiting(None);
    } else if let Some(entry) = entry {
        dom::window().scroll_to_with_x_and_y(0.0, entry.scroll);
    }
}
