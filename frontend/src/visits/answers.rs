//! What the server answered, and whether it is ours.

use std::cell::Cell;
use std::rc::Rc;

use app::ui::words::{PAGE, RELEASE};
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, Document, DomParser, Element, Headers, RequestInit, Response, SupportedType, UrlSearchParams};

use super::course;
use crate::dom;

/// How long a page may take. A post may take as long as it does.
const LIMIT: i32 = 10_000;

/// An answer, read whole.
pub struct Answer {
    /// HTTP's status.
    pub status: u16,
    /// The address that answered.
    pub url: String,
    /// Whether another address was asked.
    pub is_redirected: bool,
    /// The page, where it is one.
    pub page: Option<Document>,
}

/// What an answer is to us.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page of the application.
    Page,
    /// A page of the application that loads no scripts: it gets a document of its own.
    Bare,
    /// Something to be saved or shown by the browser.
    File,
    /// Not from the application, or not in working order.
    Foreign,
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody waits for it any more.
    Overtaken,
    /// It took too long.
    Late,
    /// The server can't be reached, or what it said was lost.
    Unreached,
}

impl Answer {
    /// What the answer is to us.
    pub fn kind(&self) -> Kind {
        let Some(page) = self.root() else {
            return if self.status < 400 { Kind::File } else { Kind::Foreign };
        };
        if dom::find_in(&page, &format!("main[{PAGE}]")).is_none() {
            return Kind::Foreign;
        }
        if dom::find_in(&page, "script[type=module][src]").is_none() { Kind::Bare } else { Kind::Page }
    }

    /// The element around everything of the page.
    pub fn root(&self) -> Option<Element> {
        self.page.as_ref()?.document_element()
    }

    /// Whether another build wrote it than the one that runs here, or another person looks at it.
    pub fn is_other(&self) -> bool {
        self.root().is_some_and(|page| !course::is_known(&dom::get(&page, RELEASE), &course::person_of(&page)))
    }

    /// Whether somebody else looks at it.
    pub fn is_for_another(&self) -> bool {
        self.root().is_some_and(|page| course::person_of(&page) != course::person())
    }

    /// What one of our own pages says about a failure.
    pub fn words(&self) -> Option<String> {
        let page = self.root()?;
        let words = |selector: &str| {
            let text = dom::find_in(&page, selector)?.text_content()?;
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        if let Some(problem) = words(".form__error-summary li") {
            return Some(problem);
        }
        let title = words(".problem__title")?;
        Some(match words(".problem__title ~ p, .problem__explanation") {
            Some(explanation) => format!("{title}. {explanation}"),
            None => title,
        })
    }
}

/// Fetches a page, unless it takes too long; with a controller, others may give it up before.
pub async fn get(address: &str, controller: Option<AbortController>) -> Result<Answer, Trouble> {
    let request = RequestInit::new();
    let Some(controller) = controller.or_else(|| AbortController::new().ok()) else {
        return fetch(address, &request).await.ok_or(Trouble::Unreached);
    };
    request.set_signal(Some(&controller.signal()));
    let (is_done, is_late) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
    spawn_local({
        let (is_done, is_late, controller) = (Rc::clone(&is_done), Rc::clone(&is_late), controller.clone());
        async move {
            dom::sleep(LIMIT).await;
            if !is_done.get() {
                is_late.set(true);
                controller.abort();
            }
        }
    });
    let answer = fetch(address, &request).await;
    is_done.set(true);
    answer.ok_or_else(|| match (is_late.get(), controller.signal().aborted()) {
        (true, _) => Trouble::Late,
        (false, true) => Trouble::Overtaken,
        (false, false) => Trouble::Unreached,
    })
}

/// Posts a form. It is never given up: whatever the wait, it may have been done.
pub async fn post(address: &str, pairs: &UrlSearchParams) -> Result<Answer, Trouble> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(pairs);
    fetch(address, &request).await.ok_or(Trouble::Unreached)
}

async fn fetch(address: &str, request: &RequestInit) -> Option<Answer> {
    let headers = Headers::new().ok()?;
    headers.set("Accept", "text/html").ok()?;
    request.set_headers(&headers);
    let response: Response = JsFuture::from(dom::window().fetch_with_str_and_init(address, request)).await.ok()?.unchecked_into();
    let is_html = response.headers().get("Content-Type").ok()?.is_some_and(|kind| kind.starts_with("text/html"));
    let page = if is_html {
        let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
        DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()
    } else {
        None
    };
    Some(Answer { status: response.status(), url: response.url(), is_redirected: response.redirected(), page })
}
