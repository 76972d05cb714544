//! Several lines of text.

use leptos::prelude::*;

use super::frame::{FieldFrame, described_by};
use crate::ui::form::FormContext;
use crate::ui::raw_text::raw_lines;

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The visible name.
    #[prop(into)]
    label: String,
    /// Field of the form.
    name: &'static str,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Lines shown.
    #[prop(default = 5)]
    rows: u32,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let context = expect_context::<FormContext>();
    let full_name = context.name(name);
    let initial = context.typed(&full_name, &value);
    view! {
        <FieldFrame label name hint>
            <textarea
                class="field__control"
                id=context.id(name)
                name=full_name
                rows=rows.to_string()
                spellcheck="false"
                aria-invalid=context.problem(name).is_some().then_some("true")
                aria-describedby=described_by(&context, name, has_hint)
            >
                {raw_lines(&initial)}
            </textarea>
        </FieldFrame>
    }
}
