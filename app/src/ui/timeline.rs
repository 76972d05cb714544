//! What happened, in order.

use leptos::prelude::*;

use super::badge::Tone;

/// A history, oldest or newest first as the page decides.
#[component]
pub fn Timeline(
    /// Name for screen readers.
    #[prop(into)]
    label: String,
    /// `TimelineEntry`s.
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline" aria-label=label>{children()}</ol> }
}

/// One event.
#[component]
pub fn TimelineEntry(
    /// Color of its dot; the words say the same.
    #[prop(optional)]
    tone: Tone,
    /// What happened, in a few words.
    #[prop(into)]
    title: String,
    /// When, as people read it.
    #[prop(into)]
    time: String,
    /// When, as machines read it (RFC 3339).
    #[prop(into)]
    datetime: String,
    /// Who did it, and the particulars.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class=format!("timeline__entry timeline__entry--{}", tone.suffix())>
            <p class="timeline__title">{title}</p>
            <time class="timeline__time" datetime=datetime>{time}</time>
            {children.map(|children| view! { <div class="timeline__body">{children()}</div> })}
        </li>
    }
}
