//! A secret to be taken away: a key, a link shown once.

use leptos::prelude::*;

/// Monospaced text that one click selects as a whole, with a button that copies it where scripts run.
#[component]
pub fn SecretText(
    /// Id of the text; unique on the page.
    id: &'static str,
    /// What it is; names the text and its button.
    #[prop(into)]
    label: String,
    /// The secret.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let what = label.clone();
    view! {
        <div class="secret-text" role="group" aria-label=label>
            <code class="secret-text__value" id=id translate="no">{value}</code>
            // It does nothing without scripts, so it appears with them.
            <button class="button button--secondary" type="button" data-copy=format!("#{id}") hidden>
                <span class="button__face"><span>"Copy"</span><span class="sr-only">" " {what}</span></span>
            </button>
        </div>
    }
}
