//! Changing parts of the page that is shown: what a search has found, and the colors.

use app::ui::words::{FOLLOW, LIVE};
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::answers::Answer;
use super::forms::Plan;
use super::showing::THEME;
use super::{course, fields};
use crate::dom;

/// Shows what a search has found; the search itself stays as it is typed.
pub fn show_found(answer: &Answer) {
    let (Some(root), Some(page)) = (answer.root(), &answer.page) else {
        return;
    };
    let focused = dom::focused().filter(|element| dom::closest(element, &format!("[{LIVE}]")).is_some());
    let selector = focused.as_ref().and_then(|element| dom::selector_of(element));
    dom::document().set_title(&page.title());
    for place in dom::all(&format!("[{LIVE}]")) {
        let name = dom::quoted(&dom::get(&place, LIVE));
        match dom::find_in(&root, &format!("[{LIVE}={name}]")) {
            Some(found) => dom::take_children(&place, &found),
            None => place.set_text_content(None),
        }
    }
    // Whoever chooses colors comes back to what was found.
    let next = format!("{} input[name=next]", theme_form());
    if let (Some(input), Some(found)) = (dom::find(&next), dom::find_in(&root, &next)) {
        dom::set(&input, "value", Some(&dom::get(&found, "value")));
    }
    course::enliven();
    if focused.is_some_and(|element| !element.is_connected()) {
        // What had the focus has been swapped.
        let again = selector.and_then(|selector| dom::find(&selector));
        if let Some(element) = again.or_else(|| dom::find(&search_input())) {
            dom::focus(&element, false);
        }
    }
}

/// Shows the chosen colors, and which they are.
pub fn show_theme(answer: &Answer, form: &HtmlFormElement) {
    let Some(root) = answer.root() else {
        return;
    };
    dom::set(&dom::root(), THEME, root.get_attribute(THEME).as_deref());
    let selector = dom::focused().filter(|element| form.contains(Some(element))).and_then(|element| dom::selector_of(&element));
    if let Some(found) = dom::find_in(&root, &theme_form()) {
        dom::take_children(form, &found);
    }
    if let Some(element) = selector.and_then(|selector| dom::find_in(form, &selector)) {
        dom::focus(&element, false);
    }
}

/// What is typed into the search, where the list does not follow yet.
pub fn unfollowed_search() -> Option<String> {
    let input: HtmlInputElement = dom::find(&search_input())?.dyn_into().ok()?;
    let url = Plan::searching(&input.form()?)?;
    (dom::page_of(&url) != course::shown()).then(|| input.value())
}

/// Types into the search of a page that has just come; the list follows.
pub fn search_on(words: &str) {
    let input = dom::find(&search_input()).and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input.filter(|input| input.value() != words) {
        input.set_value(words);
        fields::tell_typed(&input);
    }
}

fn theme_form() -> String {
    format!("form[action={}]", dom::quoted(app::paths::THEME))
}

fn search_input() -> String {
    format!("form[{FOLLOW}] input[type=search]")
}
