//! The page's own status: decided before its first byte.

#[cfg(feature = "ssr")]
use leptos::prelude::use_context;
#[cfg(feature = "ssr")]
use leptos_axum::ResponseOptions;

/// Where a page's status and redirect are set; taken while the page is built, used once its data is known.
#[derive(Clone)]
pub struct PageStatus {
    #[cfg(feature = "ssr")]
    response: Option<ResponseOptions>,
}

impl PageStatus {
    /// Of the page being built.
    pub fn here() -> Self {
        Self {
            #[cfg(feature = "ssr")]
            response: use_context::<ResponseOptions>(),
        }
    }

    /// Sets the status of the page; in the browser there is none.
    #[cfg_attr(not(feature = "ssr"), expect(unused_variables, reason = "a page in the browser has no status"))]
    pub fn set(&self, status: u16) {
        #[cfg(feature = "ssr")]
        if let (Some(response), Ok(status)) = (&self.response, http::StatusCode::from_u16(status)) {
            response.set_status(status);
        }
    }

    /// Goes to another page instead: with a 303 from the server, by loading it in the browser.
    pub fn go_to(&self, path: &str) {
        #[cfg(feature = "ssr")]
        if let (Some(response), Ok(location)) = (&self.response, http::HeaderValue::from_str(path)) {
            response.insert_header(http::header::LOCATION, location);
            response.set_status(http::StatusCode::SEE_OTHER);
        }
        #[cfg(not(feature = "ssr"))]
        {
            let _ = leptos::prelude::window().location().assign(path);
        }
    }
}
