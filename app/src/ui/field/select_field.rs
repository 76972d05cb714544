//! A choice of one from a short list.

use leptos::prelude::*;

use crate::ui::form::FormContext;

/// A choice of one from a short list.
#[component]
pub fn SelectField(
    /// The visible name.
    #[prop(into)]
    label: String,
    /// Field of the form, with the keys of a nested one in brackets: `access[<id>]` is written `access][<id>`.
    #[prop(into)]
    name: String,
    /// Values and the words that stand for them.
    options: Vec<(String, String)>,
    /// The value chosen at first.
    #[prop(optional, into)]
    value: String,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    let full_name = context.name(&name);
    let chosen = context.typed(&full_name, &value);
    let id = context.id(&name.replace(['[', ']'], "-"));
    let hint_id = hint.as_ref().map(|_| format!("{id}-hint"));
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id.clone()>{hint}</p> })}
            <select class="field__control select" id=id name=full_name aria-describedby=hint_id.clone()>
                {options
                    .into_iter()
                    .map(|(key, words)| {
                        let selected = key == chosen;
                        view! { <option value=key selected=selected>{words}</option> }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}
