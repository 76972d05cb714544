//! What a call is answered.

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

    /// Whether it is a failure.
    pub const fn is_failure(&self) -> bool {
        self.failed
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::NoRefusal;

    #[test]
    fn an_answer_that_cannot_be_read_is_unreachable() {
        let output = Answer::new(false, "<html>".to_owned()).read::<String, NoRefusal>();
        let failure = Answer::new(true, "<html>".to_owned()).read::<String, NoRefusal>();
        assert_eq!((output, failure), (Err(Failure::Unreachable), Err(Failure::Unreachable)));
    }
}
