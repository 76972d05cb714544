//! # Behaviors
//!
//! What needs no state of its own listens once, at the document, and reads the words of the markup (`app::ui::words`). The server
//! writes every view; here nothing is built but the frame of a dialog.

mod buttons;
mod dialogs;
mod menus;
mod questions;
mod row_menus;
mod search;

/// Listens at the document.
pub fn start() {
    buttons::listen();
    row_menus::listen();
    menus::listen();
    questions::listen();
    dialogs::listen();
    search::listen();
}

/// Shows what works only with scripts, on a page that has just come.
pub fn enliven() {
    buttons::enliven();
    row_menus::enliven();
}
