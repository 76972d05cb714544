//! How many attempts are allowed.

/// How many attempts are allowed, and what happens then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Name of the counter's kind.
    pub scope: &'static str,
    /// Attempts within the window before the lock.
    pub attempts: i32,
    /// Length of the window, in seconds.
    pub window_seconds: i64,
    /// Length of the lock, in seconds.
    pub lock_seconds: i64,
}
