//! The browser's entry: takes over the page that the server rendered.

use app::app::App;

/// Makes the server-rendered page interactive.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(App);
}
