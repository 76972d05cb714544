//! Forms that post.
//!
//! A form posts to its page's own address. The server calls its function: where the answer leads on, the browser is sent there;
//! otherwise the same page is written again, with a [`Replay`] of what was typed and of the answer. Nothing travels in an
//! address. With scripts a visit does the same, without loading the document again.

mod context;
mod replay;
mod submission;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use crate::failure::{Failure, Problem, Refusal};
use crate::paths;
use crate::ui::address::own_address;
use crate::ui::words::FUNCTION_FIELD;

pub use context::FormContext;
pub use replay::{Replay, refused_replay};
pub use submission::Submission;

/// The argument whose fields a form's inputs are, unless they stand in an [`Argument`](super::Argument).
const FORM: &str = "form";

/// A form for a server function; its inputs are fields of the function's argument `form`, or of the one that they stand in an
/// [`Argument`](super::Argument) for.
#[component]
pub fn Form<Function, R>(
    /// The server function's call.
    submission: Submission<Function>,
    /// Start of the ids of its inputs; differs between the forms of a page.
    #[prop(default = "field")]
    prefix: &'static str,
    /// Extra class.
    #[prop(default = "form")]
    class: &'static str,
    /// Address of the page that shows the answer, where that is another one.
    #[prop(optional, into)]
    address: Option<String>,
    /// Whether failures are shown on top of the form; a page that shows them elsewhere says no.
    #[prop(default = true)]
    summary: bool,
    /// The inputs and the button.
    children: Children,
) -> impl IntoView
where
    Function: ServerFn<Error = Failure<R>> + 'static,
    Function::Output: DeserializeOwned,
    R: Refusal,
{
    let failure = submission.failure();
    let is_signed_out = matches!(failure, Some(Failure::SignedOut));
    let problems = failure.map(|failure| failure.problems()).unwrap_or_default().into();
    let context = FormContext { problems, replay: submission.replay, prefix, argument: FORM };
    let summary = (summary && !context.problems.is_empty()).then(|| error_summary(&context, is_signed_out));
    form_of(Function::PATH, address.unwrap_or_else(own_address), class, summary, context, children)
}

/// A form, whatever its types.
fn form_of(
    function: &'static str,
    address: String,
    class: &'static str,
    summary: Option<AnyView>,
    context: FormContext,
    children: Children,
) -> AnyView {
    view! {
        <form class=class method="post" action=address novalidate>
            <input type="hidden" name=FUNCTION_FIELD value=function />
            {summary}
            <leptos::context::Provider value=context>{children()}</leptos::context::Provider>
        </form>
    }
    .into_any()
}

/// What is wrong, with a link to each field; it has the focus first.
fn error_summary(context: &FormContext, is_signed_out: bool) -> AnyView {
    let problems: Arc<[Problem]> = Arc::clone(&context.problems);
    let items = problems
        .iter()
        .map(|problem| {
            let message = problem.message.clone();
            match problem.field {
                Some(field) => view! { <li><a href=format!("#{}", context.id(field))>{message}</a></li> }.into_any(),
                None => view! { <li>{message}</li> }.into_any(),
            }
        })
        .collect_view();
    view! {
        <div class="form__error-summary" role="alert" tabindex="-1" autofocus>
            <h2 class="form__error-summary-title">"There is a problem"</h2>
            <ul>{items}</ul>
            {is_signed_out
                .then(|| {
                    view! {
                        <p>
                            <a href=paths::SIGN_IN target="_blank">"Sign in (opens a new tab)"</a>
                            ", then send the form again: what you typed stays here."
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}
