//! A box to tick.

use leptos::prelude::*;

use super::frame::{FieldProblem, described_by};
use crate::ui::form::FormContext;

/// A box to tick.
#[component]
pub fn Checkbox(
    /// The visible name.
    #[prop(into)]
    label: String,
    /// Field of the form.
    name: &'static str,
    /// Whether it is ticked at first.
    #[prop(optional)]
    checked: bool,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Stands after the label, for instance a link to the terms.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let context = expect_context::<FormContext>();
    let full_name = context.name(name);
    let id = context.id(name);
    let is_invalid = context.problem(name).is_some();
    let ticked = context.ticked(&full_name, checked);
    let hint_id = hint.as_ref().map(|_| format!("{id}-hint"));
    view! {
        <div class=if is_invalid { "field field--invalid" } else { "field" }>
            <div class="checkbox">
                <input
                    class="checkbox__control"
                    type="checkbox"
                    id=id.clone()
                    name=full_name
                    value="on"
                    checked=ticked
                    aria-invalid=is_invalid.then_some("true")
                    aria-describedby=described_by(&context, name, has_hint)
                />
                <label class="checkbox__label" for=id>{label}</label>
                {children.map(|children| children())}
            </div>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <FieldProblem name />
        </div>
    }
}
