//! The short stories of the second factor.

use super::model::{CodeForm, OwnFactor, RecoveryCodes, RenewForm, TurnOnForm};
use super::refusal::TwoFactorRefusal;
use super::secrets::{self, Secret};
use super::{emails, rules, store};
use crate::failure::{Failure, NoRefusal};
use crate::features::audit::event::Event;
use crate::features::audit::{self, Cause};
use crate::features::auth::sessions::{self, HalfStanding, Session};
use crate::features::auth::sign_in::{OVERLOAD_WAIT_SECONDS, Proof, prove_own_password};
use crate::features::permissions::access;
use crate::paths;
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::incidents::{self, Fault};
use crate::platform::outbox::{self, Mail};
use crate::platform::request::Working;
use crate::platform::state::AppState;
use crate::platform::throttle::{self, Attempt};
use crate::values::email_address::EmailAddress;
use crate::values::go_to::GoTo;
use crate::values::ids::UserId;
use crate::values::moment::Moment;

/// A code that could be right.
enum Code {
    App(String),
    Recovery(String),
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
        return Err(Fault::Inconsistent { table: "two_factors", reason: "a new account has a factor already".to_owned() });
    }
    Ok(())
}

/// The secret of an example person's factor, if it is set up. Only the example organization does this.
pub async fn reveal(tx: &mut Tx, state: &AppState, user: UserId) -> Result<Option<ShownSecret>, Fault> {
    let Some(sealed) = store::find_sealed_secret(tx, user).await? else {
        return Ok(None);
    };
    let owner = store::get_owner(tx, user).await?;
    let (secret, url) = Secret::open(state, user, &sealed)?.shown(&owner.email)?;
    Ok(Some(ShownSecret { secret, url }))
}

/// Completes signing in with a code of the app.
pub async fn verify_code(request: Working, form: CodeForm) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    let code = Code::App(rules::read_code(&form.code)?);
    complete_sign_in(&request, &code, &form.next).await
}

/// Completes signing in with a recovery code.
pub async fn use_recovery_code(request: Working, form: CodeForm) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    let code = Code::Recovery(rules::read_recovery_code(&form.code)?);
    complete_sign_in(&request, &code, &form.next).await
}

/// The own factor, or what could become it. Writes nothing.
pub async fn read_own_factor(request: Working, pending: String) -> Result<OwnFactor, Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, &request).await?;
    let (state, user, now) = (request.state(), signed_in.user, signed_in.now);

    let own_factor = if let Some(since) = store::find_confirmation(&mut tx, user).await? {
        OwnFactor::SetUp { since, unused_recovery_codes: store::count_unused_recovery_codes(&mut tx, user).await? }
    } else {
        let (secret, sealed) = match Secret::open_pending(state, user, &pending, now) {
            Some(secret) => (secret, Some(pending)),
            None => (Secret::generate(state)?, None),
        };
        let owner = store::get_owner(&mut tx, user).await?;
        OwnFactor::NotSetUp {
            is_owed: signed_in.factor_is_owed,
            asks_password: !has_recent_proof(&mut tx, &request).await?,
            pending: secret.pending(state, user, &owner.email, sealed, now)?,
        }
    };
    tx.commit().await?;
    Ok(own_factor)
}

/// Turns the factor on with a first correct code, and gives the recovery codes.
pub async fn turn_on(request: Working, form: TurnOnForm) -> Result<RecoveryCodes, Failure<TwoFactorRefusal>> {
    let code = rules::read_code(&form.code)?;

    let mut tx = request.begin().await?;
    let user = access::signed_in(&mut tx, &request).await?.user;
    let is_proved = has_recent_proof(&mut tx, &request).await?;
    tx.commit().await?;
    if !is_proved {
        prove_password(&request, user, &form.password).await?;
    }

    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, &request).await?;
    let (state, now) = (request.state(), signed_in.now);
    let secret = Secret::open_pending(state, user, &form.pending, now).ok_or(TwoFactorRefusal::PendingExpired)?;
    let step = secret.step_of(&code, now)?.ok_or(TwoFactorRefusal::WrongCode)?;

    if !store::insert_factor(&mut tx, user, &secret.seal(state, user)?, step, now).await? {
        return Err(TwoFactorRefusal::AlreadySetUp.into());
    }
    let codes = replace_recovery_codes(&mut tx, &request, user, now).await?;
    if !sessions::prove_again(&mut tx, &request, signed_in.session, now).await? {
        return Err(Failure::SignedOut);
    }
    audit::record(&mut tx, state, &signed_in.cause(), &Event::TwoFactorSetUp { user }).await?;
    tell(&mut tx, &request, user, now, |recipient, first_name| emails::turned_on(recipient, first_name, now)).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Replaces the recovery codes of somebody who proves both factors again.
pub async fn renew_recovery_codes(request: Working, form: RenewForm) -> Result<RecoveryCodes, Failure<TwoFactorRefusal>> {
    let code = Code::App(rules::read_code(&form.code)?);

    let mut tx = request.begin().await?;
    let user = access::signed_in(&mut tx, &request).await?.user;
    tx.commit().await?;
    prove_password(&request, user, &form.password).await?;
    count_code(&request, user).await?;

    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, &request).await?;
    let (state, now) = (request.state(), signed_in.now);
    if store::find_confirmation(&mut tx, user).await?.is_none() {
        return Err(TwoFactorRefusal::NotSetUp.into());
    }
    if let Some(refusal) = refuse(&mut tx, &request, user, &code, now).await? {
        audit::record(&mut tx, state, &signed_in.cause(), &Event::SignInFailed { user: Some(user), because: "code" }).await?;
        tx.commit().await?;
        return Err(refusal.into());
    }

    let codes = replace_recovery_codes(&mut tx, &request, user, now).await?;
    if !sessions::prove_again(&mut tx, &request, signed_in.session, now).await? {
        return Err(Failure::SignedOut);
    }
    audit::record(&mut tx, state, &signed_in.cause(), &Event::RecoveryCodesRenewed { user }).await?;
    tell(&mut tx, &request, user, now, |recipient, first_name| emails::recovery_codes_renewed(recipient, first_name, now)).await?;
    tx.commit().await?;
    forgive_codes(state, user).await;
    Ok(codes)
}

/// Proves password and, where a factor is set up, code once more for a step that asks for it (spec §5). Says whether anything was
/// proved: after a recent proof nothing is asked. Whoever goes on calls [`keep_proof`] in the end.
pub async fn prove_for_step(request: &Working, password: &str, code: &str) -> Result<bool, Failure<TwoFactorRefusal>> {
    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, request).await?;
    let (user, has_factor) = (signed_in.user, signed_in.has_factor);
    let is_proved = has_recent_proof(&mut tx, request).await?;
    tx.commit().await?;
    if is_proved {
        return Ok(false);
    }

    let mut refusals = Vec::new();
    if password.is_empty() {
        refusals.push(TwoFactorRefusal::NoPassword);
    }
    let code = if has_factor { Some(rules::read_code(code)) } else { None };
    let code = code.transpose().unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    });
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    prove_password(request, user, password).await?;
    let Some(code) = code.map(Code::App) else {
        return Ok(true);
    };
    count_code(request, user).await?;

    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, request).await?;
    let refusal = refuse(&mut tx, request, user, &code, signed_in.now).await?;
    if refusal.is_some() {
        let event = Event::SignInFailed { user: Some(user), because: code.kind() };
        audit::record(&mut tx, request.state(), &signed_in.cause(), &event).await?;
    }
    tx.commit().await?;
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    forgive_codes(request.state(), user).await;
    Ok(true)
}

/// Notes a proof of [`prove_for_step`] in the session, under a new token. Comes last: the request's own cookie is worth nothing
/// afterwards.
pub async fn keep_proof(request: &Working) -> Result<(), Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, request).await?;
    if !sessions::prove_again(&mut tx, request, signed_in.session, signed_in.now).await? {
        return Err(Failure::SignedOut);
    }
    tx.commit().await?;
    Ok(())
}

/// Makes a half session whole, if the code is right.
async fn complete_sign_in(request: &Working, code: &Code, next: &str) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    let mut tx = request.begin().await?;
    let half = sessions::find(&mut tx, request).await?;
    let user = open_half(half)?.user;
    tx.commit().await?;
    count_code(request, user).await?;

    let mut tx = request.begin().await?;
    let half = sessions::lock(&mut tx, request).await?;
    let half = open_half(half)?;
    let (state, now) = (request.state(), half.now);
    let cause = Cause { organization: None, actor: Some(user), at: now, origin: request.origin().clone() };
    if let Some(refusal) = refuse(&mut tx, request, user, code, now).await? {
        let wrong_codes = sessions::count_wrong_code(&mut tx, &half).await?;
        audit::record(&mut tx, state, &cause, &Event::SignInFailed { user: Some(user), because: code.kind() }).await?;
        tx.commit().await?;
        let is_spent = wrong_codes >= sessions::rules::MOST_WRONG_CODES;
        return Err(if is_spent { TwoFactorRefusal::FiveWrongCodes } else { refusal }.into());
    }

    if !sessions::promote(&mut tx, request, &half).await? {
        return Err(Failure::SignedOut);
    }
    let with = match code {
        Code::App(_) => "password and code",
        Code::Recovery(_) => "password and recovery code",
    };
    audit::record(&mut tx, state, &cause, &Event::SignedIn { user, with }).await?;
    if let Code::Recovery(_) = code {
        let left = store::count_unused_recovery_codes(&mut tx, user).await?;
        tell(&mut tx, request, user, now, |recipient, first_name| emails::recovery_code_used(recipient, first_name, left, now)).await?;
    }
    tx.commit().await?;
    forgive_codes(state, user).await;
    Ok(GoTo::page_afresh(paths::own_page_or_home(next)))
}

impl Code {
    /// Stands in the activity log.
    const fn kind(&self) -> &'static str {
        match self {
            Self::App(_) => "code",
            Self::Recovery(_) => "recovery_code",
        }
    }
}

/// Uses the code up, or says what is wrong with it.
async fn refuse(tx: &mut Tx, request: &Working, user: UserId, code: &Code, now: Moment) -> Result<Option<TwoFactorRefusal>, Fault> {
    let state = request.state();
    match code {
        Code::App(code) => {
            let Some(sealed) = store::find_sealed_secret(tx, user).await? else {
                return Ok(Some(TwoFactorRefusal::WrongCode));
            };
            let Some(step) = Secret::open(state, user, &sealed)?.step_of(code, now)? else {
                return Ok(Some(TwoFactorRefusal::WrongCode));
            };
            let is_first = store::mark_step_used(tx, user, step).await?;
            Ok((!is_first).then_some(TwoFactorRefusal::UsedCode))
        }
        Code::Recovery(code) => {
            let digest = state.keys.recovery_code_digest(user.as_uuid(), code)?;
            let is_left = store::mark_recovery_code_used(tx, user, &digest, now).await?;
            Ok((!is_left).then_some(TwoFactorRefusal::WrongRecoveryCode))
        }
    }
}

/// The half session, if a code may still be tried.
fn open_half(session: Option<Session>) -> Result<Session, Failure<TwoFactorRefusal>> {
    let session = session.ok_or(Failure::SignedOut)?;
    match session.half_standing() {
        Some(HalfStanding::Open) => Ok(session),
        Some(HalfStanding::Spent) => Err(TwoFactorRefusal::FiveWrongCodes.into()),
        Some(HalfStanding::Expired) | None => Err(Failure::SignedOut),
    }
}

/// Counts one attempt at a code, whatever its kind, before it is looked at.
async fn count_code(request: &Working, user: UserId) -> Result<(), Failure<TwoFactorRefusal>> {
    let limit = throttle::CODE_BY_ACCOUNT;
    let Attempt::Locked { wait_seconds } = throttle::count(request.state(), limit, user.as_uuid().as_bytes()).await? else {
        return Ok(());
    };
    let mut tx = request.begin().await?;
    let cause = Cause { organization: None, actor: Some(user), at: clock::now(&mut tx).await?, origin: request.origin().clone() };
    audit::record(&mut tx, request.state(), &cause, &Event::SignInLocked { user: Some(user), scope: limit.scope }).await?;
    tx.commit().await?;
    Err(Failure::TooManyAttempts { wait_seconds })
}

/// Forgets the wrong codes after a right one. What the right one did is committed, so a fault is only reported: as a failure it
/// would keep the new session's token from the browser.
async fn forgive_codes(state: &AppState, user: UserId) {
    if let Err(fault) = throttle::forgive(state, throttle::CODE_BY_ACCOUNT, user.as_uuid().as_bytes()).await {
        incidents::report(&fault);
    }
}

async fn prove_password(request: &Working, user: UserId, password: &str) -> Result<(), Failure<TwoFactorRefusal>> {
    if password.is_empty() {
        return Err(TwoFactorRefusal::NoPassword.into());
    }
    match prove_own_password(request, user, password).await? {
        Proof::Right => Ok(()),
        Proof::Wrong => Err(TwoFactorRefusal::WrongPassword.into()),
        Proof::Overloaded => Err(Failure::TooManyAttempts { wait_seconds: OVERLOAD_WAIT_SECONDS }),
    }
}

/// Whether the session's last proof is recent enough to change what protects the account.
async fn has_recent_proof(tx: &mut Tx, request: &Working) -> Result<bool, Fault> {
    let session = sessions::find(tx, request).await?;
    Ok(session.is_some_and(|session| sessions::rules::is_recent_proof(session.proved_at, session.now)))
}

async fn replace_recovery_codes(tx: &mut Tx, request: &Working, user: UserId, now: Moment) -> Result<RecoveryCodes, Fault> {
    let state = request.state();
    let codes = secrets::recovery_codes(state)?;
    let digests = codes.iter().map(|code| state.keys.recovery_code_digest(user.as_uuid(), code)).collect::<Result<Vec<_>, _>>()?;
    store::delete_recovery_codes(tx, user).await?;
    store::insert_recovery_codes(tx, user, &digests, now).await?;
    Ok(RecoveryCodes { codes: codes.iter().map(|code| rules::grouped(code, "-")).collect() })
}

/// Tells the person by mail what happened.
async fn tell(
    tx: &mut Tx,
    request: &Working,
    user: UserId,
    now: Moment,
    mail: impl FnOnce(EmailAddress, &str) -> Mail,
) -> Result<(), Fault> {
    let owner = store::get_owner(tx, user).await?;
    let recipient = EmailAddress::parse(&owner.email).map_err(|error| Fault::Inconsistent { table: "users", reason: error.to_string() })?;
    outbox::enqueue(tx, request.state(), now, mail(recipient, &owner.first_name)).await?;
    Ok(())
}
