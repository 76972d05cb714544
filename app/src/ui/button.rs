//! Buttons, and links that look like one.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::icon::Icon;

/// How strongly a button speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonVariant {
    /// The one thing to do on this page or in this form.
    Primary,
    /// Anything else worth doing.
    #[default]
    Secondary,
    /// Worth offering, not worth noticing: `Cancel`, toolbars.
    Quiet,
    /// Takes something away; its word is the verb.
    Danger,
}

impl ButtonVariant {
    /// The whole `class` of a button of this variant.
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// What pressing a button does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// Posts the form it stands in.
    #[default]
    Submit,
    /// Nothing; a listener or `popovertarget` acts.
    Button,
}

impl ButtonKind {
    fn attribute(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Button => "button",
        }
    }
}

/// A button. While busy it keeps its width, shows a spinner, and can't be pressed again.
#[component]
pub fn Button(
    /// How strongly it speaks.
    #[prop(optional)]
    variant: ButtonVariant,
    /// What pressing does by itself.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Picture before the word.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Name of the pair that is posted when this button submits the form.
    #[prop(optional, into)]
    name: Option<String>,
    /// Value of that pair.
    #[prop(optional, into)]
    value: Option<String>,
    /// Whether it has the focus first, in the dialog it stands in.
    #[prop(optional)]
    autofocus: bool,
    /// What scripts do when it is pressed.
    #[prop(optional)]
    on_press: Option<Callback<MouseEvent>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=variant.class()
            class:button--busy=busy
            type=kind.attribute()
            name=name
            value=value
            disabled=busy
            autofocus=autofocus
            aria-busy=move || busy.get().then_some("true")
            on:click=move |event| press(on_press, event)
        >
            <ButtonFace icon>{children()}</ButtonFace>
        </button>
    }
}

/// A link that leads to a task and therefore looks like a button.
#[component]
pub fn ButtonLink(
    /// Address it leads to.
    #[prop(into)]
    href: String,
    /// How strongly it speaks.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Picture before the word.
    #[prop(optional)]
    icon: Option<Icon>,
    /// What scripts do when it is pressed.
    #[prop(optional)]
    on_press: Option<Callback<MouseEvent>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=variant.class() href=href on:click=move |event| press(on_press, event)>
            <ButtonFace icon>{children()}</ButtonFace>
        </a>
    }
}

/// Tells whoever listens to a press.
pub(super) fn press(on_press: Option<Callback<MouseEvent>>, event: MouseEvent) {
    if let Some(on_press) = on_press {
        on_press.run(event);
    }
}

/// Picture and words; one element, so that a busy button can fade it without changing its size.
#[component]
fn ButtonFace(icon: Option<Icon>, children: Children) -> impl IntoView {
    view! {
        <span class="button__face">
            {icon.map(|icon| view! { <Icon name=icon /> })}
            {children()}
        </span>
    }
}
