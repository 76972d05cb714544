//! A value that travels with a form.

use leptos::prelude::*;

use crate::ui::form::FormContext;

/// A value that travels with the form without being shown.
#[component]
pub fn HiddenField(
    /// Field of the form.
    name: &'static str,
    /// The value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    view! { <input type="hidden" name=context.name(name) value=value /> }
}
