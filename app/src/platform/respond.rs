//! From a use case's result to the answer's status.

use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::request::{self, Working};
use crate::failure::{Failure, Refusal};
use crate::values::go_to::Outcome;

/// The whole body of a server function: runs `work` to completion for the present request, and sets the answer's status.
pub async fn serve<T, R, Work>(work: impl FnOnce(Working) -> Work) -> Result<T, Failure<R>>
where
    Work: Future<Output = Result<T, Failure<R>>> + Send + 'static,
    T: Outcome + Send + 'static,
    R: Refusal,
{
    let request = request::current().await?;
    respond(request.to_completion(work).await)
}

/// Sets the status of a server function's answer, and the address that a form without scripts goes on to.
///
/// Pages call server functions too while they are rendered; they set their own status, so nothing is done for them.
pub fn respond<T: Outcome, R: Refusal>(result: Result<T, Failure<R>>) -> Result<T, Failure<R>> {
    if let (Some(_), Some(response)) = (use_context::<CalledByBrowser>(), use_context::<ResponseOptions>()) {
        match &result {
            Ok(outcome) => {
                if let Some(location) = outcome.go_to().and_then(|go_to| HeaderValue::from_str(&go_to.path).ok()) {
                    response.insert_header(header::LOCATION, location);
                }
            }
            Err(failure) => {
                response.set_status(StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
                if let Failure::TooManyAttempts { wait_seconds } = failure {
                    response.insert_header(header::RETRY_AFTER, HeaderValue::from(*wait_seconds));
                }
            }
        }
    }
    result
}

/// Context of a server function that was called over HTTP, not by a page being rendered.
#[derive(Clone, Copy, Debug)]
pub struct CalledByBrowser;
