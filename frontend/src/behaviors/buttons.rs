//! Buttons that work only with scripts: they copy, and show a password.

use app::ui::words::{COPY, REVEAL};
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlElement, HtmlInputElement, MouseEvent};

use crate::{dom, visits};

/// Listens to presses.
pub fn listen() {
    dom::listen::<MouseEvent>(&dom::document(), "click", |event| {
        let pressed = |word: &str| dom::around(event, &format!("button[{word}]"));
        if let Some(button) = pressed(COPY) {
            spawn_local(copy(button));
        } else if let Some(button) = pressed(REVEAL) {
            reveal(&button, input_of(&button).is_some_and(|input| input.type_() == "password"));
        }
    });
    // A browser offers to keep what is sent from a password's input, and to fill in again what is sent from another.
    dom::listen::<Event>(&dom::document(), "submit", |event| {
        if let Some(form) = dom::around(event, "form") {
            for button in dom::all_in(&form, &format!("[{REVEAL}]")) {
                reveal(&button, false);
            }
        }
    });
}

/// Shows the buttons.
pub fn enliven() {
    let can_copy = dom::window().is_secure_context();
    for button in dom::all(&format!("button:is([{COPY}], [{REVEAL}])[hidden]")) {
        if can_copy || !button.has_attribute(COPY) {
            button.set_hidden(false);
        }
    }
}

async fn copy(button: HtmlElement) {
    let Some(text) = dom::find(&dom::get(&button, COPY)).and_then(|element| element.text_content()) else {
        return;
    };
    let written = JsFuture::from(dom::window().navigator().clipboard().write_text(text.trim())).await;
    // A browser may refuse; the text can still be selected.
    if written.is_ok() {
        dom::set_face(&button, "Copied");
        visits::say("Copied");
    }
}

fn reveal(button: &HtmlElement, shows: bool) {
    let kind = if shows { "text" } else { "password" };
    if let Some(input) = input_of(button).filter(|input| input.type_() != kind) {
        input.set_type(kind);
        dom::set_face(button, if shows { "Hide" } else { "Show" });
    }
}

fn input_of(button: &HtmlElement) -> Option<HtmlInputElement> {
    dom::find(&dom::get(button, REVEAL))?.dyn_into().ok()
}
