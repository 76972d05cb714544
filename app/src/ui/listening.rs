//! How islands listen to the server's inputs beside them.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::HtmlInputElement;

/// An input that the server wrote.
#[derive(Clone)]
pub struct Input(HtmlInputElement);

impl Input {
    /// The input with this id, if the page has it.
    pub fn find(id: &str) -> Option<Self> {
        document().get_element_by_id(id)?.dyn_into().ok().map(Self)
    }

    /// What stands in it.
    pub fn value(&self) -> String {
        self.0.value()
    }

    /// Whether something else stands in it than the server wrote.
    pub fn is_changed(&self) -> bool {
        self.0.value() != self.0.default_value()
    }

    /// Writes into it.
    pub fn set_value(&self, value: &str) {
        if self.0.value() != value {
            self.0.set_value(value);
        }
    }

    /// Whether it is ticked.
    pub fn checked(&self) -> bool {
        self.0.checked()
    }

    /// Ticks it, or not.
    pub fn set_checked(&self, is_checked: bool) {
        self.0.set_checked(is_checked);
    }

    /// Locks it, or not.
    pub fn set_read_only(&self, is_read_only: bool) {
        self.0.set_read_only(is_read_only);
    }
}

/// Calls `then` at each event of this name, until the island is gone.
pub fn listen(input: &Input, event: &'static str, then: impl FnMut() + 'static) {
    let listener = Closure::<dyn FnMut()>::new(then);
    // Refused for no event that there is.
    input.0.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref()).ok();
    let kept = StoredValue::new_local((input.clone(), listener));
    on_cleanup(move || {
        kept.try_with_value(|(input, listener)| {
            input.0.remove_event_listener_with_callback(event, listener.as_ref().unchecked_ref()).ok();
        });
    });
}
