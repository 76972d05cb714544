//! Forms that post.
//!
//! A form works the same with and without scripts. With scripts its server function is called and the answer shown in
//! place. Without, the browser posts to the page's own address; the server calls the same function and renders the same
//! page again, with a [`Replay`] of what was typed and of the answer. Nothing travels in an address.

use std::marker::PhantomData;

use leptos::form::form_data_from_event;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::web_sys;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::failure::{Failure, Problem, Refusal};
use crate::paths;
use crate::ui::address::address_of;
use crate::ui::call::{self, Answer};
pub use crate::ui::secret_input::is_secret;
use crate::values::go_to::{GoTo, Outcome};

/// Name of the hidden input that says which server function a posted form is for.
pub const FUNCTION_FIELD: &str = "_function";

/// The argument whose fields a form's inputs are, unless they stand in an [`Argument`](super::Argument).
const FORM: &str = "form";

/// A form that was posted without scripts: what was typed and what the server function answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Path of the server function.
    pub function: String,
    /// The posted pairs, without secrets.
    pub typed: Vec<(String, String)>,
    /// The answer's body, as JSON.
    pub answer: String,
    /// Whether the answer is a failure.
    pub failed: bool,
}

/// The replay that this page was rendered with, until the person goes to another page.
#[derive(Clone, Copy)]
struct CurrentReplay(StoredValue<Option<Replay>>);

/// Hands the replay from the server's rendering to the browser's, so that both see the same page.
pub fn provide_replay() {
    let replay = SharedValue::new(use_context::<Replay>).into_inner();
    let current = StoredValue::new(replay);
    provide_context(CurrentReplay(current));

    let location = use_location();
    Effect::new(move |earlier: Option<String>| {
        let path = location.pathname.get();
        if earlier.is_some_and(|earlier| earlier != path) {
            current.set_value(None);
        }
        path
    });
}

/// A form that was posted without scripts and refused, while the page is still the one that it was posted to.
pub(super) fn refused_replay() -> Option<Replay> {
    use_context::<CurrentReplay>().and_then(|current| current.0.get_value()).filter(|replay| replay.failed)
}

/// What stood in the inputs when the page was rendered from a post without scripts; never a secret.
type TypedPairs = StoredValue<Option<Vec<(String, String)>>>;

/// A server function being called by a form, and its last answer.
pub struct Submission<Function> {
    action: Action<String, Answer>,
    typed: TypedPairs,
    function: PhantomData<fn() -> Function>,
}

impl<Function> Clone for Submission<Function> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Function> Copy for Submission<Function> {}

impl<Function, R> Submission<Function>
where
    Function: ServerFn<Error = Failure<R>> + Serialize,
    Function::Output: DeserializeOwned,
    R: Refusal,
{
    /// Not sent yet, or answered already when the page was rendered from a post without scripts.
    #[expect(clippy::new_without_default, reason = "it reads the page's context, which no default does")]
    pub fn new() -> Self {
        let (action, typed) = action_of(Function::PATH);
        Self { action, typed, function: PhantomData }
    }

    /// Whether an answer is awaited.
    pub fn busy(&self) -> Signal<bool> {
        self.action.pending().into()
    }

    /// The last answer.
    pub fn answer(&self) -> Option<Result<Function::Output, Failure<R>>> {
        self.action.value().with(|answer| answer.as_ref().map(Answer::read))
    }

    /// The last success, for answers that are shown in place.
    pub fn success(&self) -> Option<Function::Output> {
        self.answer().and_then(Result::ok)
    }

    /// The last failure.
    pub fn failure(&self) -> Option<Failure<R>> {
        self.answer().and_then(Result::err)
    }

    /// What stood in an input, a field of this argument, when the form came back without scripts; never a secret.
    pub fn typed(&self, argument: &str, field: &str) -> Option<String> {
        let name = format!("{argument}[{field}]");
        self.typed.with_value(|typed| typed.as_ref()?.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()))
    }

    /// Calls the function without a form, for instance while somebody types.
    pub fn send(&self, input: &Function) {
        self.action.dispatch(call::arguments(input));
    }

    /// Forgets the last answer.
    pub fn clear(&self) {
        self.action.value().set(None);
    }

    /// How many answers have arrived; changes with each.
    pub fn version(&self) -> RwSignal<usize> {
        self.action.version()
    }
}

/// The call of the server function at `path`, and what was typed when the page was rendered from a post without scripts.
fn action_of(path: &'static str) -> (Action<String, Answer>, TypedPairs) {
    let replay = use_context::<CurrentReplay>().and_then(|current| current.0.get_value()).filter(|replay| replay.function == path);
    let answer = replay.as_ref().map(|replay| Answer::new(replay.failed, replay.answer.clone()));
    let action = Action::new_with_value(answer, move |arguments: &String| call::send(path, arguments.clone()));
    (action, StoredValue::new(replay.map(|replay| replay.typed)))
}

/// What the inputs of a form need to know about it.
#[derive(Clone, Copy)]
pub struct FormContext {
    problems: Signal<Vec<Problem>>,
    typed: TypedPairs,
    prefix: &'static str,
    argument: &'static str,
}

impl FormContext {
    /// The same form's inputs that are fields of another argument.
    #[must_use]
    pub const fn of(self, argument: &'static str) -> Self {
        Self { argument, ..self }
    }

    /// The name under which the server function finds a field.
    pub fn name(&self, field: &str) -> String {
        format!("{}[{field}]", self.argument)
    }

    /// The message that stands beside the input.
    pub fn problem(&self, field: &str) -> Option<String> {
        self.problems.with(|problems| problems.iter().find(|problem| problem.field == Some(field)).map(|problem| problem.message.clone()))
    }

    /// What was typed before the form came back, else `initial`.
    pub fn typed(&self, name: &str, initial: &str) -> String {
        self.typed.with_value(|typed| match typed {
            Some(pairs) => pairs.iter().find(|(key, _)| key == name).map_or_else(|| initial.to_owned(), |(_, value)| value.clone()),
            None => initial.to_owned(),
        })
    }

    /// Whether a box was ticked before the form came back, else `initial`.
    pub fn ticked(&self, name: &str, initial: bool) -> bool {
        self.typed.with_value(|typed| typed.as_ref().map_or(initial, |pairs| pairs.iter().any(|(key, _)| key == name)))
    }

    /// The element id of an input, unique on the page.
    pub fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.prefix)
    }
}

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
