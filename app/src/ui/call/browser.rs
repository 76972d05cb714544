//! Calls over the network, for islands.
//!
//! They send and receive text, and read it into types where it is used: the machinery of calls then exists once in the
//! WebAssembly, not once for each function.

use leptos::server_fn::ServerFn;
use leptos::server_fn::client::Client;
use leptos::server_fn::client::browser::BrowserClient;
use leptos::server_fn::request::ClientReq;
use leptos::server_fn::request::browser::BrowserRequest;
use leptos::server_fn::response::ClientRes;
use leptos::server_fn::response::browser::BrowserResponse;
use serde::{Serialize, de::DeserializeOwned};

use super::answer::Answer;
use crate::failure::{Failure, NoRefusal, Refusal};

type Reached<T> = Result<T, Failure<NoRefusal>>;

/// Calls a server function from the browser.
pub async fn ask<Function, R>(input: &Function) -> Result<Function::Output, Failure<R>>
where
    Function: ServerFn<Error = Failure<R>> + Serialize,
    Function::Output: DeserializeOwned,
    R: Refusal,
{
    // Arguments that can't be written are answered like those that can't be read.
    let arguments = serde_qs::to_string(input).map_err(|_| Failure::Malformed)?;
    // An answer that never came reads as `Unreachable`.
    reach(Function::PATH, arguments).await.unwrap_or_else(|_| Answer::new(true, String::new())).read()
}

async fn reach(path: &'static str, arguments: String) -> Reached<Answer> {
    let request: Reached<BrowserRequest> =
        BrowserRequest::try_new_post(path, "application/json", "application/x-www-form-urlencoded", arguments);
    let response: Reached<BrowserResponse> = <BrowserClient as Client<Failure<NoRefusal>>>::send(request?).await;
    let response = response?;
    let status = <BrowserResponse as ClientRes<Failure<NoRefusal>>>::status(&response);
    let json: Reached<String> = response.try_into_string().await;
    Ok(Answer::new(status >= 400, json?))
}
