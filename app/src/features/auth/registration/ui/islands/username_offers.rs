//! The username that the names make, while they are typed.

use std::time::Duration;

use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::features::auth::registration::api::SuggestUsername;
use crate::features::auth::registration::model::UsernameSuggestion;
use crate::ui::call::ask;
use crate::ui::listening::{Input, listen};

/// The island's name in markup.
pub const NAME: &str = "username-offers";

const PAUSE: Duration = Duration::from_millis(250);

/// What it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Props {
    /// The link's token, by which a page may ask for a username.
    pub token: String,
    /// Id of the given name's input.
    pub first_name: String,
    /// Id of the family name's input.
    pub last_name: String,
    /// Id of the box that says whether the username is made from them.
    pub automatic: String,
    /// Id of the username's input.
    pub username: String,
    /// Id of the hidden input that says what the page itself put there.
    pub offered: String,
}

/// The server's inputs that it listens to, and writes to.
#[derive(Clone)]
struct Inputs {
    first_name: Input,
    last_name: Input,
    automatic: Input,
    username: Input,
    offered: Input,
}

impl Inputs {
    fn find(props: &Props) -> Option<Self> {
        Some(Self {
            first_name: Input::find(&props.first_name)?,
            last_name: Input::find(&props.last_name)?,
            automatic: Input::find(&props.automatic)?,
            username: Input::find(&props.username)?,
            offered: Input::find(&props.offered)?,
        })
    }

    /// While the box is ticked, the page alone writes the username.
    fn lock(&self) {
        self.username.set_read_only(self.automatic.checked());
        if self.automatic.checked() {
            self.offered.set_value(&self.username.value());
        }
    }

    fn names(&self) -> (String, String) {
        (self.first_name.value(), self.last_name.value())
    }

    fn offer(&self, username: &str) {
        self.username.set_value(username);
        self.offered.set_value(username);
    }
}

/// Fills in the username, keeps its input locked meanwhile, and says when it is taken.
pub fn username_offers(props: Props) -> impl IntoView {
    let message = RwSignal::new(String::new());
    if let Some(inputs) = Inputs::find(&props) {
        follow(inputs, props.token, message);
    }
    view! { <p class="field__hint" role="status">{message}</p> }
}

fn follow(inputs: Inputs, token: String, message: RwSignal<String>) {
    // What somebody typed before the scripts arrived is what they want.
    if inputs.automatic.checked() && inputs.username.value() != inputs.offered.value() {
        inputs.automatic.set_checked(false);
    }
    let asked_for = inputs.names();
    inputs.lock();

    let ask_now = {
        let inputs = inputs.clone();
        move || suggest(inputs.clone(), token.clone(), message)
    };
    // Names that were typed before the scripts arrived, too.
    if inputs.first_name.is_changed() || inputs.last_name.is_changed() {
        ask_now();
    }
    let asked_for = StoredValue::new(asked_for);
    let ask_later = StoredValue::new_local(debounce(PAUSE, move |()| ask_now()));
    let ask_where_changed = move |inputs: &Inputs| {
        let names = inputs.names();
        if names != asked_for.get_value() {
            asked_for.set_value(names);
            ask_later.update_value(|ask| ask(()));
        }
    };
    for input in [&inputs.first_name, &inputs.last_name] {
        let inputs = inputs.clone();
        listen(input, "input", move || {
            if inputs.automatic.checked() {
                ask_where_changed(&inputs);
            }
        });
    }
    let ticked = inputs.clone();
    listen(&inputs.automatic, "change", move || {
        ticked.lock();
        if ticked.automatic.checked() {
            ask_later.update_value(|ask| ask(()));
        } else {
            message.set(String::new());
        }
    });
}

/// Asks the server, and takes the answer only while the box is ticked and the names are still those.
fn suggest(inputs: Inputs, token: String, message: RwSignal<String>) {
    let (first_name, last_name) = inputs.names();
    if first_name.trim().is_empty() && last_name.trim().is_empty() {
        return;
    }
    spawn_local(async move {
        let question = SuggestUsername { token, first_name, last_name };
        let answer = ask(&question).await;
        let SuggestUsername { first_name, last_name, .. } = question;
        let is_current = inputs.automatic.checked() && inputs.names() == (first_name, last_name);
        if let (Ok(suggestion), true) = (answer, is_current) {
            inputs.offer(&suggestion.username);
            // Gone where the page was left meanwhile.
            message.try_set(words(&suggestion));
        }
    });
}

/// What is said of a username that can't be had; nothing of one that can.
fn words(suggestion: &UsernameSuggestion) -> String {
    if suggestion.is_free {
        return String::new();
    }
    let offered =
        if suggestion.alternatives.is_empty() { String::new() } else { format!(": {} is free", suggestion.alternatives.join(" or ")) };
    format!("{} is taken. Untick the box and choose another{offered}.", suggestion.username)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestion(is_free: bool, alternatives: &[&str]) -> UsernameSuggestion {
        let alternatives = alternatives.iter().map(|&name| name.to_owned()).collect();
        UsernameSuggestion { username: "ann.smith".to_owned(), is_free, alternatives }
    }

    #[test]
    fn only_a_taken_username_is_spoken_of() {
        assert_eq!(words(&suggestion(true, &[])), "");
        assert_eq!(words(&suggestion(false, &[])), "ann.smith is taken. Untick the box and choose another.");
        assert_eq!(
            words(&suggestion(false, &["ann.smith2", "asmith"])),
            "ann.smith is taken. Untick the box and choose another: ann.smith2 or asmith is free."
        );
    }
}
