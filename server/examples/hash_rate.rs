//! Hashes passwords and does nothing else: the reference that `cargo xtask bench` measures signing in against.
//!
//! `hash_rate rate <at once> <seconds>` prints verifications a second and the median of one in milliseconds;
//! `hash_rate hash <password>` prints a stored hash.

use std::time::{Duration, Instant};

use app::platform::passwords::{Passwords, Verdict};
use app::platform::randomness::Randomness;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["rate", at_once, seconds] => rate(at_once.parse()?, Duration::from_secs(seconds.parse()?)).await,
        ["hash", password] => {
            println!("{}", hash(&Passwords::new(1), password).await?);
            Ok(())
        }
        _ => Err("usage: hash_rate rate <at once> <seconds> | hash_rate hash <password>".into()),
    }
}

async fn hash(passwords: &Passwords, password: &str) -> Result<String, Failure> {
    passwords.hash(password, &Randomness::system()).await?.map_err(|_| "overloaded".into())
}

async fn rate(at_once: usize, time: Duration) -> Result<(), Failure> {
    const PASSWORD: &str = "bench bench bench bench";
    let passwords = Passwords::new(at_once);
    let stored = hash(&passwords, PASSWORD).await?;
    let begun = Instant::now();
    let workers: Vec<_> = (0..at_once)
        .map(|_| {
            let (passwords, stored) = (passwords.clone(), stored.clone());
            tokio::spawn(async move {
                let mut times = Vec::new();
                while begun.elapsed() < time {
                    let one = Instant::now();
                    if passwords.verify(PASSWORD, Some(stored.clone())).await? != Ok(Verdict::Right) {
                        return Err(Failure::from("the right password was refused"));
                    }
                    times.push(one.elapsed());
                }
                Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for worker in workers {
        times.extend(worker.await??);
    }
    let took = begun.elapsed();
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    let count = u32::try_from(times.len())?;
    println!("{:.3} {:.3}", f64::from(count) / took.as_secs_f64(), median.as_secs_f64() * 1_000.0);
    Ok(())
}
