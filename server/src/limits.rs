//! How large a request may be, and how long its body may take.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use crate::plain_page;

/// Most bytes of a form.
pub const FORM_LIMIT: usize = 1024 * 1024;
/// Most bytes of an address with its query.
const ADDRESS_LIMIT: usize = 8 * 1024;
/// How long the body of a request may take, however much of it comes meanwhile.
const BODY_WITHIN: Duration = Duration::from_secs(30);
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

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is larger than the limit, or ended early.
    TooLarge,
    /// It did not come in time.
    TooSlow,
}

impl Unread {
    /// The answer to a form.
    pub fn page(self) -> Response {
        match self {
            Self::TooLarge => too_large_page(),
            Self::TooSlow => plain_page::page(
                StatusCode::REQUEST_TIMEOUT,
                "This took too long",
                "The form did not arrive within half a minute. Go back and send it again.",
            ),
        }
    }

    /// The answer to a call of a server function.
    pub fn call(self) -> Response {
        let (status, failure) = match self {
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "\"TooLarge\""),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "\"Unreachable\""),
        };
        (status, [(header::CONTENT_TYPE, "application/json")], failure).into_response()
    }
}

/// Reads a whole body. Refuses what is too large or comes too slowly.
pub async fn read(body: Body) -> Result<Bytes, Unread> {
    read_within(body, BODY_WITHIN).await
}

async fn read_within(body: Body, limit: Duration) -> Result<Bytes, Unread> {
    match timeout(limit, to_bytes(body, FORM_LIMIT)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Unread::TooLarge),
        Err(_) => Err(Unread::TooSlow),
    }
}

/// Reads the whole body of a call, so that the limits hold for server functions too: Leptos reads them without any.
pub async fn buffered(request: Request) -> Result<Request, Response> {
    let (parts, body) = request.into_parts();
    match read(body).await {
        Ok(bytes) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Err(unread) => Err(unread.call()),
    }
}

/// Reads the whole body of a form before its handler runs.
pub async fn buffer_form(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read(body).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(unread) => unread.page(),
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
    if request.uri().path().starts_with("/api/") { Unread::TooLarge.call() } else { too_large_page() }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    async fn tell_length(request: Request) -> Response {
        match read_within(request.into_body(), Duration::from_millis(300)).await {
            Ok(bytes) => bytes.len().to_string().into_response(),
            Err(unread) => unread.call(),
        }
    }

    #[tokio::test]
    async fn a_body_must_come_whole_and_in_time() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(async move { axum::serve(listener, Router::new().route("/", post(tell_length))).await.unwrap() });
        for (body, expected) in [("0123456789", "HTTP/1.1 200"), ("0123", "HTTP/1.1 408"), ("", "HTTP/1.1 408")] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let request = format!("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{body}");
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut received = [0_u8; 12];
            stream.read_exact(&mut received).await.unwrap();
            assert_eq!(String::from_utf8_lossy(&received), expected, "{body}");
        }
        serving.abort();
    }
}
