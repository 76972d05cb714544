//! # The browser's side
//!
//! Pages are written by the server alone. What is here enlivens them, and nothing breaks where it is missing:
//!
//! * [`visits`]: links and forms lead from page to page within one document
//! * [`behaviors`]: what needs no state of its own listens at the document, and reads the `data-…` words of the markup
//! * [`islands`]: small parts that answer while one types are mounted into places of their own

mod behaviors;
mod dom;
mod islands;
mod plain_way;
mod visits;

use web_sys::CustomEvent;

/// Told to the document once the page is taken over.
const AWAKE: &str = "nexus:awake";

/// Enlivens the page that the server wrote.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn wake() {
    plain_way::heed_panics();
    // Whoever listens first may keep a press for themselves: visits take what is left.
    behaviors::start();
    visits::start();
    visits::after_each(behaviors::enliven);
    visits::after_each(islands::wake);
    visits::enliven();
    if let Ok(event) = CustomEvent::new(AWAKE) {
        dom::dispatch(&dom::document(), &event);
    }
}
