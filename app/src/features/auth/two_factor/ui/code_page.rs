//! The code after the password.

use leptos::prelude::*;

use crate::features::auth::sign_in::api::ReadSignInProgress;
use crate::features::auth::sign_in::model::SignInProgress;
use crate::features::auth::sign_in::ui::SignOutForm;
use crate::features::auth::two_factor::api::{UseRecoveryCode, VerifyCode};
use crate::paths;
use crate::ui::address::in_query;
use crate::ui::call::load;
use crate::ui::field::{FieldKind, HiddenField, TextField};
use crate::ui::form::{Form, Submission};
use crate::ui::page::Loaded;
use crate::ui::page_status::PageStatus;
use crate::ui::{Button, ButtonVariant, EntryCard};

/// Asks for a code of the app or, where the address says so, for a recovery code. Whoever is signed in already goes on; whoever
/// has proved no password, or has spent all attempts, goes back.
#[component]
pub fn TwoFactorPage() -> impl IntoView {
    let next = paths::own_page_or_home(&in_query("next")).to_owned();
    let asks_recovery_code = !in_query("recovery").is_empty();
    let progress = load(ReadSignInProgress {});
    let status = PageStatus::here();
    view! {
        <Loaded
            data=progress
            view=move |progress| {
                match progress {
                    SignInProgress::SignedIn => status.go_to(&next),
                    SignInProgress::Nothing | SignInProgress::CodesSpent => status.go_to(&paths::sign_in_then(&next)),
                    SignInProgress::CodeAwaited => {}
                }
                view! { <CodeCard next asks_recovery_code /> }.into_any()
            }
        />
    }
}

#[component]
fn CodeCard(next: String, asks_recovery_code: bool) -> impl IntoView {
    let code = Submission::<VerifyCode>::here();
    let recovery_code = Submission::<UseRecoveryCode>::here();
    let (sentence, form) = if asks_recovery_code || recovery_code.failure().is_some() {
        let form = view! { <RecoveryCodeForm submission=recovery_code next /> }.into_any();
        ("Enter a recovery code in place of the one from your authenticator app.", form)
    } else {
        let form = view! { <AppCodeForm submission=code next /> }.into_any();
        ("Enter the code that your authenticator app shows for Nexus now.", form)
    };
    view! {
        <EntryCard title="Two-factor authentication" sentence>
            {form}
            <SignOutForm class="form">
                <div class="form__actions">
                    <Button variant=ButtonVariant::Quiet>"Sign out"</Button>
                </div>
            </SignOutForm>
        </EntryCard>
    }
}

#[component]
fn AppCodeForm(submission: Submission<VerifyCode>, next: String) -> impl IntoView {
    let recovery = paths::two_factor_recovery_then(&next);
    view! {
        <Form submission prefix="app">
            <HiddenField name="next" value=next />
            <TextField label="Authentication code" name="code" kind=FieldKind::OneTimeCode limit=12 />
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary>
                    "Verify"
                </Button>
            </div>
        </Form>
        <p class="entry-card__links">
            <a href=recovery>"Use a recovery code"</a>
        </p>
    }
}

#[component]
fn RecoveryCodeForm(submission: Submission<UseRecoveryCode>, next: String) -> impl IntoView {
    let app = paths::two_factor_then(&next);
    view! {
        <Form submission prefix="recovery">
            <HiddenField name="next" value=next />
            <TextField
                label="Recovery code"
                name="code"
                kind=FieldKind::RecoveryCode
                limit=40
                hint="One of the ten codes that you kept when you set up two-factor authentication. Each works once."
            />
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary>
                    "Sign in with a recovery code"
                </Button>
            </div>
        </Form>
        <p class="entry-card__links">
            <a href=app>"Use the authenticator app"</a>
        </p>
    }
}
