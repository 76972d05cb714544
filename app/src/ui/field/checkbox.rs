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
    /// Called when it is ticked or unticked.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    /// Stands after the label, for instance a link to the terms.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let context = expect_context::<FormContext>();
    let full_name = context.name(name);
    let ticked = context.ticked(&full_name, checked);
    let hint_id = hint.as_ref().map(|_| format!("{}-hint", context.id(name)));
    view! {
        <div class=move || if context.problem(name).is_some() { "field field--invalid" } else { "field" }>
            <div class="checkbox">
                <input
                    class="checkbox__control"
                    type="checkbox"
                    id=context.id(name)
                    name=full_name
                    value="on"
                    checked=ticked
                    aria-invalid=move || context.problem(name).is_some().then_some("true")
                    aria-describedby=described_by(context, name, has_hint)
                    on:change=move |event| {
                        if let Some(on_change) = on_change {
                            on_change.run(event_target_checked(&event));
                        }
                    }
                />
                <label class="checkbox__label" for=context.id(name)>{label}</label>
                {children.map(|children| children())}
            </div>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <FieldProblem name />
        </div>
    }
}
