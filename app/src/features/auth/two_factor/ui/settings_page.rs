//! One's own second factor: setting it up, or its recovery codes.

use leptos::prelude::*;

use super::recovery_codes::NewRecoveryCodes;
use super::set_up_form::SetUpForm;
use crate::features::auth::step_up::ui::ProofInputs;
use crate::features::auth::two_factor::api::{ReadOwnFactor, RenewRecoveryCodes, TurnOnTwoFactor};
use crate::features::auth::two_factor::model::{OwnFactor, RecoveryCodes};
use crate::paths;
use crate::ui::address::in_query;
use crate::ui::badge::{Badge, Tone};
use crate::ui::call::load;
use crate::ui::form::{Form, Submission};
use crate::ui::page::{Loaded, Page};
use crate::ui::{Button, ButtonVariant, KeyValue, KeyValues, PageHeader};
use crate::values::moment::Moment;

const TITLE: &str = "Two-factor authentication";

/// Shows the set-up, or what is set up; and new recovery codes once, when they have just been made.
#[component]
pub fn TwoFactorSettingsPage() -> impl IntoView {
    let next = paths::own_page_or_home(&in_query("next")).to_owned();
    let turn_on = Submission::<TurnOnTwoFactor>::here();
    // A form that comes back keeps the secret that has been scanned.
    let own_factor = load(ReadOwnFactor { pending: turn_on.typed("form", "pending").unwrap_or_default() });
    view! { <Loaded data=own_factor view=move |own_factor| view! { <Content own_factor turn_on next /> }.into_any() /> }
}

#[component]
fn Content(own_factor: OwnFactor, turn_on: Submission<TurnOnTwoFactor>, next: String) -> impl IntoView {
    let renewal = Submission::<RenewRecoveryCodes>::here();
    let made = turn_on.success().map(|codes| (Made::WithFactor, codes)).or_else(|| renewal.success().map(|codes| (Made::Anew, codes)));
    match (made, own_factor) {
        (Some((made, codes)), _) => view! { <Finished made codes next /> }.into_any(),
        (None, OwnFactor::NotSetUp { is_owed, asks_password, pending }) => view! {
            <Page title=TITLE class="page page--narrow" once=true>
                <SetUpForm submission=turn_on is_owed asks_password pending />
            </Page>
        }
        .into_any(),
        (None, OwnFactor::SetUp { since, unused_recovery_codes }) => view! { <Present renewal since unused_recovery_codes /> }.into_any(),
    }
}

/// What recovery codes were made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    WithFactor,
    Anew,
}

#[component]
fn Finished(made: Made, codes: RecoveryCodes, next: String) -> impl IntoView {
    let done = match made {
        Made::WithFactor => "Two-factor authentication is on",
        Made::Anew => "You have new recovery codes; the former ones no longer work",
    };
    view! {
        <Page title=TITLE class="page page--narrow" once=true>
            <PageHeader title="Your recovery codes" sentence="They get you in when you don't have your authenticator app. Each works once." />
            <NewRecoveryCodes done codes next />
        </Page>
    }
}

#[component]
fn Present(renewal: Submission<RenewRecoveryCodes>, since: Moment, unused_recovery_codes: i64) -> impl IntoView {
    view! {
        <Page title=TITLE class="page page--narrow">
            <PageHeader
                title=TITLE
                sentence="Signing in takes your password and a code of your authenticator app."
                beside=|| view! { <Badge tone=Tone::Green>"On"</Badge> }.into_any()
            />
            <KeyValues>
                <KeyValue term="On since">
                    <time datetime=since.iso()>{since.date_time_utc()}</time>
                </KeyValue>
                <KeyValue term="Recovery codes left">{unused_recovery_codes.to_string()}</KeyValue>
            </KeyValues>
            <section class="section" aria-labelledby="renewal">
                <h2 id="renewal">"New recovery codes"</h2>
                <p class="section__sentence">"Make new ones when few are left, or when somebody may have seen them. The former ones stop working at once."</p>
                <Form submission=renewal prefix="renewal">
                    <ProofInputs />
                    <div class="form__actions">
                        <Button variant=ButtonVariant::Primary>
                            "Make new recovery codes"
                        </Button>
                    </div>
                </Form>
            </section>
        </Page>
    }
}
