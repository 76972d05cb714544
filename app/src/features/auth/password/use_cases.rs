//! Trying a password.

use super::emails;
use super::events::Event;
use super::rules;
use super::store::{self, Account};
use crate::failure::{Failure, Refusal};
use crate::features::auth::people;
use crate::platform::audit::{self, Cause};
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::incidents::{self, Fault};
use crate::platform::passwords::{Overloaded, Verdict};
use crate::platform::request::Working;
use crate::platform::sealing::digest_text;
use crate::platform::state::AppState;
use crate::platform::throttle::{self, Attempt, Limit};
use crate::values::ids::UserId;

/// How long somebody is asked to wait while too many passwords are being compared.
pub const OVERLOAD_WAIT_SECONDS: u32 = 2;

/// Wrong passwords of one account, by browsers that have not signed in to it before (S-33).
const BY_ACCOUNT: Limit = Limit { scope: "password.account", attempts: 5, window_seconds: 900, lock_seconds: 300 };
/// Wrong passwords of one account by one browser that has signed in to it before.
const BY_BROWSER: Limit = Limit { scope: "password.browser", attempts: 5, window_seconds: 900, lock_seconds: 300 };
/// Wrong passwords from one network (/24 or /64), whatever the account.
const BY_NETWORK: Limit = Limit { scope: "password.network", attempts: 100, window_seconds: 900, lock_seconds: 300 };

/// What trying a password came to. All but `Overloaded` left its row of activity where it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It is right.
    Right,
    /// It is wrong, or sign-in is locked: nobody is told which.
    Wrong,
    /// It was not looked at, because too many are waiting.
    Overloaded,
}

/// Compares the password of somebody who is signed in, for a step that asks for it again. Counts as signing in does.
pub async fn prove_own(request: &Working, user: UserId, password: &str) -> Result<Proof, Fault> {
    let mut reading = request.reading().await?;
    let account = store::get_account(&mut reading, user, request.browser().as_ref()).await?;
    drop(reading);

    let (proof, _) = prove(request, Some(&account), "", password).await?;
    Ok(proof)
}

/// Counts one attempt, then compares the password. No connection is held meanwhile. Without an account, and while locked, the
/// same work is done, so that the time tells nothing.
pub async fn prove(request: &Working, account: Option<&Account>, key: &str, password: &str) -> Result<(Proof, Verdict), Fault> {
    let state = request.state();
    let user = account.map(|account| account.user);
    let counters = Counters::of(request, account, key);
    let counted = counters.count(state).await?;

    let stored = account.filter(|_| counted.is_open() && rules::is_comparable(password)).map(|account| account.password_hash.clone());
    let password = if rules::is_comparable(password) { password } else { "" };
    let Ok(verdict) = state.passwords.verify(password, stored).await? else {
        if counted.is_open() {
            counters.take_back(state).await?;
        }
        return Ok((Proof::Overloaded, Verdict::Wrong));
    };

    match (counted, verdict) {
        (Counted::Locked { scope }, _) => {
            record_failure(request, &Event::Locked { user, scope }).await?;
            Ok((Proof::Wrong, Verdict::Wrong))
        }
        (Counted::Open { number }, Verdict::Wrong) => {
            let because = if user.is_some() { "password" } else { "name" };
            record_failure(request, &Event::Failed { user, because }).await?;
            if let Some(user) = user.filter(|_| number == counters.person.attempts) {
                tell_owner(request.clone(), user);
            }
            Ok((Proof::Wrong, Verdict::Wrong))
        }
        (Counted::Open { .. }, verdict) => {
            counters.forgive(state).await?;
            Ok((Proof::Right, verdict))
        }
    }
}

/// Begins the transaction that signs in: it holds the account, renews its hash where there is a newer one, and knows whether a
/// second factor is set up. `None` when the stored hash is no longer the compared one.
pub async fn hold(request: &Working, account: &Account, renewed_hash: Option<&str>) -> Result<Option<(Tx, bool)>, Fault> {
    let mut tx = request.begin().await?;
    let Some(has_factor) = store::lock_account(&mut tx, account).await? else {
        tx.commit().await?;
        return Ok(None);
    };
    if let Some(hash) = renewed_hash {
        people::update_password_hash(&mut tx, account.user, hash).await?;
    }
    Ok(Some((tx, has_factor)))
}

/// Compares the password with the hash that has replaced the compared one: somebody who signed in at the same time may have
/// renewed it. The attempt has been counted already. `None` when the password itself was changed.
pub async fn compare_again<R: Refusal>(request: &Working, compared: &Account, password: &str) -> Result<Option<Account>, Failure<R>> {
    let mut reading = request.reading().await?;
    let account = store::get_account(&mut reading, compared.user, request.browser().as_ref()).await?;
    drop(reading);
    if account.password_hash == compared.password_hash {
        return Ok(None);
    }
    match request.state().passwords.verify(password, Some(account.password_hash.clone())).await? {
        Ok(Verdict::Right | Verdict::RightButOutdated) => Ok(Some(account)),
        Ok(Verdict::Wrong) => Ok(None),
        Err(Overloaded) => Err(Failure::TooManyAttempts { wait_seconds: OVERLOAD_WAIT_SECONDS }),
    }
}

/// The password under the present parameters, if those of its hash are older. Not worth a refusal when too many are waiting.
pub async fn renewed_hash(request: &Working, verdict: Verdict, password: &str) -> Result<Option<String>, Fault> {
    if verdict != Verdict::RightButOutdated {
        return Ok(None);
    }
    let state = request.state();
    Ok(state.passwords.hash(password, &state.randomness).await?.ok())
}

/// Records a failure, in a transaction that is committed although the sign-in is refused.
pub async fn record_failure(request: &Working, event: &Event) -> Result<(), Fault> {
    let mut tx = request.begin().await?;
    let cause = Cause::of(request, clock::now(&mut tx).await?);
    audit::record(&mut tx, request.state(), &cause, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Tells the owner of an account that it was locked. The answer does not wait for it: the time would tell that there is an
/// owner.
fn tell_owner(request: Working, user: UserId) {
    let tasks = request.state().tasks.clone();
    tasks.spawn(async move {
        if let Err(fault) = queue_lock_mail(&request, user).await {
            incidents::report(&fault);
        }
    });
}

async fn queue_lock_mail(request: &Working, user: UserId) -> Result<(), Fault> {
    let mut tx = request.begin().await?;
    let now = clock::now(&mut tx).await?;
    people::tell(&mut tx, request.state(), user, now, |owner| emails::locked(owner, now, request.origin())).await?;
    tx.commit().await?;
    Ok(())
}

/// The counters that one attempt counts against.
struct Counters {
    person: Limit,
    person_key: Vec<u8>,
    /// None where the browser is known: a stranger of the same network can't lock the owner out.
    network_key: Option<Vec<u8>>,
}

/// Whether the counters let an attempt go on.
#[derive(Clone, Copy)]
enum Counted {
    Open { number: i32 },
    Locked { scope: &'static str },
}

impl Counted {
    const fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

impl Counters {
    fn of(request: &Working, account: Option<&Account>, key: &str) -> Self {
        let network_key = request.origin().network.map(|network| throttle::network_key(network.ip()));
        match (account, request.browser()) {
            (Some(account), Some(browser)) if account.knows_browser => Self {
                person: BY_BROWSER,
                person_key: [account.user.as_uuid().as_bytes().as_slice(), browser.as_bytes()].concat(),
                network_key: None,
            },
            (Some(account), _) => Self { person: BY_ACCOUNT, person_key: account.user.as_uuid().as_bytes().to_vec(), network_key },
            (None, _) => Self { person: BY_ACCOUNT, person_key: digest_text(key), network_key },
        }
    }

    /// Counts the attempt. Where the network is locked, the person's counter is spared.
    async fn count(&self, state: &AppState) -> Result<Counted, Fault> {
        if let Some(key) = &self.network_key
            && let Attempt::Locked { .. } = throttle::count(state, BY_NETWORK, key).await?
        {
            return Ok(Counted::Locked { scope: BY_NETWORK.scope });
        }
        Ok(match throttle::count(state, self.person, &self.person_key).await? {
            Attempt::Allowed { number } => Counted::Open { number },
            Attempt::Locked { .. } => Counted::Locked { scope: self.person.scope },
        })
    }

    /// The password was not looked at.
    async fn take_back(&self, state: &AppState) -> Result<(), Fault> {
        throttle::take_back(state, self.person, &self.person_key).await?;
        self.take_back_network(state).await
    }

    /// The password was right.
    async fn forgive(&self, state: &AppState) -> Result<(), Fault> {
        throttle::forgive(state, self.person, &self.person_key).await?;
        self.take_back_network(state).await
    }

    async fn take_back_network(&self, state: &AppState) -> Result<(), Fault> {
        match &self.network_key {
            Some(key) => throttle::take_back(state, BY_NETWORK, key).await,
            None => Ok(()),
        }
    }
}
