//! A state in one word.

use leptos::prelude::*;

/// Meaning of a color. It never stands alone: a word or a picture says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// In order.
    Green,
    /// Waits, or runs out soon.
    Amber,
    /// Refused, failed or withdrawn.
    Red,
    /// Worth knowing.
    Blue,
}

impl Tone {
    /// Last part of the class that carries this tone.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Blue => "blue",
        }
    }
}

/// A dot and a word.
#[component]
pub fn Badge(
    /// What the dot's color means.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! { <span class=format!("badge badge--{}", tone.suffix())>{children()}</span> }
}
