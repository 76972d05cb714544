//! What a call is answered.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;

use serde::de::DeserializeOwned;

use crate::failure::{Failure, Refusal};

/// What a server function answered: its output or its failure, as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    failed: bool,
    json: String,
}

impl Answer {
    /// An answer as it came over the wire.
    pub const fn new(failed: bool, json: String) -> Self {
        Self { failed, json }
    }

    /// The answer in its type. What can't be read is [`Failure::Unreachable`]: another program answered, or another version.
    pub fn read<Output: DeserializeOwned, R: Refusal>(&self) -> Result<Output, Failure<R>> {
        if self.failed {
            Err(serde_json::from_str(&self.json).unwrap_or(Failure::Unreachable))
        } else {
            serde_json::from_str(&self.json).map_err(|_| Failure::Unreachable)
        }
    }
}

/// The shape in which the server's rendering hands it to the browser's: a mark, then the JSON.
impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", if self.failed { '!' } else { '=' }, self.json)
    }
}

impl FromStr for Answer {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.strip_prefix('=') {
            Some(json) => Self::new(false, json.to_owned()),
            None => Self::new(true, text.strip_prefix('!').unwrap_or_default().to_owned()),
        })
    }
}

/// An answer that is awaited.
pub type Awaited = Pin<Box<dyn Future<Output = Answer> + Send>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::NoRefusal;

    #[test]
    fn an_answer_comes_out_of_its_text_as_it_went_in() {
        for answer in [
            Answer::new(false, "{\"name\":\"=!\"}".to_owned()),
            Answer::new(true, "\"NotFound\"".to_owned()),
            Answer::new(true, String::new()),
        ] {
            assert_eq!(answer.to_string().parse(), Ok(answer));
        }
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_unreachable() {
        let output = Answer::new(false, "<html>".to_owned()).read::<String, NoRefusal>();
        let failure = Answer::new(true, "<html>".to_owned()).read::<String, NoRefusal>();
        assert_eq!((output, failure), (Err(Failure::Unreachable), Err(Failure::Unreachable)));
    }
}
