//! How far long work is.

use leptos::prelude::*;

/// A bar with its numbers in words.
#[component]
pub fn Progress(
    /// What is under way.
    #[prop(into)]
    label: String,
    /// How much is done.
    #[prop(into)]
    done: Signal<u32>,
    /// How much there is.
    #[prop(into)]
    total: Signal<u32>,
) -> impl IntoView {
    view! {
        <div class="progress">
            <label class="progress__label">
                <span>{label}</span>
                <progress class="progress__bar" max=move || total.get().to_string() value=move || done.get().to_string()></progress>
            </label>
            <span class="progress__count">{move || format!("{} of {}", done.get(), total.get())}</span>
        </div>
    }
}
