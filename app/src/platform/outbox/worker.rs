//! Delivers what waits in the outbox.
//!
//! A worker claims only as many mails as it can begin at once, so a claimed mail never waits for another, and one delivery
//! always ends long before its lease does.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::events::Event;
use super::store::{self, ClaimedMail};
use crate::platform::audit::{self, Cause};
use crate::platform::db::Tx;
use crate::platform::incidents::{self, Fault};
use crate::platform::letter::RenderedLetter;
use crate::platform::mailer::{DeliveryError, OutgoingMail, Transport};
use crate::platform::sealing::Purpose;
use crate::platform::state::AppState;
use crate::values::email_address::EmailAddress;

/// Mails that one worker delivers at the same time.
const CONCURRENT: usize = 4;
/// How long a claimed mail is out of other workers' reach; more than twice as long as a delivery may take.
const LEASE_SECONDS: f64 = 300.0;
/// How often a worker looks by itself: for mail that was put off, and when a notification got lost.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Attempts before a mail is given up.
const MOST_ATTEMPTS: i32 = 8;
/// Seconds from the first attempt to the second; each further pause is three times as long, together about 20 hours.
const FIRST_PAUSE: u32 = 60;
/// How often the outcome of a delivery is written down anew while the database is away.
const SETTLING_ATTEMPTS: u32 = 5;

/// Delivers mail until `shutdown`; then finishes what it has begun.
pub async fn run(state: AppState, transport: Transport, shutdown: CancellationToken) {
    let listening = tokio::spawn(listen(state.clone(), shutdown.clone()));
    let mut deliveries = Deliveries::new(state, transport);
    while !shutdown.is_cancelled() {
        if let Err(fault) = deliveries.begin().await {
            report(&fault);
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = deliveries.state.mail_waiting.notified() => {}
            Some(ended) = deliveries.running.join_next() => report_ended(ended),
            () = sleep(LOOK_EVERY) => {}
        }
    }
    while let Some(ended) = deliveries.running.join_next().await {
        report_ended(ended);
    }
    deliveries.transport.close().await;
    if let Err(error) = listening.await {
        report(&error.into());
    }
}

/// Delivers everything that is due now, and says how many mails that were. What fails is put off or given up as usual.
pub async fn deliver_due(state: &AppState, transport: &Transport) -> Result<usize, Fault> {
    let mut deliveries = Deliveries::new(state.clone(), transport.clone());
    let mut count = 0;
    loop {
        count += deliveries.begin().await?;
        match deliveries.running.join_next().await {
            Some(ended) => ended??,
            None => return Ok(count),
        }
    }
}

/// The deliveries that a worker has under way.
struct Deliveries {
    state: AppState,
    transport: Transport,
    running: JoinSet<Result<(), Fault>>,
}

impl Deliveries {
    fn new(state: AppState, transport: Transport) -> Self {
        Self { state, transport, running: JoinSet::new() }
    }

    /// Claims as many due mails as there are free hands, and begins with them. Says how many.
    async fn begin(&mut self) -> Result<usize, Fault> {
        let free = CONCURRENT.saturating_sub(self.running.len());
        if free == 0 {
            return Ok(0);
        }
        let claim = Uuid::from_bytes(self.state.randomness.bytes()?);
        let claimed = store::claim_due(&self.state.pool, claim, i64::try_from(free).unwrap_or(1), LEASE_SECONDS).await?;
        let count = claimed.len();
        for mail in claimed {
            self.running.spawn(deliver(self.state.clone(), self.transport.clone(), mail));
        }
        Ok(count)
    }
}

/// Tries to deliver one mail and writes the outcome down.
async fn deliver(state: AppState, transport: Transport, mail: ClaimedMail) -> Result<(), Fault> {
    let outcome = attempt(&state, &transport, &mail).await;
    // What servers say may name the person: their words go into the row, not into the log.
    let (id, kind, attempts) = (mail.id, mail.kind.as_str(), mail.attempts);
    let settled = match outcome {
        Ok(()) => {
            tracing::info!(mail = %id, kind, attempts, "a mail was delivered");
            persistently(|| store::mark_delivered(&state.pool, id, mail.claim)).await?
        }
        Err(DeliveryError::Transient(words)) if attempts < MOST_ATTEMPTS => {
            let [random] = state.randomness.bytes::<1>()?;
            let seconds = pause(attempts, random);
            tracing::warn!(mail = %id, kind, attempts, seconds, "a mail could not be delivered and was put off");
            persistently(|| store::postpone(&state.pool, id, mail.claim, f64::from(seconds), &words)).await?
        }
        Err(DeliveryError::Transient(words) | DeliveryError::Permanent(words)) => {
            tracing::error!(mail = %id, kind, attempts, "a mail was given up");
            persistently(|| give_up(&state, &mail, &words)).await?
        }
    };
    if !settled {
        tracing::warn!(mail = %id, kind, "a mail's lease had run out before its delivery ended");
    }
    Ok(())
}

async fn attempt(state: &AppState, transport: &Transport, mail: &ClaimedMail) -> Result<(), DeliveryError> {
    if mail.attempts > MOST_ATTEMPTS {
        // Only when no attempt ever got to its end: whatever ends the program must not do so for ever.
        return Err(DeliveryError::Permanent("The server stopped during every attempt.".to_owned()));
    }
    let outgoing = opened(state, mail).map_err(|fault| {
        incidents::report(&fault);
        // The operator can bring the former secret key back, so the mail waits.
        DeliveryError::Transient("The stored message could not be opened.".to_owned())
    })?;
    transport.deliver(&state.settings, &outgoing).await
}

fn opened(state: &AppState, mail: &ClaimedMail) -> Result<OutgoingMail, Fault> {
    let unreadable = |reason: String| Fault::Inconsistent { table: "mails", reason };
    let message = state.keys.open(Purpose::Mail, mail.id.as_uuid(), &mail.sealed_message)?;
    let letter: RenderedLetter =
        serde_json::from_slice(&message).map_err(|error| unreadable(format!("message of {}: {error}", mail.id)))?;
    let recipient = EmailAddress::parse(&mail.recipient).map_err(|_| unreadable(format!("recipient of {}", mail.id)))?;
    Ok(OutgoingMail { id: mail.id, recipient, written_at: mail.created_at, letter })
}

/// Gives a mail up, which leaves a row of activity. `false` when somebody else has it.
async fn give_up(state: &AppState, mail: &ClaimedMail, words: &str) -> Result<bool, Fault> {
    let mut tx = Tx::begin(&state.pool).await?;
    let Some(given_up) = store::mark_dead(&mut tx, mail.id, mail.claim, words).await? else {
        return Ok(false);
    };
    let cause = Cause::of_system(given_up.at);
    let cause = given_up.organization.map_or(cause.clone(), |organization| cause.within(organization));
    audit::record(&mut tx, state, &cause, &Event::GivenUp { mail: mail.id }).await?;
    tx.commit().await?;
    Ok(true)
}

/// Seconds until the next attempt: longer after each, and up to a quarter more by chance, so that mails refused together
/// do not all come back together.
fn pause(attempts: i32, random: u8) -> u32 {
    let exponent = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let pause = FIRST_PAUSE.saturating_mul(3_u32.saturating_pow(exponent));
    pause.saturating_add((pause / 4).saturating_mul(u32::from(random)) / 255)
}

/// Writes an outcome down even if the database is away for a moment: the mail is out, and forgetting that would repeat it.
async fn persistently<Work, Failed>(write: impl Fn() -> Work) -> Result<bool, Fault>
where
    Work: Future<Output = Result<bool, Failed>>,
    Fault: From<Failed>,
{
    let mut attempt = 0;
    loop {
        match write().await.map_err(Fault::from) {
            Err(fault) if fault.is_passing() && attempt < SETTLING_ATTEMPTS => {
                sleep(Duration::from_secs(2_u64.saturating_pow(attempt))).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

/// Wakes the worker when the database says that mail was committed, by whichever server.
async fn listen(state: AppState, shutdown: CancellationToken) {
    // A connection of its own: those of the pool are for requests.
    let options = state.pool.connect_options().as_ref().clone();
    let connection = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None).connect_lazy_with(options);
    while !shutdown.is_cancelled() {
        tokio::select! {
            () = shutdown.cancelled() => {}
            Err(error) = wake_on_notifications(&connection, &state) => {
                tracing::warn!(%error, "mail is not announced by the database; looking for it every few seconds");
                tokio::select! {
                    () = shutdown.cancelled() => {}
                    () = sleep(LOOK_EVERY) => {}
                }
            }
        }
    }
    connection.close().await;
}

async fn wake_on_notifications(connection: &PgPool, state: &AppState) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(connection).await?;
    listener.listen(store::CHANNEL).await?;
    loop {
        // `None` is a connection that was lost and made anew: there may be mail that nobody announced.
        listener.try_recv().await?;
        state.mail_waiting.notify_one();
    }
}

fn report_ended(ended: Result<Result<(), Fault>, JoinError>) {
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => report(&fault),
        Err(error) => report(&error.into()),
    }
}

fn report(fault: &Fault) {
    if fault.is_passing() {
        tracing::warn!(error = %fault, "mail waits until the database answers");
    } else {
        incidents::report(fault);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_within_about_a_day() {
        assert_eq!(pause(1, 0), 60);
        assert_eq!(pause(1, 255), 75);
        assert_eq!(pause(2, 0), 180);
        assert_eq!(pause(7, 0), 43_740);
        let total: u32 = (1..MOST_ATTEMPTS).map(|attempts| pause(attempts, 255)).sum();
        assert!((60_000..86_400).contains(&total), "{total}");
    }

    #[test]
    fn no_count_of_attempts_overflows_the_pause() {
        assert!(pause(i32::MAX, 255) >= pause(20, 0));
        assert_eq!(pause(i32::MIN, 0), 60);
    }
}
