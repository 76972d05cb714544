//! # Visits
//!
//! Links and forms of this site lead from page to page in the same document: the page is fetched and put in place of the one that
//! is shown. What a visit does is what the browser would have done, as far as people can tell.
//!
//! * A visit overtakes a visit, never a post: while a post runs, visits wait. A post is never given up.
//! * Only a page of the application (`data-page` on `main`) takes a page's place. After anything else the page stays, what was
//!   typed stays, and a message says what happened.
//! * What was typed is kept in the browser's history, for the person who typed it; secrets never.
//! * Another release, or another person: what a post has done is shown, the next visit loads the document.

mod answers;
mod course;
mod drafts;
mod entries;
mod fields;
mod forms;
mod going;
mod links;
mod messages;
mod parts;
mod posts;
mod presses;
mod showing;

pub use answers::{Answer, Kind, get};
pub use course::{after_each, enliven, is_going, is_posting, set_stale, shown, turn};
pub use fields::{put_in, typed_secrets};
pub use forms::Plan;
pub use going::{Destination, How, go};
pub use messages::tell_trouble;
pub use parts::show_found;
pub use posts::{finish, send};
pub use showing::{is_waiting_for_page, say, show_behind};

/// Takes over links, forms and the way back.
pub fn start() {
    course::remember_page();
    presses::listen();
    messages::listen();
    links::listen();
    forms::listen();
    entries::listen();
    entries::restore_loaded();
}
