//! Sending a form.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use app::paths;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlFormElement};

use super::answers::{self, Answer, Kind};
use super::forms::Plan;
use super::messages::{self, Link};
use super::{course, showing};
use crate::dom;

/// Two presses within this time are one.
const TWO_PRESSES: i32 = 350;
/// After this time people are told that it takes longer.
const LONG: i32 = 10_000;

thread_local! {
    /// What was pressed a moment ago, and nothing of what was sent: that may be a secret.
    static LAST: RefCell<Option<Rc<Press>>> = const { RefCell::new(None) };
}

/// A form that was sent, and by which button.
type Press = (HtmlFormElement, Option<HtmlElement>);

/// Sends a form, and waits for as long as it takes. Nothing where nothing is to be shown: it was a second press, or what
/// happened has been told.
///
/// With an answer, the post has not ended: until it is shown ([`finish`]), visits wait and no other form is sent.
pub async fn send(plan: &Plan) -> Option<Answer> {
    if is_second_press(plan) {
        return None;
    }
    if course::is_posting() {
        messages::tell("Nexus still works on what you sent before.", None);
        return None;
    }
    course::set_posting(true);
    course::overtake(None);
    messages::clear();
    set_busy(plan, true);
    showing::set_waiting(Some("post"));
    let is_done = Rc::new(Cell::new(false));
    spawn_local(warn_later(Rc::clone(&is_done)));

    let answer = answers::post(&plan.address, &plan.pairs).await;

    is_done.set(true);
    match answer {
        Ok(answer) => match answer.kind() {
            Kind::Page | Kind::Bare if answer.status == 401 && !answer.is_redirected => ask_to_sign_in(plan),
            Kind::Page | Kind::Bare if answer.status < 500 => {
                messages::clear();
                return Some(answer);
            }
            _ => messages::tell_failed_post(&answer),
        },
        Err(_) => messages::tell_unsent(),
    }
    finish(plan, false);
    None
}

/// Ends a post, once its answer is shown; the visit that waited goes on, where the answer has led on. A post that leaves the
/// document never ends: nothing may be pressed meanwhile.
pub fn finish(plan: &Plan, has_led_on: bool) {
    course::set_posting(false);
    showing::set_waiting(None);
    set_busy(plan, false);
    super::going::go_on(has_led_on);
}

fn is_second_press(plan: &Plan) -> bool {
    let press = Rc::new((plan.form.clone(), plan.submitter.clone()));
    let is_last = |press: &Rc<Press>| LAST.with_borrow(|last| last.as_ref() == Some(press));
    if is_last(&press) {
        return true;
    }
    LAST.set(Some(Rc::clone(&press)));
    spawn_local(async move {
        dom::sleep(TWO_PRESSES).await;
        if LAST.with_borrow(|last| last.as_ref().is_some_and(|last| Rc::ptr_eq(last, &press))) {
            LAST.set(None);
        }
    });
    false
}

async fn warn_later(is_done: Rc<Cell<bool>>) {
    dom::sleep(LONG).await;
    if !is_done.get() {
        messages::tell("This takes longer. It may have been done already.", None);
    }
}

/// The button that was pressed keeps its width, and turns.
fn set_busy(plan: &Plan, is_busy: bool) {
    let button = plan.submitter.clone().or_else(|| dom::find_in(&plan.form, "button:not([type=button]), [type=submit]"));
    if let Some(button) = button {
        dom::set(&button, "aria-busy", is_busy.then_some("true"));
        if button.class_list().contains("button") {
            let _ = button.class_list().toggle_with_force("button--busy", is_busy);
        }
    }
}

/// The session has ended. The form stays as it is, with a way to sign in beside it.
fn ask_to_sign_in(plan: &Plan) {
    let link = Link { words: "Sign in (opens a new tab)", address: paths::SIGN_IN, opens_tab: true };
    messages::tell_in(&plan.form, "You have been signed out. Sign in, then send the form again: what you typed stays here.", link);
}
