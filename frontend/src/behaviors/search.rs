//! Searching while one types.

use std::cell::Cell;

use app::ui::words::FOLLOW;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlFormElement, InputEvent, KeyboardEvent};

use crate::dom;
use crate::visits::{self, Destination, How, Plan};

/// The typing pauses for this long before it is searched for.
const PAUSE: i32 = 200;

thread_local! {
    static KEYS: Cell<u32> = const { Cell::new(0) };
}

/// Listens to what is typed, and to the key that leads to the search.
pub fn listen() {
    dom::listen::<InputEvent>(&dom::document(), "input", |event| {
        // Half a word of an input method is not searched for.
        if !event.is_composing() {
            follow_soon(event);
        }
    });
    dom::listen::<Event>(&dom::document(), "compositionend", follow_soon);
    dom::listen::<KeyboardEvent>(&dom::document(), "keydown", |event| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.default_prevented();
        let is_typing = || dom::around(event, "input, textarea, select, [contenteditable]").is_some();
        if event.key() == "/"
            && is_plain
            && !is_typing()
            && let Some(field) = dom::find("form[role=search] input[type=search]")
        {
            event.prevent_default();
            dom::focus(&field, true);
        }
    });
}

fn follow_soon(event: &Event) {
    let form = dom::around(event, &format!("form[{FOLLOW}]")).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form else {
        return;
    };
    let key = KEYS.get().wrapping_add(1);
    KEYS.set(key);
    let turn = visits::turn();
    spawn_local(async move {
        dom::sleep(PAUSE).await;
        if KEYS.get() == key && form.is_connected() {
            follow(&form, turn);
        }
    });
}

/// Searches for what is typed; `turn` was the newest visit at the last key.
fn follow(form: &HtmlFormElement, turn: u32) {
    let Some(url) = Plan::searching(form) else {
        return;
    };
    let address = url.href();
    let is_shown = dom::page_of(&url) == dom::here() && !visits::is_going(|_| true);
    // Whoever has chosen a link since the last key is on the way there.
    let leads_elsewhere = visits::turn() != turn && visits::is_waiting_for_page();
    if !(is_shown || leads_elsewhere || visits::is_going(|going| going == address)) {
        visits::go(Destination { address, how: How::Search });
    }
}
