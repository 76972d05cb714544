//! Acting in the same instant.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// How often a race is run: one run proves little.
pub const ROUNDS: u32 = 20;

/// Lets two act in the same instant. By the round, one of them starts a little later, so that over the rounds they meet at
/// different places.
pub async fn race<A, B>(
    round: u32,
    first: impl Future<Output = A> + Send + 'static,
    second: impl Future<Output = B> + Send + 'static,
) -> (A, B)
where
    A: Send + 'static,
    B: Send + 'static,
{
    let late = Duration::from_micros(u64::from(round / 2) * 300);
    let (first_waits, second_waits) = if round.is_multiple_of(2) { (Duration::ZERO, late) } else { (late, Duration::ZERO) };
    let start = Arc::new(Barrier::new(2));
    let first = tokio::spawn(after(Arc::clone(&start), first_waits, first));
    let second = tokio::spawn(after(start, second_waits, second));
    (first.await.unwrap(), second.await.unwrap())
}

/// Lets many act in the same instant; the answers come in no particular order.
pub async fn all_at_once<T, Acting>(acting: impl IntoIterator<Item = Acting>) -> Vec<T>
where
    T: Send + 'static,
    Acting: Future<Output = T> + Send + 'static,
{
    let acting: Vec<Acting> = acting.into_iter().collect();
    let start = Arc::new(Barrier::new(acting.len()));
    let tasks: JoinSet<T> = acting.into_iter().map(|act| after(Arc::clone(&start), Duration::ZERO, act)).collect();
    tasks.join_all().await
}

async fn after<T>(start: Arc<Barrier>, wait: Duration, act: impl Future<Output = T>) -> T {
    start.wait().await;
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    act.await
}
