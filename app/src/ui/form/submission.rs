//! The call of a server function that a form stands for.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use super::replay::{Replay, replay_of};
use crate::failure::{Failure, Refusal};

/// A form that calls a server function, and what it was answered if this page is the answer to it.
pub struct Submission<Function> {
    pub(super) replay: Option<Arc<Replay>>,
    function: PhantomData<fn() -> Function>,
}

impl<Function> Clone for Submission<Function> {
    fn clone(&self) -> Self {
        Self { replay: self.replay.clone(), function: PhantomData }
    }
}

impl<Function, R> Submission<Function>
where
    Function: ServerFn<Error = Failure<R>>,
    Function::Output: DeserializeOwned,
    R: Refusal,
{
    /// Of the page being written.
    pub fn here() -> Self {
        Self { replay: replay_of(Function::PATH), function: PhantomData }
    }

    /// The answer.
    pub fn answer(&self) -> Option<Result<Function::Output, Failure<R>>> {
        self.replay.as_ref().map(|replay| replay.answer.read())
    }

    /// The success, for answers that are shown in place.
    pub fn success(&self) -> Option<Function::Output> {
        self.answer().and_then(Result::ok)
    }

    /// The failure.
    pub fn failure(&self) -> Option<Failure<R>> {
        self.answer().and_then(Result::err)
    }

    /// What stood in an input, a field of this argument; never a secret.
    pub fn typed(&self, argument: &str, field: &str) -> Option<String> {
        self.replay.as_ref()?.typed(&format!("{argument}[{field}]")).map(str::to_owned)
    }
}
