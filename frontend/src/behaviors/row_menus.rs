//! The menu that all rows of a table share: it opens at the row's button, with what can be done to that row.
//!
//! Without scripts the button leads to the member's page of actions.

use std::cell::RefCell;

use app::ui::words::{ACTION, ACTIONS, ACTIONS_FOR, ASK_TITLE, CALLED_PLACE, MEMBER_PLACE, ROW, ROW_MENU};
use leptos::wasm_bindgen::JsCast;
use web_sys::js_sys::{Object, Reflect};
use web_sys::{Element, Event, HtmlButtonElement, HtmlElement, MouseEvent};

use super::menus;
use crate::dom;

/// What the anchor of the open menu is called in the styles.
const ANCHOR: &str = "--row-menu";

thread_local! {
    /// The button whose menu was open when the pointer went down: that closes the menu, and the click shall not open it again.
    static CLOSING: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Listens to rows' buttons.
pub fn listen() {
    let button = || format!("button[{ACTIONS}]");
    dom::listen::<Event>(&dom::document(), "pointerdown", move |event| {
        CLOSING.set(dom::around(event, &button()).filter(|button| dom::get(button, "aria-expanded") == "true"));
    });
    dom::listen::<MouseEvent>(&dom::document(), "click", move |event| {
        let Some(button) = dom::around(event, &button()).filter(|_| dom::is_plain(event)) else {
            return;
        };
        let Some(menu) = menu_of(&button) else {
            return;
        };
        let was_open = CLOSING.take().as_ref() == Some(&button);
        if was_open {
            // Closed already is as good.
            let _ = menu.hide_popover();
        } else {
            open(&menu, &button);
            if event.detail() == 0 {
                // Pressed by a key: the menu stands elsewhere in the page, where Tab would not lead.
                menus::focus_first(&menu);
            }
        }
        event.prevent_default();
    });
    dom::listen_first::<Event>("toggle", |event| {
        if dom::around(event, ".menu__popup").is_some_and(|menu| !menus::is_open(&menu)) {
            forget_anchors();
        }
    });
}

/// Tells what the rows' buttons open.
pub fn enliven() {
    for button in dom::all(&format!("button[{ACTIONS}]:not([aria-haspopup])")) {
        dom::set(&button, "aria-haspopup", Some("menu"));
        dom::set(&button, "aria-expanded", Some("false"));
    }
}

/// The menu that a row's button opens.
pub fn menu_of(button: &Element) -> Option<HtmlElement> {
    dom::by_id(&dom::get(button.dyn_ref::<HtmlButtonElement>()?.form()?.as_ref(), ROW_MENU))
}

fn open(menu: &HtmlElement, button: &HtmlElement) {
    if menus::is_open(menu) {
        let _ = menu.hide_popover();
    }
    fill(menu, button);
    forget_anchors();
    let _ = button.style().set_property("anchor-name", ANCHOR);
    let _ = menu.style().set_property("position-anchor", ANCHOR);
    dom::set(button, "aria-expanded", Some("true"));
    // Whatever has the focus now gets it back.
    dom::focus(button, false);
    show_at(menu, button);
}

/// Opens a menu; where the browser knows how, as the button's own, so that Tab leads from one to the other.
fn show_at(menu: &HtmlElement, button: &HtmlElement) {
    let options = Object::new();
    let _ = Reflect::set(&options, &"source".into(), button);
    if let Some(show) = dom::method(menu, "showPopover") {
        let _ = show.call1(menu, &options);
    }
}

fn forget_anchors() {
    for button in dom::all(&format!("button[{ACTIONS}][aria-expanded=true]")) {
        let _ = button.style().remove_property("anchor-name");
        dom::set(&button, "aria-expanded", Some("false"));
    }
}

/// Shows what can be done to the row, and to nobody else.
fn fill(menu: &HtmlElement, button: &HtmlElement) {
    let member = dom::closest(button, &format!("[{ROW}]")).map(|row| dom::get(&row, ROW)).unwrap_or_default();
    let label = dom::get(button, "aria-label");
    let called = label.strip_prefix(ACTIONS_FOR).unwrap_or(&label);
    let actions = dom::get(button, ACTIONS);
    dom::set(menu, "aria-label", Some(&label));
    for item in dom::all_in(menu, &format!("[{ACTION}]")) {
        let action = dom::get(&item, ACTION);
        item.set_hidden(!actions.split_whitespace().any(|offered| offered == action));
    }
    for element in dom::all_in(menu, "a[href], input[type=hidden]") {
        for name in ["href", "value", ASK_TITLE] {
            fill_template(&element, name, &member, called);
        }
    }
}

/// Puts what the row is about into an attribute; what the server wrote there is remembered beside it.
fn fill_template(element: &Element, name: &str, member: &str, called: &str) {
    let memory = format!("data-template-{name}");
    let template = element.get_attribute(&memory).or_else(|| element.get_attribute(name));
    let Some(template) = template.filter(|template| template.contains(MEMBER_PLACE) || template.contains(CALLED_PLACE)) else {
        return;
    };
    dom::set(element, name, Some(&template.replace(MEMBER_PLACE, member).replace(CALLED_PLACE, called)));
    dom::set(element, &memory, Some(&template));
}
