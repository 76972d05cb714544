//! Trying a code.

use super::refusal::CodeRefusal;
use super::secrets::{self, Secret};
use super::{rules, store};
use crate::failure::{Failure, Refusal};
use crate::features::auth::{password, people};
use crate::features::permissions::access;
use crate::platform::audit::{self, Cause};
use crate::platform::clock;
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::{self, Fault};
use crate::platform::request::Working;
use crate::platform::state::AppState;
use crate::platform::throttle::{self, Attempt, Limit};
use crate::values::ids::UserId;
use crate::values::moment::Moment;

/// Wrong authentication or recovery codes of one account, whatever the session.
const BY_ACCOUNT: Limit = Limit { scope: "code.account", attempts: 10, window_seconds: 900, lock_seconds: 300 };

/// A code that could be right.
pub enum Code {
    /// Of an authenticator app.
    App(String),
    /// For recovery.
    Recovery(String),
}

impl Code {
    /// Stands in the activity log.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::App(_) => "code",
            Self::Recovery(_) => "recovery_code",
        }
    }
}

/// The secret of a factor, for whoever has no camera to read it with.
pub struct ShownSecret {
    /// In base 32.
    pub secret: String,
    /// The same with the account's name, as a QR code holds it.
    pub url: String,
}

/// Sets a factor up for an example person; nobody types a first code. Only the example organization does this.
pub async fn set_up_unseen(tx: &mut Tx, state: &AppState, user: UserId, at: Moment) -> Result<(), Fault> {
    let sealed_secret = Secret::generate(state)?.seal(state, user)?;
    if !store::insert_factor(tx, user, &sealed_secret, 0, at).await? {
        return Err(Fault::inconsistent("two_factors", "a new account has a factor already"));
    }
    Ok(())
}

/// The secret of an example person's factor, if it is set up. Only the example organization does this.
pub async fn reveal(reading: &mut Read, state: &AppState, user: UserId) -> Result<Option<ShownSecret>, Fault> {
    let Some(sealed) = store::find_sealed_secret(reading, user).await? else {
        return Ok(None);
    };
    let owner = people::get(reading, user).await?;
    let (secret, url) = Secret::open(state, user, &sealed)?.shown(owner.email.as_str())?;
    Ok(Some(ShownSecret { secret, url }))
}

/// Tries a code of the app by somebody who is signed in, in a transaction of its own. A failure leaves its row of activity.
pub async fn prove<R: Refusal + From<CodeRefusal>>(request: &Working, user: UserId, code: String) -> Result<(), Failure<R>> {
    let code = Code::App(code);
    count(request, user).await?;

    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, request).await?;
    let refusal = use_up(&mut tx, request, user, &code, signed_in.now).await?;
    if refusal.is_some() {
        let event = password::Event::Failed { user: Some(user), because: code.kind() };
        audit::record(&mut tx, request.state(), &signed_in.cause(), &event).await?;
    }
    tx.commit().await?;
    if let Some(refusal) = refusal {
        return Err(R::from(refusal).into());
    }
    forgive(request.state(), user).await;
    Ok(())
}

/// Uses the code up, or says what is wrong with it.
pub async fn use_up(tx: &mut Tx, request: &Working, user: UserId, code: &Code, now: Moment) -> Result<Option<CodeRefusal>, Fault> {
    let state = request.state();
    match code {
        Code::App(code) => {
            let Some(sealed) = store::find_sealed_secret(tx, user).await? else {
                return Ok(Some(CodeRefusal::WrongCode));
            };
            let Some(step) = Secret::open(state, user, &sealed)?.step_of(code, now)? else {
                return Ok(Some(CodeRefusal::WrongCode));
            };
            let is_first = store::mark_step_used(tx, user, step).await?;
            Ok((!is_first).then_some(CodeRefusal::UsedCode))
        }
        Code::Recovery(code) => {
            let digest = state.keys.recovery_code_digest(user.as_uuid(), code)?;
            let is_left = store::mark_recovery_code_used(tx, user, &digest, now).await?;
            Ok((!is_left).then_some(CodeRefusal::WrongRecoveryCode))
        }
    }
}

/// Counts one attempt at a code, whatever its kind, before it is looked at.
pub async fn count<R: Refusal>(request: &Working, user: UserId) -> Result<(), Failure<R>> {
    let Attempt::Locked { wait_seconds } = throttle::count(request.state(), BY_ACCOUNT, user.as_uuid().as_bytes()).await? else {
        return Ok(());
    };
    let mut tx = request.begin().await?;
    let cause = Cause::of(request, clock::now(&mut tx).await?).by(user);
    let event = password::Event::Locked { user: Some(user), scope: BY_ACCOUNT.scope };
    audit::record(&mut tx, request.state(), &cause, &event).await?;
    tx.commit().await?;
    Err(Failure::TooManyAttempts { wait_seconds })
}

/// Forgets the wrong codes after a right one. What the right one did is committed, so a fault is only reported: as a failure it
/// would keep the new session's token from the browser.
pub async fn forgive(state: &AppState, user: UserId) {
    if let Err(fault) = throttle::forgive(state, BY_ACCOUNT, user.as_uuid().as_bytes()).await {
        incidents::report(&fault);
    }
}

/// Makes new recovery codes, in groups as people read them; the former ones no longer work.
pub async fn replace_recovery_codes(tx: &mut Tx, state: &AppState, user: UserId, now: Moment) -> Result<Vec<String>, Fault> {
    let codes = secrets::recovery_codes(state)?;
    let digests = codes.iter().map(|code| state.keys.recovery_code_digest(user.as_uuid(), code)).collect::<Result<Vec<_>, _>>()?;
    store::delete_recovery_codes(tx, user).await?;
    store::insert_recovery_codes(tx, user, &digests, now).await?;
    Ok(codes.iter().map(|code| rules::grouped(code, "-")).collect())
}
