//! The colours that a person chose: in a cookie, so that the first paint is right.

use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use crate::plain_page;

const COOKIE: &str = "nexus-theme";

/// The posted choice.
#[derive(Deserialize)]
pub struct Choice {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    next: String,
}

/// Keeps the choice and goes back to the page.
pub async fn choose(choice: Result<Form<Choice>, FormRejection>) -> Response {
    let choice = match choice {
        Ok(Form(choice)) => choice,
        Err(refusal) => {
            return plain_page::page(refusal.status(), "The form could not be read", "Open the page again and choose once more.");
        }
    };
    let (value, age) = match choice.theme.as_str() {
        "light" => ("light", 34_560_000),
        "dark" => ("dark", 34_560_000),
        _ => ("", 0),
    };
    let next = app::paths::own_page_or_home(&choice.next).to_owned();
    let cookie = format!("{COOKIE}={value}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly");
    (StatusCode::SEE_OTHER, [(header::LOCATION, next), (header::SET_COOKIE, cookie)]).into_response()
}

/// The choice that the browser sent.
pub fn chosen(headers: &HeaderMap) -> Option<&'static str> {
    match CookieJar::from_headers(headers).get(COOKIE)?.value() {
        "light" => Some("light"),
        "dark" => Some("dark"),
        _ => None,
    }
}
