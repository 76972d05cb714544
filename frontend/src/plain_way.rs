//! When the module breaks, everything goes the plain way: no press is taken over any more.

use std::cell::{Cell, RefCell};
use std::panic;

use leptos::prelude::window;

thread_local! {
    static IS_BROKEN: Cell<bool> = const { Cell::new(false) };
    static DESTINATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on, a panic is told to the console, and is the last thing that happens here.
pub fn heed_panics() {
    panic::set_hook(Box::new(|panic| {
        if IS_BROKEN.replace(true) {
            return;
        }
        console_error_panic_hook::hook(panic);
        // A page that was on its way is still wanted. What panicked may hold the cell.
        let destination = DESTINATION.try_with(|destination| destination.try_borrow().ok().and_then(|address| address.clone()));
        if let Ok(Some(address)) = destination {
            let _ = window().location().assign(&address);
        }
    }));
}

/// Whether there was a panic: what is kept here can't be relied on.
pub fn is_broken() -> bool {
    IS_BROKEN.get()
}

/// Remembers which page is on its way.
pub fn set_destination(address: Option<&str>) {
    DESTINATION.set(address.map(str::to_owned));
}
