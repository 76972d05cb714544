//! The HTML of a mail in the development mailbox, for the frame that shows it.

use app::features::mailbox::message_html;
use app::platform::incidents;
use app::platform::request::RequestContext;
use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::middleware::security_headers::OwnPolicy;
use crate::plain_page;

/// A mail comes with styles inside its HTML, so it gets a policy that allows them and nothing else: no scripts, no pictures, no
/// forms, an origin of its own, and only pages of this site may frame it.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'");

/// Answers with the message; "not found" where there is no mailbox or no such mail.
pub async fn message(Extension(context): Extension<RequestContext>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else {
        return not_found();
    };
    match message_html(&context.state, id).await {
        Ok(Some(html)) => {
            let headers =
                [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (header::CONTENT_SECURITY_POLICY, POLICY)];
            (Extension(OwnPolicy), headers, html).into_response()
        }
        Ok(None) => not_found(),
        Err(fault) => {
            let incident = incidents::report(&fault);
            plain_page::page(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The mail could not be read",
                &format!("This reference stands in the log: {incident}"),
            )
        }
    }
}

fn not_found() -> Response {
    plain_page::page(StatusCode::NOT_FOUND, "Page not found", "There is no such mail.")
}
