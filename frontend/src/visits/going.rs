//! Going to a page.

use app::ui::words::FOLLOW;
use wasm_bindgen_futures::spawn_local;
use web_sys::Url;

use super::answers::{self, Answer, Kind, Trouble};
use super::entries::{self, Entry};
use super::messages;
use super::showing::{self, Focus, Scroll, Shown};
use super::{course, drafts, parts};
use crate::dom;

/// A page to go to.
pub struct Destination {
    /// Its address, `#…` included.
    pub address: String,
    /// How one gets there.
    pub how: How,
}

/// How one gets to a page.
pub enum How {
    /// By a link: it becomes the newest page of the browser's history.
    Link,
    /// By typing into a search: only what was searched for changes.
    Search,
    /// By the browser's history.
    Back(Box<Entry>),
}

impl How {
    /// What the page shows while it waits.
    const fn mark(&self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Link | Self::Back(_) => "page",
        }
    }
}

/// Goes to a page, once no post runs any more.
pub fn go(mut destination: Destination) {
    let leads_here = || dom::own_address(&destination.address).is_some_and(|url| dom::page_of(&url) == dom::here());
    if matches!(destination.how, How::Link) && dom::here() != course::shown() && leads_here() {
        // The way back was begun, and its page did not come: what its entry keeps is still wanted.
        destination.how = How::Back(Box::new(Entry::present()));
    }
    let is_link = matches!(destination.how, How::Link);
    if course::is_posting() {
        // The way back has changed the address already. Whether its page is still wanted shows when the post has ended.
        course::wait(Some(destination).filter(|destination| !matches!(destination.how, How::Back(_))));
    } else if course::is_stale() {
        load(&destination.address, is_link);
    } else if !(is_link && course::is_going(|address| address == destination.address)) {
        spawn_local(visit(destination));
    }
}

/// Goes on after a post: with the visit that waited, where the answer has led on; else with the way back, where the address is
/// another than that of the page that is shown.
pub fn go_on(has_led_on: bool) {
    let waiting = course::take_waiting().filter(|destination| match destination.how {
        How::Search => is_searched_here(&destination.address),
        How::Link | How::Back(_) => has_led_on,
    });
    if let Some(destination) = waiting {
        go(destination);
    } else if dom::here() != course::shown() {
        messages::outlast();
        let address = dom::window().location().href().unwrap_or_default();
        go(Destination { address, how: How::Back(Box::new(Entry::present())) });
    }
}

/// Whether an address is that of a search on the page that is shown.
fn is_searched_here(address: &str) -> bool {
    let path = |page: &str| page.split('?').next().unwrap_or_default().to_owned();
    let is_same = dom::own_address(address).is_some_and(|url| url.pathname() == path(&course::shown()));
    is_same && dom::find(&format!("form[{FOLLOW}]")).is_some()
}

/// Lets the browser load a page into a new document.
pub fn load(address: &str, as_new: bool) {
    let location = dom::window().location();
    let is_here = dom::own_address(address).is_some_and(|url| dom::page_of(&url) == dom::here());
    // Only a change of `#…` would load nothing.
    let _ = match (is_here, as_new) {
        (true, _) => location.reload(),
        (false, true) => location.assign(address),
        (false, false) => location.replace(address),
    };
}

async fn visit(destination: Destination) {
    if !matches!(destination.how, How::Back(_)) {
        entries::save();
    }
    let (turn, controller) = course::begin(&destination.address);
    showing::set_waiting(Some(destination.how.mark()));
    let answer = answers::get(&destination.address, controller).await;
    if !course::end(turn) {
        return;
    }
    showing::set_waiting(None);
    match answer {
        Ok(answer) => arrive(turn, answer, destination).await,
        Err(Trouble::Overtaken) => {}
        Err(trouble) => messages::tell_trouble(trouble, &destination.address),
    }
}

async fn arrive(turn: u32, answer: Answer, destination: Destination) {
    let Destination { address, how } = destination;
    let is_link = matches!(how, How::Link);
    let hash = Url::new(&address).map(|url| url.hash()).unwrap_or_default();
    match answer.kind() {
        Kind::Page if answer.is_other() => load(&(answer.url + &hash), is_link),
        Kind::Bare => load(&answer.url, is_link),
        Kind::File => load(&address, is_link),
        Kind::Page if answer.status < 500 => {
            messages::clear_for_page();
            show(turn, answer, hash, how).await;
        }
        Kind::Page | Kind::Foreign => messages::tell_failed_page(&answer, &address),
    }
}

async fn show(turn: u32, answer: Answer, hash: String, how: How) {
    let Ok(url) = Url::new(&answer.url) else {
        return;
    };
    match how {
        How::Search if answer.status < 400 && url.pathname() == dom::window().location().pathname().unwrap_or_default() => {
            entries::replace(&answer.url);
            parts::show_found(&answer);
            entries::save();
        }
        How::Search | How::Link => {
            // A link to the page that one is on loses nothing.
            let typed = if dom::page_of(&url) == course::shown() { drafts::read() } else { Vec::new() };
            let address = answer.url.clone() + &hash;
            let scroll = if hash.is_empty() { Scroll::Start } else { Scroll::To(hash) };
            let shown = Shown { focus: Focus::Start, scroll, typed, is_answer: false };
            showing::show(turn, answer, shown, move || entries::push(&address)).await;
        }
        How::Back(entry) => {
            let Entry { scroll, focus, draft } = *entry;
            let focus = focus.map_or(Focus::Start, Focus::On);
            let shown = Shown { focus, scroll: Scroll::At(scroll), typed: draft, is_answer: false };
            let redirected = answer.is_redirected.then(|| answer.url.clone());
            let note_address = move || {
                if let Some(address) = redirected {
                    entries::replace(&address);
                }
                drafts::set_answer(false);
                course::set_shown(dom::page_of(&url));
            };
            showing::show(turn, answer, shown, note_address).await;
        }
    }
}
