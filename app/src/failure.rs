//! The one error shape that crosses the wire.
//!
//! A *refusal* is data that the user can read and act on; a *fault* is ours: it is logged once and shown as a
//! reference number.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt::{Debug, Display};

use crate::values::ids::IncidentId;

/// Why a room says no, in the user's words.
pub trait Refusal: Display + Debug + Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The input beside which the message stands; `None` when it concerns the form as a whole.
    fn field(&self) -> Option<&'static str> {
        None
    }
}

/// A refusal's message and the input that it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the input, without the form's prefix.
    pub field: Option<&'static str>,
    /// What is wrong and how to put it right.
    pub message: String,
}

/// Everything that can go wrong with a call, as the browser gets to know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Failure<R> {
    /// The rules of the room say no; at least one refusal, each with its own message.
    Refused(Vec<R>),
    /// There is no session, or it has ended.
    SignedOut,
    /// The person must set up two-factor authentication before anything of this organization opens.
    TwoFactorDue,
    /// There is no such thing, or it is none of the caller's business.
    NotFound,
    /// The caller may know that it exists, but has no right to it.
    Forbidden,
    /// Too many attempts; after `wait_seconds` it may be tried again.
    TooManyAttempts {
        /// Seconds until the next attempt is allowed.
        wait_seconds: u32,
    },
    /// The request is not one that a page of Nexus sends.
    Malformed,
    /// The request is larger than the limit.
    TooLarge,
    /// The server could not be reached, or answered something unknown.
    Unreachable,
    /// The database does not answer; trying again later helps.
    Unavailable,
    /// A fault of ours; the reference stands in the log.
    Internal(IncidentId),
}

impl<R> Failure<R> {
    /// The HTTP status that tells the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 422,
            Self::SignedOut => 401,
            Self::Forbidden | Self::TwoFactorDue => 403,
            Self::NotFound => 404,
            Self::TooManyAttempts { .. } => 429,
            Self::Malformed => 400,
            Self::TooLarge => 413,
            Self::Unavailable => 503,
            Self::Unreachable | Self::Internal(_) => 500,
        }
    }

    /// Says a room's refusals in another room's words; everything else stays.
    pub fn map_refusals<S>(self, in_other_words: impl FnMut(R) -> S) -> Failure<S> {
        match self {
            Self::Refused(refusals) => Failure::Refused(refusals.into_iter().map(in_other_words).collect()),
            Self::SignedOut => Failure::SignedOut,
            Self::TwoFactorDue => Failure::TwoFactorDue,
            Self::NotFound => Failure::NotFound,
            Self::Forbidden => Failure::Forbidden,
            Self::TooManyAttempts { wait_seconds } => Failure::TooManyAttempts { wait_seconds },
            Self::Malformed => Failure::Malformed,
            Self::TooLarge => Failure::TooLarge,
            Self::Unreachable => Failure::Unreachable,
            Self::Unavailable => Failure::Unavailable,
            Self::Internal(incident) => Failure::Internal(incident),
        }
    }
}

impl<R: Refusal> Failure<R> {
    /// What a form shows: each message with the input it belongs to.
    pub fn problems(&self) -> Vec<Problem> {
        let Self::Refused(refusals) = self else {
            return vec![Problem { field: None, message: self.to_string() }];
        };
        refusals.iter().map(|refusal| Problem { field: refusal.field(), message: refusal.to_string() }).collect()
    }
}

impl<R: Display> Display for Failure<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusals) => {
                for (position, refusal) in refusals.iter().enumerate() {
                    if position > 0 {
                        formatter.write_str(" ")?;
                    }
                    Display::fmt(refusal, formatter)?;
                }
                Ok(())
            }
            Self::SignedOut => formatter.write_str("You have been signed out. Sign in and try again."),
            Self::TwoFactorDue => formatter.write_str("Set up two-factor authentication first."),
            Self::NotFound => formatter.write_str("This does not exist, or you have no access to it."),
            Self::Forbidden => formatter.write_str("You may not do this. Contact an administrator of the organization."),
            Self::TooManyAttempts { wait_seconds } => {
                write!(formatter, "Too many attempts. Try again in {}.", wait_in_words(*wait_seconds))
            }
            Self::Malformed => formatter.write_str("The form could not be read. Reload the page and try again."),
            Self::TooLarge => formatter.write_str("This is too large: a form may hold up to 1 MB."),
            Self::Unreachable => formatter.write_str("Nexus could not be reached. Check your connection and try again."),
            Self::Unavailable => formatter.write_str("Nexus is busy right now. Try again in a moment."),
            Self::Internal(incident) => {
                write!(
                    formatter,
                    "Something went wrong on our side. If it happens again, tell your administrator this reference: {incident}"
                )
            }
        }
    }
}

/// Of a call that has nothing to refuse: reading a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoRefusal {}

impl Display for NoRefusal {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl Refusal for NoRefusal {}

impl<R: Refusal> From<R> for Failure<R> {
    fn from(refusal: R) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl<R: Refusal> From<Vec<R>> for Failure<R> {
    fn from(refusals: Vec<R>) -> Self {
        Self::Refused(refusals)
    }
}

impl<R: Refusal> FromServerFnError for Failure<R> {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Malformed,
            _ => Self::Unreachable,
        }
    }
}

/// Seconds as people say them: `40 seconds`, `5 minutes`.
fn wait_in_words(seconds: u32) -> String {
    match seconds {
        0 | 1 => "1 second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_seconds_up_to_a_minute_and_a_half_then_in_minutes() {
        assert_eq!(wait_in_words(1), "1 second");
        assert_eq!(wait_in_words(45), "45 seconds");
        assert_eq!(wait_in_words(300), "5 minutes");
        assert_eq!(wait_in_words(301), "6 minutes");
    }

    #[test]
    fn arguments_that_cannot_be_read_are_the_senders_fault() {
        let failure = Failure::<NoRefusal>::from_server_fn_error(ServerFnErrorErr::Args("x".to_owned()));
        assert_eq!(failure.status(), 400);
    }
}
