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
    /// Called with what is typed, while it is typed.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Stands below the control, for instance a meter.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let context = expect_context::<FormContext>();
    let shown = RwSignal::new(false);
    // The button does nothing without scripts, so it appears with them.
    let interactive = RwSignal::new(false);
    Effect::new(move |_| interactive.set(true));
    view! {
        <FieldFrame label name hint>
            <div class="password-field">
                <input
                    class="field__control password-field__control"
                    id=context.id(name)
                    name=context.name(name)
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=if new { "new-password" } else { "current-password" }
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength="1024"
                    aria-invalid=move || context.problem(name).is_some().then_some("true")
                    aria-describedby=described_by(context, name, has_hint)
                    on:input=move |event| {
                        if let Some(on_input) = on_input {
                            on_input.run(event_target_value(&event));
                        }
                    }
                />
                <button
                    class="password-field__toggle"
                    type="button"
                    hidden=move || !interactive.get()
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    aria-controls=context.id(name)
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { "Hide" } else { "Show" }}
                    <span class="sr-only">" password"</span>
                </button>
            </div>
            {children.map(|children| children())}
        </FieldFrame>
    }
}
