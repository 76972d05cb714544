//! The second press of a double click, which was meant for the page before.

use std::cell::{Cell, RefCell};

use web_sys::{HtmlElement, MouseEvent};

use crate::dom;

/// A double click is over after this long.
const DOUBLE: f64 = 500.0;

thread_local! {
    static CHANGED_AT: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
    /// When a series of presses began, and what it was that stood under the pointer.
    static FIRST: RefCell<(f64, String)> = const { RefCell::new((f64::NEG_INFINITY, String::new())) };
}

/// Notes that another page has come under the pointer.
pub fn note_change() {
    CHANGED_AT.set(now());
}

/// Listens to clicks before anybody else.
pub fn listen() {
    dom::listen_first::<MouseEvent>("click", |event| {
        let target = dom::around(event, "a, button");
        if event.detail() <= 1 {
            FIRST.set((now(), target.as_ref().map(face_of).unwrap_or_default()));
        } else if target.is_some_and(|target| is_for_page_before(&target)) {
            event.prevent_default();
        }
    });
}

/// Whether a further press was meant for what stood there before. A link that is there again, such as *Next*, is pressed on purpose;
/// a button is not: it would send a form twice.
fn is_for_page_before(target: &HtmlElement) -> bool {
    let changed_at = CHANGED_AT.get();
    let began_before = FIRST.with_borrow(|(began_at, _)| *began_at <= changed_at);
    let is_same = || target.local_name() == "a" && FIRST.with_borrow(|(_, face)| *face == face_of(target));
    began_before && now() - changed_at < DOUBLE && !is_same()
}

/// What people take something for.
fn face_of(target: &HtmlElement) -> String {
    let words = target.text_content().unwrap_or_default();
    [target.local_name().as_str(), &dom::get(target, "aria-label"), words.trim()].join("\n")
}

fn now() -> f64 {
    web_sys::js_sys::Date::now()
}
