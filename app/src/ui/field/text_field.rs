//! A line of text.

use leptos::prelude::*;

use super::frame::{FieldFrame, described_by};
use super::kind::FieldKind;
use crate::ui::form::FormContext;

/// A line of text.
#[component]
pub fn TextField(
    /// The visible name.
    #[prop(into)]
    label: String,
    /// Field of the form.
    name: &'static str,
    /// What it is for.
    #[prop(default = FieldKind::Text)]
    kind: FieldKind,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// Most characters.
    #[prop(default = 320)]
    limit: u32,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let context = expect_context::<FormContext>();
    let full_name = context.name(name);
    let initial = context.typed(&full_name, &value);
    let class = if matches!(kind, FieldKind::OneTimeCode) { "field__control code-input" } else { "field__control" };
    let machine_text = kind.is_machine_text();
    view! {
        <FieldFrame label name hint>
            <input
                class=class
                id=context.id(name)
                name=full_name
                type=kind.input_type()
                autocomplete=kind.autocomplete()
                inputmode=kind.input_mode()
                autocapitalize=machine_text.then_some("none")
                spellcheck=machine_text.then_some("false")
                maxlength=limit.to_string()
                value=initial
                aria-invalid=context.problem(name).is_some().then_some("true")
                aria-describedby=described_by(&context, name, has_hint)
            />
        </FieldFrame>
    }
}
