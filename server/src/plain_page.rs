//! The few pages that must work when nothing else does: plain HTML with the site's stylesheet.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::site;

/// A page with a title and one paragraph; both are our own words.
pub fn page(status: StatusCode, title: &str, explanation: &str) -> Response {
    let stylesheet = &site::assets().css;
    let body = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · Nexus</title><link rel=\"stylesheet\" href=\"{stylesheet}\"></head>\
         <body><main id=\"main\" class=\"problem\"><h1 class=\"problem__title\">{title}</h1><p>{explanation}</p>\
         <p><a href=\"/\">Go to the home page</a></p></main></body></html>"
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}
