//! How large a request may be, and how many are served at once.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::plain_page;

/// Most bytes of a form.
pub const FORM_LIMIT: usize = 1024 * 1024;
/// Most bytes of an address with its query.
const ADDRESS_LIMIT: usize = 8 * 1024;
/// Seconds after which whoever was told to come back should do so.
const COME_BACK_AFTER: HeaderValue = HeaderValue::from_static("2");

/// Refuses what is too large before anything else looks at it, and says when to come back where the database is away.
pub async fn layer(request: Request, next: Next) -> Response {
    let length = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<usize>().ok());
    let address_length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address_length > ADDRESS_LIMIT {
        return plain_page::page(StatusCode::URI_TOO_LONG, "This address is too long", "An address may hold up to 8,000 characters.");
    }
    if length.is_some_and(|length| length > FORM_LIMIT) {
        return too_large(&request);
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(COME_BACK_AFTER);
    }
    response
}

/// Reads the whole body of a call, so that the limit holds for server functions too: Leptos reads them without one.
pub async fn buffered(request: Request) -> Result<Request, Response> {
    let (parts, body) = request.into_parts();
    match to_bytes(body, FORM_LIMIT).await {
        Ok(bytes) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Err(_) => Err(too_large_call()),
    }
}

/// The page that names the limit.
pub fn too_large_page() -> Response {
    plain_page::page(
        StatusCode::PAYLOAD_TOO_LARGE,
        "This is too large",
        "A form may hold up to 1 MB. Shorten what you entered, or send it in several parts.",
    )
}

fn too_large(request: &Request) -> Response {
    if request.uri().path().starts_with("/api/") { too_large_call() } else { too_large_page() }
}

fn too_large_call() -> Response {
    (StatusCode::PAYLOAD_TOO_LARGE, [(header::CONTENT_TYPE, "application/json")], "\"TooLarge\"").into_response()
}
