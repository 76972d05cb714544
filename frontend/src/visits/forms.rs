//! Forms of this site.

use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{FormData, HtmlElement, HtmlFormElement, SubmitEvent, Url, UrlSearchParams};

use super::answers::{Answer, Kind};
use super::fields::{self, Secrets, Typed};
use super::going::{self, Destination, How};
use super::links::is_page;
use super::showing::{self, Focus, Scroll, Shown};
use super::{course, drafts, entries, parts, posts};
use crate::dom;

/// What submitting a form asks for.
pub struct Plan {
    /// The form.
    pub form: HtmlFormElement,
    /// The button that was pressed.
    pub submitter: Option<HtmlElement>,
    /// Where it leads.
    pub address: String,
    /// What it says.
    pub pairs: UrlSearchParams,
    /// Whether it is posted.
    pub is_post: bool,
}

impl Plan {
    /// What submitting a form asks for, where it is for us.
    pub fn of(event: &SubmitEvent) -> Option<Self> {
        if event.default_prevented() {
            return None;
        }
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let submitter = event.submitter();
        let asked = |of_button: &str, of_form: &str| {
            let by_button = submitter.as_ref().and_then(|button| button.get_attribute(of_button));
            by_button.or_else(|| form.get_attribute(of_form)).unwrap_or_default()
        };
        let is_post = match asked("formmethod", "method").as_str() {
            "post" => true,
            "" | "get" => false,
            _ => return None,
        };
        if !matches!(asked("formtarget", "target").as_str(), "" | "_self") || asked("formenctype", "enctype").starts_with("multipart") {
            return None;
        }
        let action = Some(asked("formaction", "action")).filter(|action| !action.is_empty()).unwrap_or_else(dom::here);
        let url = dom::own_address(&action).filter(|url| is_page(&url.pathname()))?;
        let pairs = pairs(&form, submitter.as_ref())?;
        if !is_post {
            url.set_search(&query(&pairs));
        }
        Some(Self { address: url.href(), form, submitter, pairs, is_post })
    }

    /// Where a search leads as it is typed now.
    pub fn searching(form: &HtmlFormElement) -> Option<Url> {
        let url = dom::own_address(&dom::get(form, "action"))?;
        url.set_search(&query(&pairs(form, None)?));
        Some(url)
    }
}

/// The pairs of a form as the browser would send them.
fn pairs(form: &HtmlFormElement, submitter: Option<&HtmlElement>) -> Option<UrlSearchParams> {
    let data = FormData::new_with_form(form).ok()?;
    if let Some((name, value)) = submitter.and_then(|button| Some((button.get_attribute("name")?, dom::get(button, "value")))) {
        let _ = data.append_with_str(&name, &value);
    }
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}

/// As an address says them: without those in which nothing is typed.
fn query(pairs: &UrlSearchParams) -> String {
    let all = web_sys::js_sys::Array::from(pairs);
    let filled =
        all.filter(&mut |pair, _, _| web_sys::js_sys::Array::from(&pair).get(1).as_string().is_some_and(|value| !value.is_empty()));
    let filled = UrlSearchParams::new_with_str_sequence_sequence(&filled);
    filled.as_ref().unwrap_or(pairs).to_string().into()
}

/// Listens to forms.
pub fn listen() {
    dom::listen::<SubmitEvent>(&dom::document(), "submit", |event| {
        let Some(plan) = Plan::of(event) else {
            return;
        };
        if plan.is_post {
            spawn_local(post(plan));
        } else {
            let how = if plan.form.has_attribute(app::ui::words::FOLLOW) { How::Search } else { How::Link };
            going::go(Destination { address: plan.address, how });
        }
        event.prevent_default();
    });
}

async fn post(plan: Plan) {
    // Whoever goes back meanwhile finds what was typed when they come again, unless it has been done.
    entries::save();
    let Some(answer) = posts::send(&plan).await else {
        return;
    };
    if let Some(has_led_on) = answered(&plan, answer).await {
        posts::finish(&plan, has_led_on);
    }
}

/// Shows a post's answer, and tells whether it led on; nothing where the document is left.
async fn answered(plan: &Plan, answer: Answer) -> Option<bool> {
    if answer.is_redirected {
        return led_on(plan, answer).await.then_some(true);
    }
    let turn = course::overtake(None);
    if answer.is_other() {
        // What was done is shown; what is done next needs the other release, or belongs to the other person.
        course::set_stale();
    }
    // What somebody typed is nothing for whoever is signed in by now.
    let is_own = !answer.is_for_another();
    let is_refused = answer.status >= 400;
    let mut typed = if is_own { typed_beside(plan) } else { Typed::new() };
    if is_refused && is_own {
        typed.extend(fields::typed_secrets(&plan.form));
    }
    let shown = Shown { focus: Focus::StayOn(focus_of(plan)), scroll: Scroll::Stay, typed, is_answer: true };
    let address = answer.url.clone();
    let note_address = move || {
        entries::push(&address);
        drafts::set_answer(is_refused && is_own);
    };
    showing::show(turn, answer, shown, note_address).await;
    Some(false)
}

/// A success that leads to a page; false where it is loaded into a new document.
async fn led_on(plan: &Plan, answer: Answer) -> bool {
    if answer.is_for_another() || answer.kind() == Kind::Bare {
        entries::leave();
        going::load(&answer.url, true);
        return false;
    }
    let is_same = dom::own_address(&answer.url).is_some_and(|url| dom::page_of(&url) == course::shown());
    let is_theme = is_theme(plan);
    if answer.is_other() {
        // Choosing colors sends nothing that was typed.
        if is_theme {
            entries::save();
        } else {
            entries::save_sent();
        }
        going::load(&answer.url, true);
        return false;
    }
    if is_theme && is_same {
        parts::show_theme(&answer, &plan.form);
        return true;
    }
    let turn = course::overtake(None);
    let shown = if is_same {
        Shown { focus: Focus::StayOn(focus_of(plan)), scroll: Scroll::Stay, typed: typed_beside(plan), is_answer: true }
    } else {
        Shown { focus: Focus::Start, scroll: Scroll::Start, ..Shown::default() }
    };
    let address = answer.url.clone();
    let note_address = move || {
        // What has been sent is no draft.
        entries::save_sent();
        entries::push(&address);
    };
    showing::show(turn, answer, shown, note_address).await;
    true
}

/// What is typed into the other forms of the page.
fn typed_beside(plan: &Plan) -> Typed {
    fields::typed(Secrets::With, drafts::is_answer(), |form| *form != plan.form)
}

/// Whether a form chooses the page's colors: nothing else on the page changes with them.
fn is_theme(plan: &Plan) -> bool {
    dom::own_address(&plan.address).is_some_and(|url| url.pathname() == app::paths::THEME)
}

/// What has the focus while a form is answered: an element of the page, or the one that a menu gives it back to.
fn focus_of(plan: &Plan) -> Option<String> {
    let focused = dom::focused().or_else(|| plan.submitter.clone())?;
    dom::selector_of(&focused)
}
