//! A message that stands in the page.

use leptos::prelude::*;

use super::{badge::Tone, icon::Icon};

/// Says what happened, or what to know before acting. Red ones interrupt a screen reader, others wait.
#[component]
pub fn Notice(
    /// What kind of message it is.
    #[prop(optional)]
    tone: Tone,
    /// The message in a few words.
    #[prop(into)]
    title: String,
    /// What it means and what to do next.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Neutral | Tone::Blue => Icon::Info,
        Tone::Green => Icon::CircleCheck,
        Tone::Amber => Icon::TriangleAlert,
        Tone::Red => Icon::CircleAlert,
    };
    view! {
        <div
            class=format!("notice notice--{}", tone.suffix())
            role=if tone == Tone::Red { "alert" } else { "status" }
        >
            <Icon name=icon />
            <div class="notice__text">
                <p class="notice__title">{title}</p>
                {children.map(|children| view! { <div class="notice__body">{children()}</div> })}
            </div>
        </div>
    }
}
