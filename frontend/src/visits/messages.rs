//! What could not be done, said beside what stays.

use std::cell::Cell;

use web_sys::{Element, MouseEvent};

use super::answers::{Answer, Trouble};
use super::course;
use crate::dom;

/// The message's class.
const MESSAGE: &str = "visit-message";

thread_local! {
    /// Whether what is said is still to be read on the next page.
    static OUTLASTS: Cell<bool> = const { Cell::new(false) };
}

/// A way on, offered by a message.
#[derive(Clone, Copy)]
pub struct Link<'words> {
    /// Its words.
    pub words: &'words str,
    /// Where it leads.
    pub address: &'words str,
    /// Whether it leads there in a new tab.
    pub opens_tab: bool,
}

/// Listens to the button that takes a message away.
pub fn listen() {
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        if let Some(message) = dom::around(event, ".visit-message__close").and_then(|button| dom::closest(&button, &format!(".{MESSAGE}")))
        {
            message.remove();
            if let Some(title) = dom::find("main h1").filter(|_| dom::focused().is_none()) {
                dom::focus(&title, false);
            }
        }
    });
}

/// Says something, in place of what was said before.
pub fn tell(words: &str, link: Option<Link>) {
    clear();
    let place = dom::find("dialog[open] .dialog__body").or_else(|| dom::document().body());
    if let (Some(message), Some(place)) = (message(words, link), place) {
        let _ = place.append_child(&message);
    }
}

/// Says something at the top of a form; where one can't see it, beside the page.
pub fn tell_in(form: &Element, words: &str, link: Link) {
    if !form.is_connected() || dom::closest(form, "[popover]").is_some() {
        return tell(words, Some(link));
    }
    clear();
    if let Some(message) = message(words, Some(link)) {
        message.class_list().add_1("visit-message--in-form").ok();
        let _ = form.insert_before(&message, form.first_child().as_ref());
        dom::focus(&message, true);
    }
}

/// What is said now is still said on the next page: somebody goes there without having read it.
pub fn outlast() {
    OUTLASTS.set(true);
}

/// Says nothing any more, as the next page comes; but for what [outlasts](outlast) this one.
pub fn clear_for_page() {
    if !OUTLASTS.take() {
        clear();
    }
}

/// Says nothing any more.
pub fn clear() {
    OUTLASTS.set(false);
    dom::remove_all(&dom::root(), &format!(".{MESSAGE}"));
}

fn message(words: &str, link: Option<Link>) -> Option<web_sys::HtmlElement> {
    let message = dom::element("div", MESSAGE, "")?;
    dom::set(&message, "role", Some("alert"));
    let said = dom::element("p", "visit-message__words", words)?;
    message.append_child(&said).ok()?;
    if let Some(Link { words, address, opens_tab }) = link {
        let way = dom::element("a", "visit-message__way", words)?;
        dom::set(&way, "href", Some(address));
        if opens_tab {
            dom::set(&way, "target", Some("_blank"));
        }
        message.append_child(&way).ok()?;
    }
    let close = dom::element("button", "visit-message__close", "Close this message")?;
    dom::set(&close, "type", Some("button"));
    message.append_child(&close).ok()?;
    Some(message)
}

/// Says why a page did not come.
pub fn tell_trouble(trouble: Trouble, address: &str) {
    let words = match trouble {
        Trouble::Late => "Nexus does not answer. This page stays as it is.",
        Trouble::Overtaken | Trouble::Unreached => "Nexus can't be reached. This page stays as it is.",
    };
    tell(words, Some(try_again(address)));
}

/// Says what came in place of a page.
pub fn tell_failed_page(answer: &Answer, address: &str) {
    let words = answer.words().unwrap_or_else(|| "The page could not be shown.".to_owned());
    tell(&words, Some(try_again(address)));
}

/// Says what came in place of a post's answer.
pub fn tell_failed_post(answer: &Answer) {
    if answer.is_redirected && dom::own_address(&answer.url).is_some() {
        // Only what was done leads on.
        let link = Link { words: "Open the next page", address: &answer.url, opens_tab: false };
        return tell("It was done, but the next page could not be shown.", Some(link));
    }
    let words = match (answer.words(), answer.status) {
        (Some(words), _) => words,
        (None, 413) => "This is more than Nexus takes at once.".to_owned(),
        (None, 400..500) => "Nexus did not take this.".to_owned(),
        (None, _) => "Nexus could not answer. It may have been done all the same: look before you send it again.".to_owned(),
    };
    tell(&format!("{words} {}", typed_words()), None);
}

/// Says that it is not known whether something was done.
pub fn tell_unsent() {
    let doubt = "If you had to wait for this, it may have been done all the same: look before you send it again.";
    tell(&format!("Nexus can't be reached. {} {doubt}", typed_words()), None);
}

/// Where to find what was typed and could not be sent.
fn typed_words() -> &'static str {
    let is_still_here = dom::here() == course::shown() || dom::find("dialog[open]").is_some();
    if is_still_here { "What you typed is still here." } else { "Go forward to find what you typed." }
}

fn try_again(address: &str) -> Link<'_> {
    Link { words: "Try again", address, opens_tab: false }
}
