//! A secret to be taken away: a key, a link shown once.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Monospaced text that one click selects as a whole, with a button that copies it where scripts run.
#[component]
pub fn SecretText(
    /// What it is; names the text and its button.
    #[prop(into)]
    label: String,
    /// The secret.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let (can_copy, set_can_copy) = signal(false);
    let (is_copied, set_is_copied) = signal(false);
    // Effects run only in the browser; the clipboard exists only in a secure context.
    Effect::new(move |_| set_can_copy.set(window().is_secure_context()));

    let copied = value.clone();
    let what = label.clone();
    let copy = move |_| {
        let written = JsFuture::from(window().navigator().clipboard().write_text(&copied));
        // A browser may refuse; the text can still be selected.
        leptos::task::spawn_local(async move { set_is_copied.set(written.await.is_ok()) });
    };
    view! {
        <div class="secret-text" role="group" aria-label=label>
            <code class="secret-text__value" translate="no">{value}</code>
            <button
                class="button button--secondary secret-text__copy"
                class:secret-text__copy--ready=can_copy
                type="button"
                disabled=move || !can_copy.get()
                on:click=copy
            >
                <span class="button__face" aria-live="polite">
                    <span>
                        {move || if is_copied.get() { "Copied" } else { "Copy" }}
                        <span class="sr-only">" " {what}</span>
                    </span>
                </span>
            </button>
        </div>
    }
}
