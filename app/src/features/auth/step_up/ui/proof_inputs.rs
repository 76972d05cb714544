//! Password and code, within a form of something sensitive.

use leptos::prelude::*;

use crate::ui::Argument;
use crate::ui::field::{FieldKind, PasswordField, TextField};

/// `Your password` and `Authentication code`; they are the function's argument `proof`.
#[component]
pub fn ProofInputs(
    /// Why it is asked for.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether a code is asked for, too.
    #[prop(default = true)]
    with_code: bool,
) -> impl IntoView {
    view! {
        <Argument name="proof">
            {match hint {
                Some(hint) => view! { <PasswordField label="Your password" name="password" hint /> }.into_any(),
                None => view! { <PasswordField label="Your password" name="password" /> }.into_any(),
            }}
            {with_code.then(|| view! { <TextField label="Authentication code" name="code" kind=FieldKind::OneTimeCode limit=12 /> })}
        </Argument>
    }
}
