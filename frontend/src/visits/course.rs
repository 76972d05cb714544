//! What is on its way, and what is shown.

use std::cell::{Cell, RefCell};

use app::ui::words::{ONCE, PAGE, PERSON, RELEASE};
use web_sys::{AbortController, Element};

use super::going::Destination;
use crate::dom;
use crate::plain_way;

#[derive(Default)]
struct Course {
    /// Counts visits: only the newest may change the page.
    turn: Cell<u32>,
    under_way: RefCell<Option<(String, Option<AbortController>)>>,
    is_posting: Cell<bool>,
    waiting: RefCell<Option<Destination>>,
    is_stale: Cell<bool>,
    shown: RefCell<String>,
    release: RefCell<String>,
    person: RefCell<String>,
    after_each: RefCell<Vec<fn()>>,
}

thread_local! {
    static COURSE: Course = Course::default();
}

/// Remembers what the document was loaded with.
pub fn remember_page() {
    COURSE.with(|course| {
        course.shown.replace(dom::here());
        course.release.replace(dom::get(&dom::root(), RELEASE));
        course.person.replace(person_of(&dom::root()));
    });
}

/// Does something after each change of the page.
pub fn after_each(work: fn()) {
    COURSE.with(|course| course.after_each.borrow_mut().push(work));
}

/// Does what is to be done after a change of the page.
pub fn enliven() {
    let work = COURSE.with(|course| course.after_each.borrow().clone());
    for work in work {
        work();
    }
}

/// Begins a visit, and overtakes the one before. Its number tells later whether it was overtaken itself.
pub fn begin(address: &str) -> (u32, Option<AbortController>) {
    let controller = AbortController::new().ok();
    (overtake(Some((address.to_owned(), controller.clone()))), controller)
}

/// Whatever is on its way, posts aside, no longer counts.
pub fn overtake(by: Option<(String, Option<AbortController>)>) -> u32 {
    plain_way::set_destination(by.as_ref().map(|(address, _)| address.as_str()));
    COURSE.with(|course| {
        if let Some((_, Some(overtaken))) = course.under_way.replace(by) {
            overtaken.abort();
        }
        course.turn.set(course.turn.get().wrapping_add(1));
        course.turn.get()
    })
}

/// Ends a visit; false where it was overtaken.
pub fn end(turn: u32) -> bool {
    let is_newest = is_newest(turn);
    if is_newest {
        plain_way::set_destination(None);
        COURSE.with(|course| course.under_way.take());
    }
    is_newest
}

/// The number of the newest visit.
pub fn turn() -> u32 {
    COURSE.with(|course| course.turn.get())
}

/// Whether no other visit has begun since.
pub fn is_newest(turn: u32) -> bool {
    COURSE.with(|course| course.turn.get() == turn)
}

/// Whether a visit is under way, and whereto.
pub fn is_going(whereto: impl Fn(&str) -> bool) -> bool {
    COURSE.with(|course| course.under_way.borrow().as_ref().is_some_and(|(address, _)| whereto(address)))
}

/// Whether a post runs.
pub fn is_posting() -> bool {
    COURSE.with(|course| course.is_posting.get())
}

/// Notes that a post begins or ends.
pub fn set_posting(is_posting: bool) {
    COURSE.with(|course| course.is_posting.set(is_posting));
}

/// Lets a visit wait for the post that runs; of several, the newest. Without one, none waits any more.
pub fn wait(destination: Option<Destination>) {
    COURSE.with(|course| course.waiting.replace(destination));
}

/// The visit that waited.
pub fn take_waiting() -> Option<Destination> {
    COURSE.with(|course| course.waiting.take())
}

/// Whether the next visit loads the document.
pub fn is_stale() -> bool {
    COURSE.with(|course| course.is_stale.get())
}

/// From now on, visits load the document.
pub fn set_stale() {
    COURSE.with(|course| course.is_stale.set(true));
}

/// Path and query of the page that is shown.
pub fn shown() -> String {
    COURSE.with(|course| course.shown.borrow().clone())
}

/// Notes which page is shown.
pub fn set_shown(page: String) {
    COURSE.with(|course| course.shown.replace(page));
}

/// Whether a page was written by the build, and for the person, that this document was loaded with.
pub fn is_known(release: &str, person: &str) -> bool {
    COURSE.with(|course| *course.release.borrow() == release && *course.person.borrow() == person)
}

/// Who looks at a page.
pub fn person_of(page: &Element) -> String {
    dom::find_in(page, &format!("[{PERSON}]")).map(|element| dom::get(&element, PERSON)).unwrap_or_default()
}

/// Who looks at the document.
pub fn person() -> String {
    COURSE.with(|course| course.person.borrow().clone())
}

/// Whether the page shows something once.
pub fn is_shown_once() -> bool {
    dom::find(&format!("main[{PAGE}={ONCE}]")).is_some()
}
