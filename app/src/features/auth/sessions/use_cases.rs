//! Beginning, changing and ending sessions, within the caller's transaction.

use super::rules::Stage;
use super::store::{self, Session};
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::platform::request::{CookieChange, Working};
use crate::platform::sealing::digest;
use crate::platform::settings::Settings;
use crate::values::ids::{OrganizationId, SessionId, UserId};
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenPurpose};

/// Browsers keep no cookie longer than this.
const BROWSER_SECONDS: i64 = 400 * 86_400;

/// Begins a session. The one that the request came with ends, so that a token from before is worth nothing afterwards.
pub async fn begin(tx: &mut Tx, request: &Working, user: UserId, stage: Stage, now: Moment) -> Result<(), Fault> {
    if let Some(former) = request.session() {
        store::delete_session(tx, &former).await?;
    }
    let token = request.random_token(TokenPurpose::Session)?;
    let id = SessionId::from_uuid(request.random_id(now)?);
    store::insert_session(tx, id, &digest(&token), user, stage, now, request.origin()).await?;
    request.change_cookies(CookieChange::SignIn(token));
    if stage == Stage::Full {
        remember_browser(tx, request, user, now).await?;
    }
    Ok(())
}

/// The session that the request came with, live or not. Whether a full one is live, the door says
/// (`permissions::access::signed_in`).
pub async fn find(reading: &mut Read, request: &Working) -> Result<Option<Session>, Fault> {
    match request.session() {
        Some(digest) => store::find_session(reading, &digest).await,
        None => Ok(None),
    }
}

/// Like [`find`], and holds the session until the transaction ends.
pub async fn lock(tx: &mut Tx, request: &Working) -> Result<Option<Session>, Fault> {
    match request.session() {
        Some(digest) => store::lock_session(tx, &digest).await,
        None => Ok(None),
    }
}

/// Makes a half session whole, under a new token, and remembers the browser. `false` when it has ended meanwhile.
pub async fn promote(tx: &mut Tx, request: &Working, half: &Session) -> Result<bool, Fault> {
    let is_done = renew(tx, request, half.id, half.now).await?;
    if is_done {
        remember_browser(tx, request, half.user, half.now).await?;
    }
    Ok(is_done)
}

/// Notes that the person of a full session has proved who they are once more, under a new token. `false` when it has ended
/// meanwhile.
pub async fn prove_again(tx: &mut Tx, request: &Working, session: SessionId, now: Moment) -> Result<bool, Fault> {
    renew(tx, request, session, now).await
}

/// Counts a wrong code of a half session and gives their number.
pub async fn count_wrong_code(tx: &mut Tx, half: &Session) -> Result<i32, Fault> {
    Ok(store::update_wrong_codes(tx, half.id).await?)
}

/// Ends the session that the request came with and says whose it was.
pub async fn end(tx: &mut Tx, request: &Working) -> Result<Option<UserId>, Fault> {
    let user = match request.session() {
        Some(digest) => store::delete_session(tx, &digest).await?,
        None => None,
    };
    request.change_cookies(CookieChange::SignOut);
    Ok(user)
}

/// Ends every session of a person.
pub async fn end_all(tx: &mut Tx, user: UserId) -> Result<(), Fault> {
    Ok(store::delete_sessions(tx, user).await?)
}

/// How many whole sessions of a person can still be used.
pub async fn count_live(reading: &mut Read, user: UserId, settings: &Settings, now: Moment) -> Result<i64, Fault> {
    let (used_after, created_after) = oldest_live(settings, now);
    Ok(store::count_sessions(reading, user, used_after, created_after).await?)
}

/// Notes that a session is in use; the door does, hardly ever.
pub async fn mark_used(reading: &mut Read, session: SessionId, now: Moment) -> Result<(), Fault> {
    Ok(store::mark_used(reading, session, now).await?)
}

/// Notes which organization was opened last; the door does, when it is another.
pub async fn mark_opened(reading: &mut Read, session: SessionId, organization: OrganizationId) -> Result<(), Fault> {
    Ok(store::mark_opened(reading, session, organization).await?)
}

/// Removes rows that no request can use any more: a chore, on which nothing depends. Says how many.
pub async fn delete_expired(tx: &mut Tx, settings: &Settings, now: Moment) -> Result<u64, Fault> {
    let (used_after, created_after) = oldest_live(settings, now);
    let sessions = store::delete_unused_sessions(tx, used_after, created_after).await?;
    let browsers = store::delete_unused_browsers(tx, now.minus(BROWSER_SECONDS)).await?;
    Ok(sessions + browsers)
}

/// A session is live if it was used after the first of these and began after the second.
fn oldest_live(settings: &Settings, now: Moment) -> (Moment, Moment) {
    (now.minus(settings.session_idle_seconds()), now.minus(settings.session_max_seconds()))
}

async fn renew(tx: &mut Tx, request: &Working, session: SessionId, now: Moment) -> Result<bool, Fault> {
    let token = request.random_token(TokenPurpose::Session)?;
    let is_done = store::update_proof(tx, session, &digest(&token), now).await?;
    if is_done {
        request.change_cookies(CookieChange::SignIn(token));
    }
    Ok(is_done)
}

async fn remember_browser(tx: &mut Tx, request: &Working, user: UserId, now: Moment) -> Result<(), Fault> {
    let token: Token = match request.browser_token() {
        Some(token) => token.clone(),
        None => request.random_token(TokenPurpose::Browser)?,
    };
    store::save_browser(tx, &digest(&token), user, now).await?;
    request.change_cookies(CookieChange::Remember(token));
    Ok(())
}
