//! Menus: the browser opens, places and closes them (`popover`). Here are the keys, and closing when an item is chosen.

use app::ui::words::ACTIONS;
use web_sys::{Event, HtmlElement, KeyboardEvent, MouseEvent};

use super::row_menus;
use crate::dom;

/// Items that can be reached: not those that are hidden or folded away.
const REACHABLE: &str = ".menu__item:not([hidden], [hidden] *, details:not([open]) > :not(summary) *)";

/// Listens to keys and choices.
pub fn listen() {
    dom::listen::<KeyboardEvent>(&dom::document(), "keydown", walk);
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        if dom::around(event, "a.menu__item, button.menu__item").is_some()
            && let Some(popup) = dom::around(event, ".menu__popup")
        {
            // Closed already is as good.
            let _ = popup.hide_popover();
        }
    });
}

/// Whether a menu is open.
pub fn is_open(popup: &HtmlElement) -> bool {
    popup.matches(":popover-open").unwrap_or(false)
}

/// Moves the focus to the first item.
pub fn focus_first(popup: &HtmlElement) {
    if let Some(item) = dom::find_in(popup, REACHABLE) {
        dom::focus(&item, true);
    }
}

/// Moves the focus among the items; opens the menu where it is closed.
fn walk(event: &KeyboardEvent) {
    let key = event.key();
    if !matches!(key.as_str(), "ArrowDown" | "ArrowUp" | "Home" | "End") {
        return;
    }
    // Before the menu opens: that may move the focus to an item.
    let focused = dom::focused();
    let Some(popup) = menu_around(event) else {
        return;
    };
    event.prevent_default();
    let items = dom::all_in(&popup, REACHABLE);
    let position = items.iter().position(|item| focused.as_ref() == Some(item));
    let last = items.len().saturating_sub(1);
    let next = match (key.as_str(), position) {
        ("ArrowDown", Some(position)) if position < last => position + 1,
        ("ArrowUp", Some(position)) if position > 0 => position - 1,
        ("ArrowUp" | "End", _) => last,
        _ => 0,
    };
    if let Some(item) = items.get(next) {
        dom::focus(item, true);
    }
}

/// The menu in which a key was pressed, or at whose button, which is opened then.
fn menu_around(event: &Event) -> Option<HtmlElement> {
    if let Some(popup) = dom::around(event, ".menu__popup") {
        return Some(popup);
    }
    let button = dom::around(event, &format!("[popovertarget], [{ACTIONS}]"))?;
    let popup = row_menus::menu_of(&button).or_else(|| dom::by_id(&dom::get(&button, "popovertarget")))?;
    if !is_open(&popup) {
        button.click();
    }
    Some(popup)
}
