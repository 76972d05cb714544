//! Where a finished form leads.

use serde::{Deserialize, Serialize};

/// The page that follows a finished form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoTo {
    /// An own page, with its query.
    pub path: String,
    /// Whether the browser loads the page anew: the session changed, so nothing shown before may stay.
    pub afresh: bool,
}

impl GoTo {
    /// Goes on within the application.
    pub fn page(path: impl Into<String>) -> Self {
        Self { path: path.into(), afresh: false }
    }

    /// Goes on with a page loaded anew, because who is signed in has changed.
    pub fn page_afresh(path: impl Into<String>) -> Self {
        Self { path: path.into(), afresh: true }
    }
}

/// What a form's function answers when it succeeds: shown where the form stood, or leading to another page.
pub trait Outcome {
    /// The page that follows; `None` when the answer is shown in place of the form.
    fn go_to(&self) -> Option<&GoTo> {
        None
    }
}

impl Outcome for GoTo {
    fn go_to(&self) -> Option<&GoTo> {
        Some(self)
    }
}
