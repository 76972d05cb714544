//! The short stories of coming and going.

use super::emails;
use super::model::{SignInForm, SignInProgress};
use super::refusal::SignInRefusal;
use super::rules::{self, NextStep};
use super::store::{self, Account};
use crate::failure::{Failure, NoRefusal};
use crate::features::audit::event::Event;
use crate::features::audit::{self, Cause};
use crate::features::auth::sessions::{self, HalfStanding, Stage};
use crate::features::permissions::access::{self, Denied};
use crate::paths;
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::incidents::{self, Fault};
use crate::platform::outbox;
use crate::platform::passwords::{Overloaded, Verdict};
use crate::platform::request::Working;
use crate::platform::sealing::digest_text;
use crate::platform::state::AppState;
use crate::platform::throttle::{self, Attempt, Limit};
use crate::values::email_address::EmailAddress;
use crate::values::go_to::GoTo;
use crate::values::ids::UserId;
use crate::values::moment::Moment;

/// How long somebody is asked to wait while too many passwords are being compared.
pub const OVERLOAD_WAIT_SECONDS: u32 = 2;

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

/// Signs in; where a second factor is set up, only as far as the code page.
pub async fn sign_in(request: Working, form: SignInForm) -> Result<GoTo, Failure<SignInRefusal>> {
    rules::check_filled_in(&form.identifier, &form.password)?;
    let key = rules::identifier_key(&form.identifier);

    let mut tx = request.begin().await?;
    let account = store::find_account(&mut tx, &key, request.browser().as_ref()).await?;
    tx.commit().await?;

    let (proof, verdict) = prove(&request, account.as_ref(), &key, &form.password).await?;
    let account = match (proof, account) {
        (Proof::Right, Some(account)) => account,
        (Proof::Overloaded, _) => return Err(Failure::TooManyAttempts { wait_seconds: OVERLOAD_WAIT_SECONDS }),
        _ => return Err(SignInRefusal::Wrong.into()),
    };
    let renewed_hash = renewed_hash(&request, verdict, &form.password).await?;

    let mut held = hold(&request, &account, renewed_hash.as_deref()).await?;
    if held.is_none()
        && let Some(account) = compare_again(&request, &account, &form.password).await?
    {
        held = hold(&request, &account, None).await?;
    }
    let Some((mut tx, has_factor)) = held else {
        record_failure(&request, &Event::SignInFailed { user: Some(account.user), because: "password_changed" }).await?;
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
        let cause = Cause { organization: None, actor: Some(user), at: now, origin: request.origin().clone() };
        audit::record(&mut tx, request.state(), &cause, &Event::SignedOut { user }).await?;
    }
    tx.commit().await?;
    Ok(GoTo::page_afresh(paths::SIGN_IN))
}

/// How far this browser has come.
pub async fn read_progress(request: Working) -> Result<SignInProgress, Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let progress = match access::signed_in(&mut tx, &request).await {
        Ok(_) => SignInProgress::SignedIn,
        Err(Denied::SignedOut) => match sessions::find(&mut tx, &request).await?.and_then(|session| session.half_standing()) {
            Some(HalfStanding::Open) => SignInProgress::CodeAwaited,
            Some(HalfStanding::Spent) => SignInProgress::CodesSpent,
            Some(HalfStanding::Expired) | None => SignInProgress::Nothing,
        },
        Err(denied) => return Err(denied.into()),
    };
    tx.commit().await?;
    Ok(progress)
}

/// Compares the password of somebody who is signed in, for a step that asks for it again. Counts as signing in does.
pub async fn prove_own_password(request: &Working, user: UserId, password: &str) -> Result<Proof, Fault> {
    let mut tx = request.begin().await?;
    let account = store::get_account(&mut tx, user, request.browser().as_ref()).await?;
    tx.commit().await?;

    let (proof, _) = prove(request, Some(&account), "", password).await?;
    Ok(proof)
}

/// Counts one attempt, then compares the password. No connection is held meanwhile. Without an account, and while locked, the
/// same work is done, so that the time tells nothing.
async fn prove(request: &Working, account: Option<&Account>, key: &str, password: &str) -> Result<(Proof, Verdict), Fault> {
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
            record_failure(request, &Event::SignInLocked { user, scope }).await?;
            Ok((Proof::Wrong, Verdict::Wrong))
        }
        (Counted::Open { number }, Verdict::Wrong) => {
            let because = if user.is_some() { "password" } else { "name" };
            record_failure(request, &Event::SignInFailed { user, because }).await?;
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
async fn hold(request: &Working, account: &Account, renewed_hash: Option<&str>) -> Result<Option<(Tx, bool)>, Fault> {
    let mut tx = request.begin().await?;
    let Some(has_factor) = store::lock_account(&mut tx, account).await? else {
        tx.commit().await?;
        return Ok(None);
    };
    if let Some(hash) = renewed_hash {
        store::update_password_hash(&mut tx, account.user, hash).await?;
    }
    Ok(Some((tx, has_factor)))
}

/// Compares the password with the hash that has replaced the compared one: somebody who signed in at the same time may have
/// renewed it. The attempt has been counted already. `None` when the password itself was changed.
async fn compare_again(request: &Working, compared: &Account, password: &str) -> Result<Option<Account>, Failure<SignInRefusal>> {
    let mut tx = request.begin().await?;
    let account = store::get_account(&mut tx, compared.user, request.browser().as_ref()).await?;
    tx.commit().await?;
    if account.password_hash == compared.password_hash {
        return Ok(None);
    }
    match request.state().passwords.verify(password, Some(account.password_hash.clone())).await? {
        Ok(Verdict::Right | Verdict::RightButOutdated) => Ok(Some(account)),
        Ok(Verdict::Wrong) => Ok(None),
        Err(Overloaded) => Err(Failure::TooManyAttempts { wait_seconds: OVERLOAD_WAIT_SECONDS }),
    }
}

/// Records a failure, in a transaction that is committed although the sign-in is refused.
async fn record_failure(request: &Working, event: &Event) -> Result<(), Fault> {
    let mut tx = request.begin().await?;
    let cause = Cause { organization: None, actor: None, at: clock::now(&mut tx).await?, origin: request.origin().clone() };
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
    let owner = store::get_owner(&mut tx, user).await?;
    let recipient = EmailAddress::parse(&owner.email).map_err(|error| Fault::Inconsistent { table: "users", reason: error.to_string() })?;
    outbox::enqueue(&mut tx, request.state(), now, emails::locked(recipient, &owner.first_name, now, request.origin())).await?;
    tx.commit().await?;
    Ok(())
}

/// Begins the session that a right password earns.
async fn enter(tx: &mut Tx, request: &Working, user: UserId, has_factor: bool, now: Moment) -> Result<NextStep, Failure<SignInRefusal>> {
    let cause = Cause { organization: None, actor: Some(user), at: now, origin: request.origin().clone() };
    if has_factor {
        sessions::begin(tx, request, user, Stage::Password, now).await?;
        audit::record(tx, request.state(), &cause, &Event::PasswordAccepted { user }).await?;
        return Ok(NextStep::ProveFactor);
    }
    sessions::begin(tx, request, user, Stage::Full, now).await?;
    audit::record(tx, request.state(), &cause, &Event::SignedIn { user, with: "password" }).await?;
    let signed_in = access::signed_in(tx, request).await?;
    Ok(if signed_in.factor_is_owed { NextStep::SetUpFactor } else { NextStep::Enter })
}

/// The password under the present parameters, if those of its hash are older. Not worth a refusal when too many are waiting.
async fn renewed_hash(request: &Working, verdict: Verdict, password: &str) -> Result<Option<String>, Fault> {
    if verdict != Verdict::RightButOutdated {
        return Ok(None);
    }
    let state = request.state();
    Ok(state.passwords.hash(password, &state.randomness).await?.ok())
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
        let network_key = request.origin().network.map(|network| rules::network_key(network.ip()));
        match (account, request.browser()) {
            (Some(account), Some(browser)) if account.knows_browser => Self {
                person: throttle::PASSWORD_BY_BROWSER,
                person_key: [account.user.as_uuid().as_bytes().as_slice(), browser.as_bytes()].concat(),
                network_key: None,
            },
            (Some(account), _) => {
                Self { person: throttle::PASSWORD_BY_ACCOUNT, person_key: account.user.as_uuid().as_bytes().to_vec(), network_key }
            }
            (None, _) => Self { person: throttle::PASSWORD_BY_ACCOUNT, person_key: digest_text(key), network_key },
        }
    }

    /// Counts the attempt. Where the network is locked, the person's counter is spared.
    async fn count(&self, state: &AppState) -> Result<Counted, Fault> {
        if let Some(key) = &self.network_key
            && let Attempt::Locked { .. } = throttle::count(state, throttle::PASSWORD_BY_NETWORK, key).await?
        {
            return Ok(Counted::Locked { scope: throttle::PASSWORD_BY_NETWORK.scope });
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
            Some(key) => throttle::take_back(state, throttle::PASSWORD_BY_NETWORK, key).await,
            None => Ok(()),
        }
    }
}
