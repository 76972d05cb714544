//! Pages: from the route table to HTML.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use app::app::shell;
use app::ui::form::Replay;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::Response;
use futures::{Stream, StreamExt, stream};
use leptos::IntoView;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::handle_response_inner;

use crate::{site, theme};

/// Pages that strangers see first: they work without scripts, so they load none.
const WITHOUT_SCRIPTS: [&str; 2] = [app::paths::SIGN_IN, app::paths::TWO_FACTOR];

/// What Leptos puts between texts and in the place of nothing, so that scripts could take a page over. None does.
const MARKS: [&str; 2] = ["<!>", "<!--<() />-->"];

type Texts = Pin<Box<dyn Stream<Item = String> + Send>>;

/// Writes the page of the request's address.
pub async fn write(request: Request) -> Response {
    handle_response_inner(context, document, request, |page, scripts, _| whole(page, scripts)).await
}

fn context() {
    let replay = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Arc<Replay>>().cloned());
    if let Some(replay) = replay {
        provide_context(replay);
    }
}

fn document() -> impl IntoView {
    let parts = use_context::<Parts>();
    let theme = parts.as_ref().and_then(|parts| theme::chosen(&parts.headers));
    let is_interactive = parts.is_none_or(|parts| !WITHOUT_SCRIPTS.contains(&parts.uri.path()));
    shell(site::assets().clone(), theme, is_interactive)
}

/// The page in one piece, as its status is known only at its end; without marks, and without the scripts by which Leptos would hand
/// its data to the browser.
fn whole<Page: IntoView + 'static>(page: Page, _scripts: Box<dyn FnOnce() -> Texts + Send>) -> Pin<Box<dyn Future<Output = Texts> + Send>> {
    Box::pin(async move {
        let page: String = page.to_html_stream_in_order().collect().await;
        let page = without_marks(page);
        Box::pin(stream::once(async move { page })) as Texts
    })
}

fn without_marks(page: String) -> String {
    MARKS.iter().fold(page, |page, mark| page.replace(mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_and_nothing_else() {
        for (written, shown) in [
            ("<!DOCTYPE html><p>a<!>b<!--<() />--></p>", "<!DOCTYPE html><p>ab</p>"),
            ("<!><!><p>Zoë<!></p><!>", "<p>Zoë</p>"),
            ("<!-- kept --><!", "<!-- kept --><!"),
            ("", ""),
        ] {
            assert_eq!(without_marks(written.to_owned()), shown, "{written}");
        }
    }
}
