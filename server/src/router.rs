//! The routes and the layers around them.

use std::sync::{Arc, OnceLock};

use app::app::App;
use app::platform::respond::CalledByBrowser;
use app::platform::state::AppState;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, on, post};
use axum::{Router, middleware as axum_middleware};
use ipnetwork::IpNetwork;
use leptos::prelude::provide_context;
use leptos_axum::{generate_route_list, handle_server_fns_with_context};
use tower_http::catch_panic::CatchPanicLayer;

use crate::middleware::sessions::SessionLayer;
use crate::middleware::{compression, cross_site, host, request_id, security_headers, sessions};
use crate::{forms, limits, mailbox, pages, plain_page, probes, site, theme};

/// Everything that answers requests.
pub fn router(state: &AppState, trusted_proxies: Arc<[IpNetwork]>) -> Router {
    let pages = pages_and_functions();
    let session_layer = SessionLayer { state: state.clone(), trusted_proxies };
    Router::new()
        .route("/theme", post(theme::choose).layer(axum_middleware::from_fn(limits::buffer_form)))
        .route("/dev/mailbox/{id}/message", get(mailbox::message))
        .fallback(forms::serve)
        .with_state(pages)
        .layer(axum_middleware::from_fn_with_state(session_layer, sessions::layer))
        .layer(axum_middleware::from_fn_with_state(state.clone(), cross_site::layer))
        .layer(axum_middleware::from_fn(limits::layer))
        .route("/pkg/{*path}", get(site::package_file))
        .route("/assets/{*path}", get(site::asset_file))
        .layer(axum_middleware::from_fn_with_state(state.clone(), host::layer))
        .merge(probes::router(state.clone()))
        .layer(axum_middleware::from_fn(compression::layer))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(axum_middleware::from_fn_with_state(state.clone(), security_headers::layer))
        .layer(axum_middleware::from_fn(request_id::layer))
}

/// Pages and server functions.
fn pages_and_functions() -> Router {
    let mut router = Router::new();
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        if method == Method::POST {
            router = router.route(path, on(axum::routing::MethodFilter::POST, call));
        } else {
            // A mutating call must not be reachable by a link: no function may use another method.
            tracing::error!(path, %method, "a server function with another method than POST is not served");
        }
    }
    for page in page_addresses() {
        router = router.route(&page, get(pages::write));
    }
    router.route("/api/{*unknown}", get(unknown_function).post(unknown_function)).fallback(pages::write)
}

/// The addresses of all pages, as the route table has them. They are read once: while Leptos reads them, no page of this process
/// is written.
pub fn page_addresses() -> Vec<String> {
    static ADDRESSES: OnceLock<Vec<String>> = OnceLock::new();
    ADDRESSES.get_or_init(|| generate_route_list(App).iter().map(|route| route.path().to_owned()).collect()).clone()
}

/// A server function called over HTTP.
async fn call(request: Request) -> Response {
    let mut request = match limits::buffered(request).await {
        Ok(request) => request,
        Err(refusal) => return refusal,
    };
    // Only ever JSON: the answer to a plain form post is made by the layer in front.
    request.headers_mut().insert(header::ACCEPT, axum::http::HeaderValue::from_static("application/json"));
    request.headers_mut().remove(header::REFERER);
    let response = handle_server_fns_with_context(|| provide_context(CalledByBrowser), request).await.into_response();
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    // Arguments that can't be read are answered before the function runs, always with 500.
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, limits::FORM_LIMIT).await.unwrap_or_default();
    // A body that is not even text is "unreachable" to Leptos, for want of a better word.
    if matches!(&body[..], b"\"Malformed\"" | b"\"Unreachable\"") {
        parts.status = StatusCode::BAD_REQUEST;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::from("\"Malformed\""));
    }
    Response::from_parts(parts, Body::from(body))
}

async fn unknown_function() -> Response {
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "application/json")], "\"NotFound\"").into_response()
}

fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let incident = app::platform::incidents::report_panic();
    plain_page::page(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong on our side",
        &format!("If it happens again, tell your administrator this reference: {incident}"),
    )
}
