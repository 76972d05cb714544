//! Buttons, and links that look like one.

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

/// A button that posts the form it stands in. While its form is on its way it keeps its width and shows a spinner.
#[component]
pub fn Button(
    /// How strongly it speaks.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Picture before the word.
    #[prop(optional)]
    icon: Option<Icon>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button class=variant.class() type="submit">
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
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=variant.class() href=href>
            <ButtonFace icon>{children()}</ButtonFace>
        </a>
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
