//! A form that came back on a page which can't be shown now.

use std::sync::Arc;

use leptos::prelude::*;

use super::address::own_address;
use super::button::{Button, ButtonVariant};
use super::form::Replay;
use super::key_values::{KeyValue, KeyValues};
use super::words::FUNCTION_FIELD;

/// Names of pairs that say which thing a form is about; people don't type them.
const NOT_TYPED: [&str; 4] = ["organization", "form[member]", "form[next]", "form[pending]"];

/// What was typed into a form whose page can't be shown now: nothing of it is lost, secrets aside, and it can be sent again.
#[component]
pub fn KeptForm(
    /// The form as it was posted.
    replay: Arc<Replay>,
) -> impl IntoView {
    let typed: Vec<(String, String)> = replay
        .typed
        .iter()
        .filter(|(name, value)| !value.trim().is_empty() && !NOT_TYPED.contains(&name.as_str()) && !name.contains("][application-"))
        .map(|(name, value)| (in_words(name), value.clone()))
        .collect();
    view! {
        <form class="form" method="post" action=own_address()>
            <input type="hidden" name=FUNCTION_FIELD value=replay.function.clone() />
            {replay.typed.iter().cloned().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            <h2>"What you typed is kept"</h2>
            <KeyValues>
                {typed
                    .into_iter()
                    .map(|(name, value)| view! { <KeyValue term=name><span class="wrap-anywhere">{value}</span></KeyValue> })
                    .collect_view()}
            </KeyValues>
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary>"Send again"</Button>
            </div>
        </form>
    }
}

/// The last key of an input's name, `form[first_name]`, as people read it: `First name`.
fn in_words(name: &str) -> String {
    let last = name.rsplit('[').next().unwrap_or_default();
    let words = last.trim_end_matches(']').replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_input_is_read_as_words() {
        assert_eq!(in_words("form[first_name]"), "First name");
        assert_eq!(in_words("registration[username]"), "Username");
        assert_eq!(in_words(""), "");
    }
}
