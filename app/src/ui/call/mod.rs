//! Calls of server functions from a page.
//!
//! What a call asks and what it is answered travel through the reactive graph as text, and become types where they are
//! used. The graph's machinery then exists once in the browser's module, not once for each server function.

mod answer;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
mod server;

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use leptos::server_fn::ServerFn;
use serde::{Serialize, de::DeserializeOwned};

pub use answer::{Answer, Awaited};

use crate::failure::{Failure, NoRefusal};

#[cfg(feature = "hydrate")]
use browser::call;
#[cfg(feature = "hydrate")]
pub use browser::send;
#[cfg(not(feature = "hydrate"))]
use server::call;
#[cfg(not(feature = "hydrate"))]
pub use server::send;

/// Shows an answer, whatever its type.
pub type ShowAnswer = Arc<dyn Fn(&Answer) -> Result<AnyView, Failure<NoRefusal>> + Send + Sync>;

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
