//! Calls in place, while the server renders a page.

use leptos::server_fn::ServerFn;
use serde::{Serialize, de::DeserializeOwned};

use super::answer::{Answer, Awaited};
use crate::failure::{Failure, NoRefusal};

/// Calls a server function.
pub(super) fn call<Function>(arguments: String) -> Awaited
where
    Function: ServerFn<Error = Failure<NoRefusal>> + DeserializeOwned,
    Function::Output: Serialize,
{
    Box::pin(async move {
        let answered = match serde_qs::from_str::<Function>(&arguments) {
            Ok(input) => input.run_body().await,
            Err(_) => Err(Failure::Malformed),
        };
        let json = match &answered {
            Ok(output) => serde_json::to_string(output),
            Err(failure) => serde_json::to_string(failure),
        };
        // Text that isn't JSON reads as `Unreachable`.
        Answer::new(answered.is_err(), json.unwrap_or_default())
    })
}

/// The server renders pages, and sends nothing.
pub fn send(_: &'static str, _: String) -> Awaited {
    Box::pin(std::future::pending())
}
