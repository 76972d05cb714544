//! The button that signs out.

use leptos::prelude::*;

use crate::features::auth::sign_in::api::SignOut;
use crate::ui::form::{Form, Submission};

/// A form that signs out; its only child is the button, for instance a `MenuItem`.
#[component]
pub fn SignOutForm(
    /// Class of the form.
    #[prop(default = "menu__form")]
    class: &'static str,
    /// The button.
    children: Children,
) -> impl IntoView {
    let submission = Submission::<SignOut>::here();
    view! { <Form submission prefix="sign-out" class>{children()}</Form> }
}
