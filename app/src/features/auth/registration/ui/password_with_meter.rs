//! Choosing a password, with a meter that speaks in words.

use std::time::Duration;

use leptos::prelude::*;

use crate::features::auth::registration::api::JudgePassword;
use crate::ui::field::PasswordField;
use crate::ui::form::Submission;

const PAUSE: Duration = Duration::from_millis(300);

/// A new password; the meter appears once something is typed and scripts run.
#[component]
pub fn PasswordWithMeter(
    /// Fewest characters.
    minimum: usize,
    /// The link's token: what the link knows of the person is easy to guess.
    token: StoredValue<String>,
    /// Given name, as typed so far.
    first_name: RwSignal<String>,
    /// Family name, as typed so far.
    last_name: RwSignal<String>,
    /// The username that stands in the form now.
    username: RwSignal<String>,
) -> impl IntoView {
    let judgement = Submission::<JudgePassword>::new();
    let is_empty = RwSignal::new(true);
    let judge = leptos::leptos_dom::helpers::debounce(PAUSE, move |password: String| {
        if !password.is_empty() {
            judgement.send(&JudgePassword {
                password,
                token: token.get_value(),
                first_name: first_name.get_untracked(),
                last_name: last_name.get_untracked(),
                username: username.get_untracked(),
            });
        }
    });
    let judge = StoredValue::new(judge);
    let on_input = Callback::new(move |password: String| {
        is_empty.set(password.is_empty());
        judge.update_value(|judge| judge(password));
    });
    view! {
        <PasswordField
            label="Password"
            name="password"
            new=true
            hint=format!("At least {minimum} characters. Several unrelated words are easy to remember and hard to guess.")
            on_input
        >
            <p class="password-field__meter" role="status">
                {move || {
                    judgement
                        .success()
                        .filter(|_| !is_empty.get())
                        .map(|judgement| {
                            let advice = judgement.advice.map(|advice| format!(". {advice}")).unwrap_or_default();
                            view! {
                                <meter class="password-field__bar" min="0" max="4" low="2" high="3" optimum="4" value=judgement.score.to_string() aria-hidden="true"></meter>
                                <span>{judgement.words}{advice}</span>
                            }
                        })
                }}
            </p>
        </PasswordField>
    }
}
