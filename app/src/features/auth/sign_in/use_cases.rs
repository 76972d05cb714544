//! The short stories of coming and going.

use super::events::Event;
use super::model::{SignInForm, SignInProgress};
use super::refusal::SignInRefusal;
use super::rules::{self, NextStep};
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::password::{self, OVERLOAD_WAIT_SECONDS, Proof};
use crate::features::auth::sessions::{self, HalfStanding, Stage};
use crate::features::permissions::access::{self, Denied};
use crate::paths;
use crate::platform::audit::{self, Cause};
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::request::Working;
use crate::values::go_to::GoTo;
use crate::values::ids::UserId;
use crate::values::moment::Moment;

/// Signs in; where a second factor is set up, only as far as the code page.
pub async fn sign_in(request: Working, form: SignInForm) -> Result<GoTo, Failure<SignInRefusal>> {
    rules::check_filled_in(&form.identifier, &form.password)?;
    let key = rules::identifier_key(&form.identifier);

    let mut reading = request.reading().await?;
    let account = password::find(&mut reading, &key, request.browser().as_ref()).await?;
    drop(reading);

    let (proof, verdict) = password::prove(&request, account.as_ref(), &key, &form.password).await?;
    let account = match (proof, account) {
        (Proof::Right, Some(account)) => account,
        (Proof::Overloaded, _) => return Err(Failure::TooManyAttempts { wait_seconds: OVERLOAD_WAIT_SECONDS }),
        _ => return Err(SignInRefusal::Wrong.into()),
    };
    let renewed_hash = password::renewed_hash(&request, verdict, &form.password).await?;

    let mut held = password::hold(&request, &account, renewed_hash.as_deref()).await?;
    if held.is_none()
        && let Some(account) = password::compare_again(&request, &account, &form.password).await?
    {
        held = password::hold(&request, &account, None).await?;
    }
    let Some((mut tx, has_factor)) = held else {
        password::record_failure(&request, &password::Event::Failed { user: Some(account.user), because: "password_changed" }).await?;
        return Err(SignInRefusal::Wrong.into());
    };
    let now = clock::now(&mut tx).await?;
    let step = enter(&mut tx, &request, account.user, has_factor, now).await?;
    tx.commit().await?;
    Ok(GoTo::page_afresh(rules::page_of(step, &form.next)))
}

/// Signs out, also somebody whose session has ended already.
pub async fn sign_out(request: Working) -> Result<GoTo, Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let now = clock::now(&mut tx).await?;
    if let Some(user) = sessions::end(&mut tx, &request).await? {
        let cause = Cause::of(&request, now).by(user);
        audit::record(&mut tx, request.state(), &cause, &sessions::Event::SignedOut { user }).await?;
    }
    tx.commit().await?;
    Ok(GoTo::page_afresh(paths::SIGN_IN))
}

/// How far this browser has come.
pub async fn read_progress(request: Working) -> Result<SignInProgress, Failure<NoRefusal>> {
    let mut reading = request.reading().await?;
    let progress = match access::signed_in(&mut reading, &request).await {
        Ok(_) => SignInProgress::SignedIn,
        Err(Denied::SignedOut) => match sessions::find(&mut reading, &request).await?.and_then(|session| session.half_standing()) {
            Some(HalfStanding::Open) => SignInProgress::CodeAwaited,
            Some(HalfStanding::Spent) => SignInProgress::CodesSpent,
            Some(HalfStanding::Expired) | None => SignInProgress::Nothing,
        },
        Err(denied) => return Err(denied.into()),
    };
    Ok(progress)
}

/// Begins the session that a right password earns.
async fn enter(tx: &mut Tx, request: &Working, user: UserId, has_factor: bool, now: Moment) -> Result<NextStep, Failure<SignInRefusal>> {
    let cause = Cause::of(request, now).by(user);
    if has_factor {
        sessions::begin(tx, request, user, Stage::Password, now).await?;
        audit::record(tx, request.state(), &cause, &Event::PasswordAccepted { user }).await?;
        return Ok(NextStep::ProveFactor);
    }
    sessions::begin(tx, request, user, Stage::Full, now).await?;
    audit::record(tx, request.state(), &cause, &sessions::Event::SignedIn { user, with: "password" }).await?;
    let signed_in = access::signed_in(tx, request).await?;
    Ok(if signed_in.factor_is_owed { NextStep::SetUpFactor } else { NextStep::Enter })
}
