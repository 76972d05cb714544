//! Labelled inputs: label, hint, message and control belong together.

use leptos::html;
use leptos::prelude::*;

use super::form::FormContext;
use super::icon::Icon;
use super::raw_text::raw_lines;

/// What a text input is for; sets its type, keyboard and autofill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// An e-mail address.
    Email,
    /// A username or an e-mail address.
    Identifier,
    /// A person's given name.
    GivenName,
    /// A person's family name.
    FamilyName,
    /// A username being chosen.
    Username,
    /// An organization's name.
    Organization,
    /// A code from an authenticator app.
    OneTimeCode,
    /// A recovery code.
    RecoveryCode,
}

impl FieldKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            _ => "text",
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Text | Self::RecoveryCode => "off",
            Self::Email => "email",
            Self::Identifier | Self::Username => "username",
            Self::GivenName => "given-name",
            Self::FamilyName => "family-name",
            Self::Organization => "organization",
            Self::OneTimeCode => "one-time-code",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::OneTimeCode => Some("numeric"),
            Self::Email => Some("email"),
            _ => None,
        }
    }

    const fn is_machine_text(self) -> bool {
        !matches!(self, Self::Text | Self::GivenName | Self::FamilyName | Self::Organization)
    }
}

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
                aria-invalid=move || context.problem(name).is_some().then_some("true")
                aria-describedby=described_by(context, name, has_hint)
            >
                {raw_lines(initial)}
            </textarea>
        </FieldFrame>
    }
}

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

/// A value that travels with the form without being shown.
#[component]
pub fn HiddenField(
    /// Field of the form.
    name: &'static str,
    /// The value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let context = expect_context::<FormContext>();
    view! { <input type="hidden" name=context.name(name) value=value /> }
}

#[component]
fn FieldFrame(label: String, name: &'static str, hint: Option<String>, children: Children) -> impl IntoView {
    let context = expect_context::<FormContext>();
    view! {
        <div class=move || if context.problem(name).is_some() { "field field--invalid" } else { "field" }>
            <label class="field__label" for=context.id(name)>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{}-hint", context.id(name))>{hint}</p> })}
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
    move || {
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
}

fn described_by(context: FormContext, name: &'static str, has_hint: bool) -> impl Fn() -> Option<String> + Clone {
    move || {
        let id = context.id(name);
        match (has_hint, context.problem(name).is_some()) {
            (true, true) => Some(format!("{id}-hint {id}-error")),
            (true, false) => Some(format!("{id}-hint")),
            (false, true) => Some(format!("{id}-error")),
            (false, false) => None,
        }
    }
}
