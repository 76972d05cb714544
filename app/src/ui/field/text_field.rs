//! A line of text.

use leptos::html;
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
    /// Called with what is typed, while it is typed.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Sets the content from elsewhere.
    #[prop(optional)]
    live_value: Option<Signal<String>>,
    /// Whether it can't be edited now.
    #[prop(optional, into)]
    read_only: Signal<bool>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let context = expect_context::<FormContext>();
    let full_name = context.name(name);
    let initial = context.typed(&full_name, &value);
    let class = if matches!(kind, FieldKind::OneTimeCode) { "field__control code-input" } else { "field__control" };
    let machine_text = kind.is_machine_text();
    let element = NodeRef::<html::Input>::new();
    if let Some(live_value) = live_value {
        Effect::new(move |earlier: Option<String>| {
            let current = live_value.get();
            // What was typed before scripts ran stays until the value really changes.
            if earlier.is_some_and(|earlier| earlier != current)
                && let Some(element) = element.get_untracked()
                && element.value() != current
            {
                element.set_value(&current);
            }
            current
        });
    }
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
                node_ref=element
                readonly=move || read_only.get()
                aria-invalid=move || context.problem(name).is_some().then_some("true")
                aria-describedby=described_by(context, name, has_hint)
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
            />
        </FieldFrame>
    }
}
