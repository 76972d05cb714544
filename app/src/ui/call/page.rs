//! The data of a page, from a server function that runs in this process.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use leptos::server_fn::ServerFn;

use crate::failure::{Failure, NoRefusal};

type Answered<Output> = Result<Output, Failure<NoRefusal>>;

/// Data that has been asked for.
pub struct Loading<Output>(State<Output>);

enum State<Output> {
    Begun(Pin<Box<dyn Future<Output = Answered<Output>> + Send>>),
    Ready(Answered<Output>),
}

impl<Output> Loading<Output> {
    /// The data, once it is there.
    pub async fn ready(self) -> Answered<Output> {
        match self.0 {
            State::Begun(answer) => answer.await,
            State::Ready(answer) => answer,
        }
    }
}

/// Calls a server function for a page, once. Its work begins here, so that a page and its header are read at the same time
/// although they are written one after the other.
pub fn load<Function>(input: Function) -> Loading<Function::Output>
where
    Function: ServerFn<Error = Failure<NoRefusal>> + Send + 'static,
{
    let mut answer: Pin<Box<dyn Future<Output = Answered<Function::Output>> + Send>> = Box::pin(input.run_body());
    // Whoever awaits it asks again, and is woken then.
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Loading(State::Ready(answer)),
        Poll::Pending => Loading(State::Begun(answer)),
    }
}
