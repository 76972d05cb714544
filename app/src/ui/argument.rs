//! A part of a form that is an argument of its own.

use leptos::context::Provider;
use leptos::prelude::*;

use super::form::FormContext;

/// Inputs that are fields of another argument of the form's server function than `form`, so that several forms can share them.
#[component]
pub fn Argument(
    /// The argument's name.
    name: &'static str,
    /// The inputs.
    children: Children,
) -> impl IntoView {
    let context = expect_context::<FormContext>().of(name);
    view! { <Provider value=context>{children()}</Provider> }
}
