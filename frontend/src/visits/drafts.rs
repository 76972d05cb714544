//! What was typed and not sent: it is kept with the page's entry in the browser's history, for the person who typed it.
//!
//! Secrets and hidden inputs are no drafts, and pages that show something once keep none. Signing out drops the drafts of the tab:
//! each names a mark, and the mark is forgotten.

use std::cell::Cell;

use super::course;
use super::fields::{self, Secrets, Typed};
use crate::dom;

/// Key of the mark in what the tab remembers.
const MARK: &str = "nexus-drafts";

thread_local! {
    static IS_ANSWER: Cell<bool> = const { Cell::new(false) };
}

/// Notes whether the page shows a form with what was typed before: then all of it is a draft, not only what was typed since.
pub fn set_answer(is_answer: bool) {
    IS_ANSWER.set(is_answer);
}

/// Whether all that stands in the page's forms is a draft.
pub fn is_answer() -> bool {
    IS_ANSWER.get()
}

/// What is typed on the page.
pub fn read() -> Typed {
    if course::is_shown_once() {
        return Typed::new();
    }
    fields::typed(Secrets::Without, is_answer(), |form| dom::closest(form, "dialog, [popover]").is_none())
}

/// What tells the drafts of this person, since the last signing in, from others.
pub fn mark() -> String {
    let Ok(Some(kept)) = dom::window().session_storage() else {
        return String::new();
    };
    // An answer may have been for another person than the document was loaded with.
    let person = course::person_of(&dom::root());
    let mark = kept.get_item(MARK).ok().flatten().unwrap_or_else(|| {
        let mark = web_sys::js_sys::Math::random().to_string();
        // Without room for the mark, drafts are kept for nobody.
        let _ = kept.set_item(MARK, &mark);
        mark
    });
    mark + " " + &person
}

/// No draft of before is ever shown again.
pub fn forget() {
    if let Ok(Some(kept)) = dom::window().session_storage() {
        let _ = kept.remove_item(MARK);
    }
}
