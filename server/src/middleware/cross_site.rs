//! Refuses requests that another site makes a browser send, before their body is read (S-14).
//!
//! Leptos has no such guard. `tower_http`'s lets requests pass that have neither header; here they are refused, because every
//! browser sends at least one with a form.

use app::platform::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

use crate::plain_page;

/// Lets safe methods through, and others only from this site's own pages.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if is_safe(request.method()) || comes_from_own_page(request.headers(), &state.settings.public_url) {
        return next.run(request).await;
    }
    tracing::warn!(path = %request.uri().path(), "refused a request from another site");
    plain_page::page(
        StatusCode::FORBIDDEN,
        "This request came from another site",
        "Nexus only accepts forms that were filled in on its own pages. Open the page here and try again.",
    )
    .into_response()
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn comes_from_own_page(headers: &HeaderMap, own_origin: &str) -> bool {
    let text = |name: &header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text(&header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    if let Some(origin) = text(&header::ORIGIN) {
        return origin == own_origin;
    }
    text(&header::REFERER)
        .and_then(|referer| Url::parse(referer).ok())
        .is_some_and(|referer| referer.origin().ascii_serialization() == own_origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const OWN: &str = "https://people.example.org";

    fn passes(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
        comes_from_own_page(&headers, OWN)
    }

    #[test]
    fn own_pages_pass() {
        assert!(passes(&[("sec-fetch-site", "same-origin")]));
        assert!(passes(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(passes(&[("origin", OWN)]));
        assert!(passes(&[("referer", "https://people.example.org/sign-in")]));
    }

    #[test]
    fn everybody_else_is_refused() {
        for pairs in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", OWN)],
            &[("origin", "null")],
            &[("origin", "https://people.example.org.evil.example")],
            &[("origin", "http://people.example.org")],
            &[("referer", "https://evil.example/?https://people.example.org")],
        ] {
            assert!(!passes(pairs), "{pairs:?}");
        }
    }
}
