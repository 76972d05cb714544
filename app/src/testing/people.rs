//! Who acts.

use std::ops::Deref;
use std::sync::{Arc, Mutex};

use crate::failure::{Failure, NoRefusal, Refusal};
use crate::platform::request::{CookieChange, Origin, Request, RequestContext, Working};
use crate::platform::state::AppState;
use crate::values::ids::UserId;
use crate::values::token::Token;

/// Everybody's password.
pub const PASSWORD: &str = "violet kettle marches north";

/// A browser, which keeps its cookies.
#[derive(Clone)]
pub struct Browser {
    state: AppState,
    origin: Origin,
    cookies: Arc<Mutex<Cookies>>,
}

#[derive(Clone, Default)]
struct Cookies {
    session: Option<Token>,
    known: Option<Token>,
}

impl Browser {
    pub(super) fn new(state: AppState, session: Option<Token>) -> Self {
        let cookies = Cookies { session, known: None };
        Self { state, origin: Origin::default(), cookies: Arc::new(Mutex::new(cookies)) }
    }

    /// The same browser in another network.
    #[must_use]
    pub fn in_network(mut self, address: &str) -> Self {
        self.origin.network = Some(address.parse().unwrap());
        self
    }

    /// A copy of its cookies in another browser: what somebody has who stole them.
    pub fn copy_of_cookies(&self) -> Self {
        let cookies = self.cookies.lock().unwrap().clone();
        Self { cookies: Arc::new(Mutex::new(cookies)), ..self.clone() }
    }

    /// Sends a request with its cookies, and keeps those of the answer.
    pub async fn does<T, R, Work>(&self, work: impl FnOnce(Working) -> Work) -> Result<T, Failure<R>>
    where
        Work: Future<Output = Result<T, Failure<R>>> + Send + 'static,
        T: Send + 'static,
        R: Refusal,
    {
        let changes = Arc::new(Mutex::new(Vec::new()));
        let done = self.request(Arc::clone(&changes)).to_completion(work).await;
        let mut cookies = self.cookies.lock().unwrap();
        for change in changes.lock().unwrap().drain(..) {
            match change {
                CookieChange::SignIn(token) => cookies.session = Some(token),
                CookieChange::SignOut => cookies.session = None,
                CookieChange::Remember(token) => cookies.known = Some(token),
            }
        }
        done
    }

    /// A request whose transaction the test itself holds: everything in it happens at one instant.
    pub async fn working(&self) -> Working {
        self.does(|working| async move { Ok::<_, Failure<NoRefusal>>(working) }).await.unwrap()
    }

    /// The token of its session.
    pub fn session_token(&self) -> Option<String> {
        self.cookies.lock().unwrap().session.as_ref().map(|token| token.expose().to_owned())
    }

    fn request(&self, changes: Arc<Mutex<Vec<CookieChange>>>) -> Request {
        let Cookies { session, known } = self.cookies.lock().unwrap().clone();
        Request::from_context(RequestContext {
            state: self.state.clone(),
            session,
            browser: known,
            origin: self.origin.clone(),
            cookies: changes,
        })
    }
}

impl Person {
    /// From now on the person's requests come from this network.
    pub fn browse_from(&mut self, address: &str) {
        self.browser = self.browser.clone().in_network(address);
    }
}

/// Somebody with an account, signed in. What a browser does, they do.
#[derive(Clone)]
pub struct Person {
    /// The account.
    pub user: UserId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The proved address.
    pub email: String,
    /// The username.
    pub username: String,
    pub(super) browser: Browser,
}

impl Deref for Person {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}
