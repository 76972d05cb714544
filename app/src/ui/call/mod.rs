//! Calls of server functions from a page.
//!
//! What a call asks and what it is answered travel through the reactive graph as text, and become types where they are
//! used. The graph's machinery then exists once in the browser's module, not once for each server function.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
mod server;

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use leptos::server_fn::ServerFn;
use serde::{Serialize, de::DeserializeOwned};

use crate::failure::{Failure, NoRefusal, Refusal};

#[cfg(feature = "hydrate")]
use browser::call;
#[cfg(feature = "hydrate")]
pub use browser::send;
#[cfg(not(feature = "hydrate"))]
use server::call;
#[cfg(not(feature = "hydrate"))]
pub use server::send;

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

/// Shows an answer, whatever its type.
pub type ShowAnswer = Arc<dyn Fn(&Answer) -> Result<AnyView, Failure<NoRefusal>> + Send + Sync>;

/// An answer that is awaited.
pub type Awaited = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// A function's arguments as a form would send them.
pub fn arguments<Function: Serialize>(input: &Function) -> String {
    serde_qs::to_string(input).unwrap_or_else(|error| {
        // The server then answers that it can't read them.
        leptos::logging::error!("the arguments of a call could not be written: {error}");
        String::new()
    })
}

/// The data of a page, from a server function; awaited before the first byte.
pub struct Loading<Output> {
    answer: Resource<Answer, FromToStringCodec>,
    output: PhantomData<fn() -> Output>,
}

impl<Output> Clone for Loading<Output> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Output> Copy for Loading<Output> {}

impl<Output: DeserializeOwned> Loading<Output> {
    /// The data, once it is there.
    pub async fn ready(self) -> Result<Output, Failure<NoRefusal>> {
        self.answer.await.read()
    }

    /// The answer behind the data.
    pub const fn answer(self) -> Resource<Answer, FromToStringCodec> {
        self.answer
    }

    /// Asks again, with the same arguments.
    pub fn load_again(self) {
        self.answer.refetch();
    }
}

/// Calls a server function for a page, and again whenever its arguments change.
pub fn load<Function>(input: impl Fn() -> Function + Send + Sync + 'static) -> Loading<Function::Output>
where
    Function: ServerFn<Error = Failure<NoRefusal>> + Serialize + DeserializeOwned + 'static,
    Function::Output: Serialize,
{
    Loading { answer: load_answer(Box::new(move || arguments(&input())), call::<Function>), output: PhantomData }
}

fn load_answer(arguments: Box<dyn Fn() -> String + Send + Sync>, call: fn(String) -> Awaited) -> Resource<Answer, FromToStringCodec> {
    Resource::new_str_blocking(arguments, call)
}

#[cfg(test)]
mod tests {
    use super::*;

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
