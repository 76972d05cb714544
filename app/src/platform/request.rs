//! One request, as a use case sees it: who asks, from where, and the way to the database.

use std::future::Future;
use std::sync::{Arc, Mutex};

use axum::http::request::Parts;
use ipnetwork::IpNetwork;
use leptos::prelude::use_context;
use tracing::Instrument;
use uuid::Uuid;

use super::db::{Reading, Tx};
use super::incidents::Fault;
use super::state::AppState;
use crate::failure::{Failure, Refusal};
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenDigest, TokenPurpose};

/// Where a request comes from, for the audit row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address, as the trusted proxies tell it.
    pub network: Option<IpNetwork>,
    /// The browser's own name, cut to 300 characters.
    pub user_agent: Option<String>,
}

/// A change to the browser's cookies that the use case decided; the session layer carries it out.
#[derive(Clone, Debug)]
pub enum CookieChange {
    /// A new session begins, or a half one becomes whole: the token replaces the former one.
    SignIn(Token),
    /// The session has ended.
    SignOut,
    /// This browser has signed in: it is recognized later.
    Remember(Token),
}

/// What the session layer puts into every request.
#[derive(Clone)]
pub struct RequestContext {
    /// The program's shared parts.
    pub state: AppState,
    /// The session's token, if the browser sent one.
    pub session: Option<Token>,
    /// The token by which a browser that has signed in before is recognized.
    pub browser: Option<Token>,
    /// Where it comes from.
    pub origin: Origin,
    /// Cookies to be changed with the answer.
    pub cookies: Arc<Mutex<Vec<CookieChange>>>,
}

/// A request before its work begins. It can't write: only [`Request::to_completion`] leads to a transaction.
#[derive(Clone)]
pub struct Request {
    context: RequestContext,
}

/// The request that the server function or page being run belongs to. While the route table is read at start, pages are built
/// without one: nobody waits for their data.
#[expect(clippy::unused_async, reason = "awaited by every server function, so that asking the request may take time one day")]
pub async fn current<R: Refusal>() -> Result<Request, Failure<R>> {
    let context = use_context::<RequestContext>()
        .or_else(|| use_context::<Parts>().and_then(|parts| parts.extensions.get::<RequestContext>().cloned()))
        .ok_or(Failure::Unreachable)?;
    Ok(Request { context })
}

impl Request {
    /// For work that no browser asked for, and tests.
    pub fn from_context(context: RequestContext) -> Self {
        Self { context }
    }

    /// Runs `work` in a task of its own, which ends even if the browser goes away: a connection is never left inside an open
    /// transaction, and half-done work never stays. Its log lines are the request's. Work that fails changes no cookies.
    pub async fn to_completion<T, R, Work>(self, work: impl FnOnce(Working) -> Work) -> Result<T, Failure<R>>
    where
        Work: Future<Output = Result<T, Failure<R>>> + Send + 'static,
        T: Send + 'static,
        R: Refusal,
    {
        let tasks = self.context.state.tasks.clone();
        let cookies = Arc::clone(&self.context.cookies);
        let changed_before = cookies.lock().map(|cookies| cookies.len()).unwrap_or_default();
        let work = work(Working { context: self.context });
        let done = match tasks.spawn(work.in_current_span()).await {
            Ok(done) => done,
            Err(error) => Err(Fault::Task(error).into()),
        };
        // A session is begun and ended before its transaction is committed. Where that fails, the browser would get a token
        // that nobody knows, or lose one that is still good; and so would a page that is rendered in answer to a form. What an
        // earlier part of the same request has changed is committed, and stays.
        if done.is_err()
            && let Ok(mut cookies) = cookies.lock()
        {
            cookies.truncate(changed_before);
        }
        done
    }
}

/// A request whose work runs to completion.
#[derive(Clone)]
pub struct Working {
    context: RequestContext,
}

impl Working {
    /// Begins a transaction: of what this request changes in it, all stays or nothing.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        Tx::begin(&self.context.state.pool).await
    }

    /// A connection for reading, where each statement stands for itself: what must agree is one statement.
    pub async fn reading(&self) -> Result<Reading, sqlx::Error> {
        Reading::open(&self.context.state.pool).await
    }

    /// The program's shared parts.
    pub fn state(&self) -> &AppState {
        &self.context.state
    }

    /// Where the request comes from.
    pub fn origin(&self) -> &Origin {
        &self.context.origin
    }

    /// Digest of the session's token; of the new one, once this request has changed it. So a page that is rendered in answer to
    /// a form belongs to the session that the form began.
    pub fn session(&self) -> Option<TokenDigest> {
        let changed = self.context.cookies.lock().ok().and_then(|cookies| {
            cookies.iter().rev().find_map(|change| match change {
                CookieChange::SignIn(token) => Some(Some(super::sealing::digest(token))),
                CookieChange::SignOut => Some(None),
                CookieChange::Remember(_) => None,
            })
        });
        changed.unwrap_or_else(|| self.context.session.as_ref().map(super::sealing::digest))
    }

    /// Digest of the token by which this browser is recognized.
    pub fn browser(&self) -> Option<TokenDigest> {
        self.context.browser.as_ref().map(super::sealing::digest)
    }

    /// The token itself, to be remembered once more.
    pub fn browser_token(&self) -> Option<&Token> {
        self.context.browser.as_ref()
    }

    /// A fresh secret token.
    pub fn random_token(&self, purpose: TokenPurpose) -> Result<Token, Fault> {
        Ok(Token::from_bytes(purpose, &self.context.state.randomness.bytes::<{ Token::BYTES }>()?))
    }

    /// A fresh identifier.
    pub fn random_id(&self, now: Moment) -> Result<Uuid, Fault> {
        Ok(self.context.state.randomness.uuid(now)?)
    }

    /// Changes the browser's cookies with the answer.
    pub fn change_cookies(&self, change: CookieChange) {
        if let Ok(mut cookies) = self.context.cookies.lock() {
            cookies.push(change);
        }
    }
}
