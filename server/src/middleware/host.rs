//! A page asked for under another host is redirected to the configured one, so that cookies and links have one home.

use app::platform::state::AppState;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::plain_page;

/// Redirects pages; what is posted goes on to the cross-site guard. Probes of the machinery never come here.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let own_host = state.settings.public_url.split_once("://").map_or("", |(_, host)| host);
    let asked_host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str));
    let path = request.uri().path();
    if path.starts_with("//") || path.contains('\\') {
        // Written into a page, it would name another host.
        return plain_page::page(StatusCode::NOT_FOUND, "Page not found", "There is no such page.");
    }
    if asked_host == Some(own_host) {
        return next.run(request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        // The cross-site guard decides: a form of the own page names the own origin.
        return next.run(request).await;
    }
    let path_and_query = request.uri().path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("{}{path_and_query}", state.settings.public_url))]).into_response()
}
