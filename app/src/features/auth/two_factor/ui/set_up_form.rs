//! Setting the second factor up: app, QR code, first code.

use leptos::prelude::*;

use crate::failure::Failure;
use crate::features::auth::step_up::refusal::asks_for_proof;
use crate::features::auth::step_up::ui::ProofInputs;
use crate::features::auth::two_factor::api::TurnOnTwoFactor;
use crate::features::auth::two_factor::model::{PendingFactor, QrCode};
use crate::features::auth::two_factor::refusal::TwoFactorRefusal;
use crate::ui::badge::Tone;
use crate::ui::field::{FieldKind, HiddenField, TextField};
use crate::ui::form::{Form, Submission};
use crate::ui::{Button, ButtonVariant, Notice, PageHeader, SecretText};

/// Three steps, the last of which is the form.
#[component]
pub fn SetUpForm(
    /// The call that turns it on.
    submission: Submission<TurnOnTwoFactor>,
    /// Whether it is demanded.
    is_owed: bool,
    /// Whether the password must be proved again.
    asks_password: bool,
    /// The secret to scan.
    pending: PendingFactor,
) -> impl IntoView {
    let PendingFactor { sealed, secret, qr_code } = pending;
    // The last proof may have become too old while the page was open.
    let shows_password = asks_password || demands_password(submission.failure());
    view! {
        <PageHeader title="Set up two-factor authentication" sentence="Signing in then takes your password and a code that only your phone knows." />
        {is_owed
            .then(|| {
                view! {
                    <Notice tone=Tone::Amber title="You need this before you can go on">
                        "You hold a sensitive permission, such as managing users. Whoever holds one signs in with two factors, so that a stolen password is not enough."
                    </Notice>
                }
            })}
        <ol class="two-factor__steps">
            <li class="two-factor__step">
                <div class="two-factor__step-body">
                    <h2 class="two-factor__step-title">"Open an authenticator app"</h2>
                    <p>"Any app for one-time codes works, for instance Aegis, Google Authenticator, Microsoft Authenticator or a password manager."</p>
                </div>
            </li>
            <li class="two-factor__step">
                <div class="two-factor__step-body">
                    <h2 class="two-factor__step-title">"Scan the QR code"</h2>
                    <div class="two-factor__qr">
                        <QrDrawing qr_code />
                    </div>
                    <p>"Can't scan it? Type this key into the app instead:"</p>
                    <SecretText id="two-factor-key" label="key" value=secret />
                </div>
            </li>
            <li class="two-factor__step">
                <div class="two-factor__step-body">
                    <h2 class="two-factor__step-title">"Enter the code that the app shows"</h2>
                    <Form submission prefix="set-up">
                        <HiddenField name="pending" value=sealed />
                        {shows_password
                            .then(|| {
                                view! { <ProofInputs hint="You signed in a while ago, so please prove that it is you." with_code=false /> }
                            })}
                        <TextField label="Authentication code" name="code" kind=FieldKind::OneTimeCode limit=12 />
                        <div class="form__actions">
                            <Button variant=ButtonVariant::Primary>
                                "Turn on two-factor authentication"
                            </Button>
                        </div>
                    </Form>
                </div>
            </li>
        </ol>
    }
}

#[component]
fn QrDrawing(qr_code: QrCode) -> impl IntoView {
    let QrCode { side, path } = qr_code;
    view! {
        <svg viewBox=format!("0 0 {side} {side}") role="img" aria-label="QR code for your authenticator app" shape-rendering="crispEdges">
            <path d=path fill="black" />
        </svg>
    }
}

fn demands_password(failure: Option<Failure<TwoFactorRefusal>>) -> bool {
    failure.is_some_and(|failure| asks_for_proof(&failure, TwoFactorRefusal::proof))
}
