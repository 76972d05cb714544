//! Posted forms.
//!
//! A form posts to the address of its page, with scripts and without, and names the server function in a hidden input. The
//! function is called just as an island would call it; then
//!
//! * a success that leads somewhere becomes a 303 to that page,
//! * anything else shows the same page again, with what was typed (never secrets) and the answer, in the same response.
//!
//! So refusals and one-time results need neither an address nor a cookie to travel in, and Leptos' own fallback, which
//! redirects to the raw `Referer` with the error in its query, is never reached.

use std::sync::Arc;

use app::ui::call::Answer;
use app::ui::form::Replay;
use app::ui::is_secret;
use app::ui::words::FUNCTION_FIELD;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;

use crate::{limits, plain_page};

/// Serves pages, and forms posted to them.
pub async fn serve(State(pages): State<Router>, request: Request) -> Response {
    if request.method() != Method::POST || request.uri().path().starts_with("/api/") {
        return run(pages, request).await;
    }
    let (parts, body) = request.into_parts();
    let is_form =
        parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !is_form {
        return plain_page::page(StatusCode::UNSUPPORTED_MEDIA_TYPE, "This is not a form of Nexus", "Open the page and fill in its form.");
    }
    let bytes = match limits::read(body).await {
        Ok(bytes) => bytes,
        Err(unread) => return unread.page(),
    };
    let pairs: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
    let function = pairs.iter().find(|(name, _)| name == FUNCTION_FIELD).map(|(_, value)| value.clone());
    let Some((function, function_address)) =
        function.filter(|path| is_function(path)).and_then(|path| path.parse::<Uri>().ok().map(|address| (path, address)))
    else {
        return plain_page::page(
            StatusCode::BAD_REQUEST,
            "The form could not be read",
            "Open the page again and fill in its form once more.",
        );
    };

    let mut call = Request::new(Body::from(bytes));
    *call.method_mut() = Method::POST;
    *call.uri_mut() = function_address;
    *call.headers_mut() = parts.headers.clone();
    *call.extensions_mut() = parts.extensions.clone();
    call.headers_mut().remove(header::CONTENT_LENGTH);
    call.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let answer = run(pages.clone(), call).await;

    let status = answer.status();
    if status.is_success()
        && let Some(location) = answer.headers().get(header::LOCATION)
    {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, location.clone())]).into_response();
    }
    let retry_after = answer.headers().get(header::RETRY_AFTER).cloned();
    let Ok(answer) = to_bytes(answer.into_body(), usize::MAX).await else {
        return plain_page::page(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", "The answer could not be read. Try again.");
    };
    let typed = pairs.into_iter().filter(|(name, _)| name != FUNCTION_FIELD && !is_secret(name)).collect();
    let replay = Arc::new(Replay { function, typed, answer: Answer::new(!status.is_success(), text(&answer)) });

    let mut page = Request::new(Body::empty());
    *page.uri_mut() = parts.uri;
    *page.headers_mut() = parts.headers;
    *page.extensions_mut() = parts.extensions;
    for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::IF_NONE_MATCH] {
        page.headers_mut().remove(name);
    }
    page.extensions_mut().insert(replay);
    let mut page = run(pages, page).await;
    if page.status() == StatusCode::OK {
        *page.status_mut() = status;
        if let Some(retry_after) = retry_after {
            page.headers_mut().insert(header::RETRY_AFTER, retry_after);
        }
    }
    page
}

async fn run(pages: Router, request: Request) -> Response {
    match pages.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn is_function(path: &str) -> bool {
    leptos::server_fn::axum::server_fn_paths().any(|(known, _)| known == path)
}

fn text(bytes: &Bytes) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
