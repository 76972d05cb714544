//! The page's own status: decided before its first byte.

use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Where a page's status and redirect are set; taken while the page is built, used once its data is known.
#[derive(Clone)]
pub struct PageStatus {
    response: Option<ResponseOptions>,
}

impl PageStatus {
    /// Of the page being written.
    pub fn here() -> Self {
        Self { response: use_context::<ResponseOptions>() }
    }

    /// Sets the status of the page.
    pub fn set(&self, status: u16) {
        if let (Some(response), Ok(status)) = (&self.response, http::StatusCode::from_u16(status)) {
            response.set_status(status);
        }
    }

    /// Goes to another page instead, with a 303.
    pub fn go_to(&self, path: &str) {
        if let (Some(response), Ok(location)) = (&self.response, http::HeaderValue::from_str(path)) {
            response.insert_header(http::header::LOCATION, location);
            response.set_status(http::StatusCode::SEE_OTHER);
        }
    }
}
