//! Forms that post.
//!
//! A form works the same with and without scripts. With scripts its server function is called and the answer shown in
//! place. Without, the browser posts to the page's own address; the server calls the same function and renders the same
//! page again, with a [`Replay`] of what was typed and of the answer. Nothing travels in an address.

mod context;
mod replay;
mod submission;

use leptos::form::form_data_from_event;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::web_sys;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use serde::{Serialize, de::DeserializeOwned};

use crate::failure::{Failure, Problem, Refusal};
use crate::paths;
use crate::ui::address::address_of;
use crate::ui::call::Answer;
pub use crate::ui::secret_input::is_secret;
use crate::values::go_to::{GoTo, Outcome};

pub use context::FormContext;
use context::TypedPairs;
pub(super) use replay::refused_replay;
pub use replay::{Replay, provide_replay};
pub use submission::Submission;

/// Name of the hidden input that says which server function a posted form is for.
pub const FUNCTION_FIELD: &str = "_function";

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
    /// Whether failures are shown on top of the form; a page that shows them elsewhere says no.
    #[prop(default = true)]
    summary: bool,
    /// What a success does in place of leading to another page.
    #[prop(optional_no_strip)]
    on_success: Option<Callback<()>>,
    /// The inputs and the button.
    children: Children,
) -> impl IntoView
where
    Function: ServerFn<Error = Failure<R>> + Serialize + 'static,
    Function::Output: Outcome + DeserializeOwned,
    R: Refusal,
{
    let call = FormCall {
        path: Function::PATH,
        action: submission.action,
        typed: submission.typed,
        problems: Signal::derive(move || submission.failure().map(|failure| failure.problems()).unwrap_or_default()),
        go_to: Signal::derive(move || submission.success().and_then(|output| output.go_to().cloned())),
        on_success,
        is_signed_out: Signal::derive(move || matches!(submission.failure(), Some(Failure::SignedOut))),
    };
    form_of(call, prefix, class, summary, children)
}

/// What a form does with its server function, whatever its types.
struct FormCall {
    path: &'static str,
    action: Action<String, Answer>,
    typed: TypedPairs,
    problems: Signal<Vec<Problem>>,
    go_to: Signal<Option<GoTo>>,
    on_success: Option<Callback<()>>,
    is_signed_out: Signal<bool>,
}

fn form_of(call: FormCall, prefix: &'static str, class: &'static str, summary: bool, children: Children) -> AnyView {
    let FormCall { path, action, typed, problems, go_to, on_success, is_signed_out } = call;
    let context = FormContext { problems, typed, prefix, argument: FORM };

    let location = use_location();
    let own_address = move || address_of(&location);

    let summary_element = NodeRef::<html::Div>::new();
    let navigate = use_navigate();
    let version = action.version();
    Effect::new(move |earlier: Option<usize>| {
        let version = version.get();
        if earlier.is_none_or(|earlier| earlier == version) {
            return version;
        }
        let failed = problems.with_untracked(|problems| !problems.is_empty());
        if let Some(on_success) = on_success.filter(|_| !failed) {
            on_success.run(());
        } else if let Some(go_to) = go_to.get_untracked() {
            if go_to.afresh {
                let _ = window().location().assign(&go_to.path);
            } else {
                navigate(&go_to.path, NavigateOptions::default());
            }
        } else if failed {
            // The summary appears in the course of this turn.
            request_animation_frame(move || {
                // The page may have been left meanwhile.
                if let Some(element) = summary_element.try_get_untracked().flatten() {
                    let _ = element.focus();
                }
            });
        }
        version
    });

    let on_submit = move |event: web_sys::SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        if action.pending().get_untracked() {
            return;
        }
        match form_data_from_event(&event) {
            Ok(data) => {
                action.dispatch(pairs(&data));
            }
            Err(error) => leptos::logging::error!("the form could not be read: {error:?}"),
        }
    };

    view! {
        <form class=class method="post" action=own_address novalidate on:submit=on_submit>
            <input type="hidden" name=FUNCTION_FIELD value=path />
            <Show when=move || summary && !problems.get().is_empty()>
                <div class="form__error-summary" role="alert" tabindex="-1" node_ref=summary_element>
                    <h2 class="form__error-summary-title">"There is a problem"</h2>
                    <ul>
                        {move || {
                            problems
                                .get()
                                .into_iter()
                                .map(|problem| match problem.field {
                                    Some(field) => {
                                        view! { <li><a href=format!("#{}", context.id(field)) rel="external">{problem.message}</a></li> }.into_any()
                                    }
                                    None => view! { <li>{problem.message}</li> }.into_any(),
                                })
                                .collect_view()
                        }}
                    </ul>
                    <Show when=move || is_signed_out.get()>
                        <p><a href=paths::SIGN_IN target="_blank" rel="external">"Sign in (opens a new tab)"</a>", then send the form again: what you typed stays here."</p>
                    </Show>
                </div>
            </Show>
            <leptos::context::Provider value=context>{children()}</leptos::context::Provider>
        </form>
    }
    .into_any()
}

/// The pairs of a form as the browser would post them.
fn pairs(data: &web_sys::FormData) -> String {
    // A form's data is a sequence of pairs of strings: Nexus' forms carry no files.
    web_sys::UrlSearchParams::new_with_str_sequence_sequence(data).map(|pairs| String::from(pairs.to_string())).unwrap_or_default()
}
