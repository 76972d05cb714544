//! The code after the password.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::failure::Failure;
use crate::features::auth::sign_in::api::ReadSignInProgress;
use crate::features::auth::sign_in::model::SignInProgress;
use crate::features::auth::sign_in::ui::SignOutForm;
use crate::features::auth::two_factor::api::{UseRecoveryCode, VerifyCode};
use crate::features::auth::two_factor::refusal::TwoFactorRefusal;
use crate::paths;
use crate::ui::call::load;
use crate::ui::field::{FieldKind, HiddenField, TextField};
use crate::ui::form::{Form, Submission};
use crate::ui::page::Loaded;
use crate::ui::page_status::PageStatus;
use crate::ui::{Button, ButtonVariant, EntryCard};

/// Asks for a code of the app or, where the address says so, for a recovery code. Whoever is signed in already goes on; whoever
/// has proved no password goes back.
#[component]
pub fn TwoFactorPage() -> impl IntoView {
    let query = use_query_map();
    let next = move || query.with_untracked(|query| query.get("next")).unwrap_or_default();
    let progress = load(|| ReadSignInProgress {});
    let code = Submission::<VerifyCode>::new();
    let recovery_code = Submission::<UseRecoveryCode>::new();
    let status = PageStatus::here();

    // Without scripts the page is rendered again after a refusal, and its progress leads back.
    let sign_in_again = status.clone();
    Effect::new(move |_| {
        if is_over(code.failure()) || is_over(recovery_code.failure()) {
            sign_in_again.go_to(&paths::sign_in_then(paths::own_page_or_home(&next())));
        }
    });

    view! {
        <Loaded
            data=progress
            view=move |progress| {
                let next = paths::own_page_or_home(&next()).to_owned();
                match progress {
                    SignInProgress::SignedIn => status.go_to(&next),
                    SignInProgress::Nothing | SignInProgress::CodesSpent => status.go_to(&paths::sign_in_then(&next)),
                    SignInProgress::CodeAwaited => {}
                }
                let asks_recovery_code = query.with_untracked(|query| query.get("recovery").is_some());
                view! { <CodeCard code recovery_code next asks_recovery_code /> }.into_any()
            }
        />
    }
}

#[component]
fn CodeCard(
    code: Submission<VerifyCode>,
    recovery_code: Submission<UseRecoveryCode>,
    next: String,
    asks_recovery_code: bool,
) -> impl IntoView {
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
                <Button variant=ButtonVariant::Primary busy=submission.busy()>
                    "Verify"
                </Button>
            </div>
        </Form>
        <p class="entry-card__links">
            <a href=recovery rel="external">"Use a recovery code"</a>
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
                <Button variant=ButtonVariant::Primary busy=submission.busy()>
                    "Sign in with a recovery code"
                </Button>
            </div>
        </Form>
        <p class="entry-card__links">
            <a href=app rel="external">"Use the authenticator app"</a>
        </p>
    }
}

/// Whether the password must be proved again.
fn is_over(failure: Option<Failure<TwoFactorRefusal>>) -> bool {
    match failure {
        Some(Failure::SignedOut) => true,
        Some(Failure::Refused(refusals)) => refusals.contains(&TwoFactorRefusal::FiveWrongCodes),
        _ => false,
    }
}
