//! The call of a server function that a form stands for.

use std::marker::PhantomData;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::{Serialize, de::DeserializeOwned};

use super::context::TypedPairs;
use super::replay::replay_of;
use crate::failure::{Failure, Refusal};
use crate::ui::call::{self, Answer};

/// A server function being called by a form, and its last answer.
pub struct Submission<Function> {
    pub(super) action: Action<String, Answer>,
    pub(super) typed: TypedPairs,
    function: PhantomData<fn() -> Function>,
}

impl<Function> Clone for Submission<Function> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Function> Copy for Submission<Function> {}

impl<Function, R> Submission<Function>
where
    Function: ServerFn<Error = Failure<R>> + Serialize,
    Function::Output: DeserializeOwned,
    R: Refusal,
{
    /// Not sent yet, or answered already when the page was rendered from a post without scripts.
    #[expect(clippy::new_without_default, reason = "it reads the page's context, which no default does")]
    pub fn new() -> Self {
        let (action, typed) = action_of(Function::PATH);
        Self { action, typed, function: PhantomData }
    }

    /// Whether an answer is awaited.
    pub fn busy(&self) -> Signal<bool> {
        self.action.pending().into()
    }

    /// The last answer.
    pub fn answer(&self) -> Option<Result<Function::Output, Failure<R>>> {
        self.action.value().with(|answer| answer.as_ref().map(Answer::read))
    }

    /// The last success, for answers that are shown in place.
    pub fn success(&self) -> Option<Function::Output> {
        self.answer().and_then(Result::ok)
    }

    /// The last failure.
    pub fn failure(&self) -> Option<Failure<R>> {
        self.answer().and_then(Result::err)
    }

    /// What stood in an input, a field of this argument, when the form came back without scripts; never a secret.
    pub fn typed(&self, argument: &str, field: &str) -> Option<String> {
        let name = format!("{argument}[{field}]");
        self.typed.with_value(|typed| typed.as_ref()?.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()))
    }

    /// Calls the function without a form, for instance while somebody types.
    pub fn send(&self, input: &Function) {
        self.action.dispatch(call::arguments(input));
    }

    /// Forgets the last answer.
    pub fn clear(&self) {
        self.action.value().set(None);
    }

    /// How many answers have arrived; changes with each.
    pub fn version(&self) -> RwSignal<usize> {
        self.action.version()
    }
}

/// The call of the server function at `path`, and what was typed when the page was rendered from a post without scripts.
fn action_of(path: &'static str) -> (Action<String, Answer>, TypedPairs) {
    let replay = replay_of(path);
    let answer = replay.as_ref().map(|replay| Answer::new(replay.failed, replay.answer.clone()));
    let action = Action::new_with_value(answer, move |arguments: &String| call::send(path, arguments.clone()));
    (action, StoredValue::new(replay.map(|replay| replay.typed)))
}
