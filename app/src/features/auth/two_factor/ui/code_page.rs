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
use crate::ui::field::{FieldKind, HiddenField, TextField};
use crate::ui::form::{Form, Submission};
use crate::ui::call::load;
use crate::ui::page::{Loaded, Page};
use crate::ui::page_status::PageStatus;
use crate::ui::{Button, ButtonVariant, Disclosure};

/// Asks for a code of the app, or a recovery code. Whoever is signed in already goes on; whoever has proved no password goes
/// back.
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
                view! { <CodeCard code recovery_code next /> }.into_any()
            }
        />
    }
}

#[component]
fn CodeCard(code: Submission<VerifyCode>, recovery_code: Submission<UseRecoveryCode>, next: String) -> impl IntoView {
    let is_recovering = recovery_code.failure().is_some();
    let recovery_next = next.clone();
    view! {
        <Page title="Two-factor authentication" class="entry">
            <div class="entry__card">
                <div class="entry__head">
                    <h1 class="entry__title">"Two-factor authentication"</h1>
                    <p class="entry__sentence">"Enter the code that your authenticator app shows for Nexus now."</p>
                </div>
                <Form submission=code prefix="app">
                    <HiddenField name="next" value=next />
                    <TextField label="Authentication code" name="code" kind=FieldKind::OneTimeCode limit=12 />
                    <div class="form__actions">
                        <Button variant=ButtonVariant::Primary busy=code.busy()>
                            "Verify"
                        </Button>
                    </div>
                </Form>
                <Disclosure summary="Use a recovery code" open=is_recovering>
                    <Form submission=recovery_code prefix="recovery">
                        <HiddenField name="next" value=recovery_next />
                        <TextField
                            label="Recovery code"
                            name="code"
                            kind=FieldKind::RecoveryCode
                            limit=40
                            hint="One of the ten codes that you kept when you set up two-factor authentication. Each works once."
                        />
                        <div class="form__actions">
                            <Button busy=recovery_code.busy()>"Sign in with a recovery code"</Button>
                        </div>
                    </Form>
                </Disclosure>
                <SignOutForm class="form">
                    <div class="form__actions">
                        <Button variant=ButtonVariant::Quiet>"Sign out"</Button>
                    </div>
                </SignOutForm>
            </div>
        </Page>
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
