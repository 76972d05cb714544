//! How good a password is, in words, while it is typed.

use std::time::Duration;

use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::features::auth::registration::api::JudgePassword;
use crate::features::auth::registration::model::PasswordJudgement;
use crate::ui::call::ask;
use crate::ui::listening::{Input, listen};

/// The island's name in markup.
pub const NAME: &str = "password-meter";

const PAUSE: Duration = Duration::from_millis(300);

/// What it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Props {
    /// The link's token: what the link knows of the person is easy to guess.
    pub token: String,
    /// Id of the input that is judged.
    pub password: String,
    /// Id of the given name's input.
    pub first_name: String,
    /// Id of the family name's input.
    pub last_name: String,
    /// Id of the username's input.
    pub username: String,
}

/// A bar and words; nothing while the input is empty.
pub fn password_meter(props: Props) -> impl IntoView {
    let judgement = RwSignal::new(None::<PasswordJudgement>);
    if let Some(password) = Input::find(&props.password) {
        let judge = {
            let password = password.clone();
            move || judge(&props, password.value(), judgement)
        };
        // What was typed before the scripts arrived.
        if !password.value().is_empty() {
            judge();
        }
        let mut judge_later = debounce(PAUSE, move |()| judge());
        let input = password.clone();
        listen(&password, "input", move || {
            if input.value().is_empty() {
                judgement.set(None);
            }
            judge_later(());
        });
    }
    view! {
        <p class="password-field__meter" role="status">
            {move || {
                judgement
                    .get()
                    .map(|judgement| {
                        let advice = judgement.advice.map(|advice| format!(". {advice}")).unwrap_or_default();
                        view! {
                            <meter class="password-field__bar" min="0" max="4" low="2" high="3" optimum="4" value=judgement.score.to_string() aria-hidden="true"></meter>
                            <span>{judgement.words}{advice}</span>
                        }
                    })
            }}
        </p>
    }
}

/// Asks the server, and keeps the answer only while the input still holds what it is about.
fn judge(props: &Props, password: String, judgement: RwSignal<Option<PasswordJudgement>>) {
    if password.is_empty() {
        return;
    }
    let typed = |id: &str| Input::find(id).map(|input| input.value()).unwrap_or_default();
    let question = JudgePassword {
        password,
        token: props.token.clone(),
        first_name: typed(&props.first_name),
        last_name: typed(&props.last_name),
        username: typed(&props.username),
    };
    let id = props.password.clone();
    spawn_local(async move {
        let answer = ask(&question).await;
        let is_current = Input::find(&id).is_some_and(|input| input.value() == question.password);
        if let (Ok(answer), true) = (answer, is_current) {
            // Gone where the page was left meanwhile.
            judgement.try_set(Some(answer));
        }
    });
}
