//! Every request has an id, which stands in its log lines and in the answer.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id and logs its outcome, without its query: that may hold a token.
pub async fn layer(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::from_bytes(app::platform::randomness::Randomness::system().bytes().unwrap_or_default()).simple().to_string();
    let span = tracing::info_span!("http", id = %id, method = %request.method(), path = %request.uri().path());
    let started = tokio::time::Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| {
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(status = response.status().as_u16(), milliseconds, "answered");
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
