//! What stands where a list would be.

use leptos::prelude::*;

use super::icon::Icon;

/// Says what the place is for and offers the first action.
#[component]
pub fn EmptyState(
    /// What is absent.
    #[prop(into)]
    title: String,
    /// What will stand here, and how it comes.
    #[prop(into)]
    explanation: String,
    /// Picture above the title.
    #[prop(optional)]
    icon: Option<Icon>,
    /// The first action.
    #[prop(optional, into)]
    action: ViewFn,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            {icon.map(|icon| view! { <span class="empty-state__picture"><Icon name=icon /></span> })}
            <p class="empty-state__title">{title}</p>
            <p class="empty-state__explanation">{explanation}</p>
            <div class="empty-state__action">{action.run()}</div>
        </div>
    }
}
