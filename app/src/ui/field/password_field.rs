//! A password.

use leptos::prelude::*;

use super::frame::{FieldFrame, described_by};
use crate::ui::form::FormContext;

/// A password in one field, which can be shown.
#[component]
pub fn PasswordField(
    /// The visible name.
    #[prop(into)]
    label: String,
    /// Field of the form.
    name: &'static str,
    /// Whether a new password is chosen (a password manager offers one).
    #[prop(optional)]
    new: bool,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Stands below the control, for instance the place of a meter.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let context = expect_context::<FormContext>();
    let id = context.id(name);
    let described_by = described_by(&context, name, has_hint);
    let is_invalid = context.problem(name).is_some();
    view! {
        <FieldFrame label name hint>
            <div class="password-field">
                <input
                    class="field__control password-field__control"
                    id=id.clone()
                    name=context.name(name)
                    type="password"
                    autocomplete=if new { "new-password" } else { "current-password" }
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength="1024"
                    aria-invalid=is_invalid.then_some("true")
                    aria-describedby=described_by
                />
                // It does nothing without scripts, so it appears with them.
                <button class="password-field__toggle" type="button" data-reveal=format!("#{id}") aria-controls=id hidden>
                    <span>"Show"</span>
                    <span class="sr-only">" password"</span>
                </button>
            </div>
            {children.map(|children| children())}
        </FieldFrame>
    }
}
