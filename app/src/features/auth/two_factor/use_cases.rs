//! The short stories of the second factor.

use super::drawing::pending_factor;
use super::emails;
use super::events::Event;
use super::model::{CodeForm, OwnFactor, RecoveryCodes, TurnOnForm};
use super::refusal::TwoFactorRefusal;
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::codes::refusal::CodeRefusal;
use crate::features::auth::codes::{self, Code, Secret, rules};
use crate::features::auth::sessions::{self, HalfStanding, Session};
use crate::features::auth::step_up::{self, PasswordProof, ProofFields};
use crate::features::auth::{password, people};
use crate::features::permissions::access;
use crate::paths;
use crate::platform::audit::{self, Cause};
use crate::platform::request::Working;
use crate::values::go_to::GoTo;

/// Completes signing in with a code of the app.
pub async fn verify_code(request: Working, form: CodeForm) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    let code = Code::App(rules::read_code(&form.code).map_err(TwoFactorRefusal::Code)?);
    complete_sign_in(&request, &code, &form.next).await
}

/// Completes signing in with a recovery code.
pub async fn use_recovery_code(request: Working, form: CodeForm) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    let code = Code::Recovery(rules::read_recovery_code(&form.code).map_err(TwoFactorRefusal::Code)?);
    complete_sign_in(&request, &code, &form.next).await
}

/// The own factor, or what could become it. Writes nothing.
pub async fn read_own_factor(request: Working, pending: String) -> Result<OwnFactor, Failure<NoRefusal>> {
    let mut reading = request.reading().await?;
    let signed_in = access::signed_in(&mut reading, &request).await?;
    let (state, user, now) = (request.state(), signed_in.user, signed_in.now);

    let factor = if signed_in.has_factor { codes::find_factor(&mut reading, user).await? } else { None };
    Ok(if let Some(factor) = factor {
        OwnFactor::SetUp { since: factor.since, unused_recovery_codes: factor.unused_recovery_codes }
    } else {
        let (secret, sealed) = if let Some(secret) = Secret::open_pending(state, user, &pending, now) {
            (secret, pending)
        } else {
            let secret = Secret::generate(state)?;
            let sealed = secret.seal_pending(state, user, now)?;
            (secret, sealed)
        };
        OwnFactor::NotSetUp {
            is_owed: signed_in.factor_is_owed,
            asks_password: !step_up::has_recent_proof(&signed_in),
            pending: pending_factor(&secret, signed_in.email.as_str(), sealed)?,
        }
    })
}

/// Turns the factor on with a first correct code, and gives the recovery codes.
pub async fn turn_on(request: Working, form: TurnOnForm, proof: PasswordProof) -> Result<RecoveryCodes, Failure<TwoFactorRefusal>> {
    let code = rules::read_code(&form.code).map_err(TwoFactorRefusal::Code)?;

    let mut reading = request.reading().await?;
    let signed_in = access::signed_in(&mut reading, &request).await?;
    drop(reading);
    let user = signed_in.user;
    if !step_up::has_recent_proof(&signed_in) {
        step_up::prove_password(&request, user, &proof.password).await.map_err(in_our_words)?;
    }

    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, &request).await?;
    let (state, now) = (request.state(), signed_in.now);
    let secret = Secret::open_pending(state, user, &form.pending, now).ok_or(TwoFactorRefusal::PendingExpired)?;
    let step = secret.step_of(&code, now)?.ok_or(TwoFactorRefusal::Code(CodeRefusal::WrongCode))?;

    if !codes::insert_factor(&mut tx, user, &secret.seal(state, user)?, step, now).await? {
        return Err(TwoFactorRefusal::AlreadySetUp.into());
    }
    let codes = codes::replace_recovery_codes(&mut tx, state, user, now).await?;
    if !sessions::prove_again(&mut tx, &request, signed_in.session, now).await? {
        return Err(Failure::SignedOut);
    }
    audit::record(&mut tx, state, &signed_in.cause(), &Event::SetUp { user }).await?;
    people::tell(&mut tx, state, user, now, |person| emails::turned_on(person, now)).await?;
    tx.commit().await?;
    Ok(RecoveryCodes { codes })
}

/// Replaces the recovery codes of somebody who proves both factors again.
pub async fn renew_recovery_codes(request: Working, proof: ProofFields) -> Result<RecoveryCodes, Failure<TwoFactorRefusal>> {
    step_up::prove(&request, &proof).await.map_err(in_our_words)?;

    let mut tx = request.begin().await?;
    let signed_in = access::signed_in(&mut tx, &request).await?;
    let (state, user, now) = (request.state(), signed_in.user, signed_in.now);
    if !signed_in.has_factor {
        return Err(TwoFactorRefusal::NotSetUp.into());
    }

    let codes = codes::replace_recovery_codes(&mut tx, state, user, now).await?;
    if !sessions::prove_again(&mut tx, &request, signed_in.session, now).await? {
        return Err(Failure::SignedOut);
    }
    audit::record(&mut tx, state, &signed_in.cause(), &Event::RecoveryCodesRenewed { user }).await?;
    people::tell(&mut tx, state, user, now, |person| emails::recovery_codes_renewed(person, now)).await?;
    tx.commit().await?;
    Ok(RecoveryCodes { codes })
}

/// Makes a half session whole, if the code is right.
async fn complete_sign_in(request: &Working, code: &Code, next: &str) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    let mut reading = request.reading().await?;
    let half = sessions::find(&mut reading, request).await?;
    let user = open_half(half)?.user;
    drop(reading);
    codes::count(request, user).await?;

    let mut tx = request.begin().await?;
    let half = sessions::lock(&mut tx, request).await?;
    let half = open_half(half)?;
    let (state, now) = (request.state(), half.now);
    let cause = Cause::of(request, now).by(user);
    if let Some(refusal) = codes::use_up(&mut tx, request, user, code, now).await? {
        let wrong_codes = sessions::count_wrong_code(&mut tx, &half).await?;
        audit::record(&mut tx, state, &cause, &password::Event::Failed { user: Some(user), because: code.kind() }).await?;
        tx.commit().await?;
        let is_spent = wrong_codes >= sessions::rules::MOST_WRONG_CODES;
        return Err(if is_spent { TwoFactorRefusal::FiveWrongCodes } else { TwoFactorRefusal::Code(refusal) }.into());
    }

    if !sessions::promote(&mut tx, request, &half).await? {
        return Err(Failure::SignedOut);
    }
    let with = match code {
        Code::App(_) => "password and code",
        Code::Recovery(_) => "password and recovery code",
    };
    audit::record(&mut tx, state, &cause, &sessions::Event::SignedIn { user, with }).await?;
    if let Code::Recovery(_) = code {
        let left = codes::count_unused_recovery_codes(&mut tx, user).await?;
        people::tell(&mut tx, state, user, now, |person| emails::recovery_code_used(person, left, now)).await?;
    }
    tx.commit().await?;
    codes::forgive(state, user).await;
    Ok(GoTo::page_afresh(paths::own_page_or_home(next)))
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

fn in_our_words(failure: Failure<step_up::ProofRefusal>) -> Failure<TwoFactorRefusal> {
    failure.map_refusals(TwoFactorRefusal::Proof)
}
