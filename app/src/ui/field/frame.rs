//! What stands around every input.

use leptos::prelude::*;

use crate::ui::form::FormContext;
use crate::ui::icon::Icon;

/// Label, hint and message around a control.
#[component]
pub(super) fn FieldFrame(label: String, name: &'static str, hint: Option<String>, children: Children) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let id = context.id(name);
    view! {
        <div class=if context.problem(name).is_some() { "field field--invalid" } else { "field" }>
            <label class="field__label" for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{id}-hint")>{hint}</p> })}
            <FieldProblem name />
            {children()}
        </div>
    }
}

/// What is wrong with a field, for inputs that show it themselves.
#[component]
pub fn FieldProblem(
    /// Field of the form.
    name: &'static str,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    context.problem(name).map(|message| {
        view! {
            <p class="field__error" id=format!("{}-error", context.id(name))>
                <Icon name=Icon::CircleAlert />
                <span class="sr-only">"Error: "</span>
                {message}
            </p>
        }
    })
}

/// The ids of what describes an input: its hint, and its message while there is one.
pub(super) fn described_by(context: &FormContext, name: &str, has_hint: bool) -> Option<String> {
    let id = context.id(name);
    match (has_hint, context.problem(name).is_some()) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}
