//! Calls over the network.

use leptos::server_fn::ServerFn;
use leptos::server_fn::client::Client;
use leptos::server_fn::client::browser::BrowserClient;
use leptos::server_fn::request::ClientReq;
use leptos::server_fn::request::browser::BrowserRequest;
use leptos::server_fn::response::ClientRes;
use leptos::server_fn::response::browser::BrowserResponse;

use super::answer::{Answer, Awaited};
use crate::failure::{Failure, NoRefusal};

type Reached<T> = Result<T, Failure<NoRefusal>>;

/// Calls a server function.
pub(super) fn call<Function: ServerFn>(arguments: String) -> Awaited {
    send(Function::PATH, arguments)
}

/// Sends arguments to the server function at `path`.
pub fn send(path: &'static str, arguments: String) -> Awaited {
    // An answer that never came reads as `Unreachable`.
    Box::pin(async move { reach(path, arguments).await.unwrap_or_else(|_| Answer::new(true, String::new())) })
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
