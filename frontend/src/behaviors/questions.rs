//! Questions in place: the page of a question is fetched, and its question asked in a dialog over the page one is on.
//!
//! A refusal and a receipt stay in the dialog; an answer that leads on closes it, and the page behind is read again. The browser's
//! history knows nothing of it.

use app::ui::words::{ASK, ASK_TITLE, CLOSE};
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlAnchorElement, HtmlDialogElement, MouseEvent, SubmitEvent, Url};

use super::dialogs;
use crate::dom;
use crate::visits::{self, Answer, Destination, How, Kind, Plan};

/// What became of a form in a dialog.
#[derive(PartialEq, Eq)]
enum Outcome {
    /// The dialog has closed.
    LedOn,
    /// The dialog says what was done.
    Receipt,
    /// The dialog asks again.
    Refusal,
}

/// Listens to links that ask, and to what is done in a dialog.
pub fn listen() {
    dom::listen::<MouseEvent>(&dom::document(), "click", clicked);
    dom::listen::<SubmitEvent>(&dom::document(), "submit", |event| {
        let Some(dialog) = dom::around(event, "dialog.dialog") else {
            return;
        };
        if let Some(plan) = Plan::of(event).filter(|plan| plan.is_post) {
            event.prevent_default();
            spawn_local(post(dialog.unchecked_into(), plan));
        }
    });
}

fn clicked(event: &MouseEvent) {
    if !dom::is_plain(event) {
        return;
    }
    if let Some(dialog) = dom::around(event, "dialog.dialog") {
        let closes = dom::around(event, &format!("[{CLOSE}]")).is_some();
        if closes || dialogs::is_ground(event) {
            event.prevent_default();
            if !dialogs::is_sending(&dialog) {
                dialog.unchecked_into::<HtmlDialogElement>().close();
            }
        } else if dialogs::is_sending(&dialog) {
            // A link waits for the answer.
        } else if dom::around(event, "a[href]").is_some_and(|link| !link.has_attribute("target")) {
            // The link leads to a page, which is not behind a dialog.
            dialog.unchecked_into::<HtmlDialogElement>().close();
        }
    } else if let Some(link) = dom::around(event, &format!("a[{ASK}]")).and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        ask(&link);
        event.prevent_default();
    }
}

fn ask(link: &HtmlAnchorElement) {
    let Some(dialog) = dialogs::open(&dom::get(link, ASK_TITLE)) else {
        return visits::go(Destination { address: link.href(), how: How::Link });
    };
    let address = link.href();
    spawn_local(async move {
        let answer = visits::get(&address, None).await;
        if !dialog.open() {
            return;
        }
        match answer {
            Ok(answer) if answer.kind() == Kind::Page && !answer.is_other() && dialogs::show(&dialog, &answer, false) => {}
            Ok(_) => {
                // What can't be asked here has a page that says why.
                dialog.close();
                visits::go(Destination { address, how: How::Link });
            }
            Err(trouble) => {
                dialog.close();
                visits::tell_trouble(trouble, &address);
            }
        }
    });
}

async fn post(dialog: HtmlDialogElement, plan: Plan) {
    // Another press while a form is on its way changes nothing.
    let begins = !visits::is_posting();
    if begins {
        dialogs::set_sending(Some(dialog.clone()));
    }
    let answer = visits::send(&plan).await;
    let outcome = answer.map(|answer| answered(&dialog, &plan, &answer));
    if begins {
        dialogs::set_sending(None);
    }
    let Some(outcome) = outcome else {
        return;
    };
    visits::finish(&plan, outcome == Outcome::LedOn);
    if outcome == Outcome::Receipt {
        // What was done shows in the list, too.
        read_again(&dialog).await;
    }
}

fn answered(dialog: &HtmlDialogElement, plan: &Plan, answer: &Answer) -> Outcome {
    // The page behind, also where somebody went back meanwhile.
    let is_behind = |url: Url| Some(url.pathname().as_str()) == visits::shown().split('?').next();
    let leads_here = answer.is_redirected && dom::own_address(&answer.url).is_some_and(is_behind);
    if answer.is_redirected && (!leads_here || answer.is_other() || answer.kind() != Kind::Page) {
        dialog.close();
        visits::go(Destination { address: answer.url.clone(), how: How::Link });
        return Outcome::LedOn;
    }
    if leads_here {
        visits::show_behind(answer);
        dialogs::flash();
        dialog.close();
        return Outcome::LedOn;
    }
    if answer.is_other() {
        visits::set_stale();
    }
    dialogs::reopen(dialog);
    let is_refused = answer.status >= 400;
    let secrets = if is_refused && !answer.is_for_another() { visits::typed_secrets(&plan.form) } else { Vec::new() };
    dialogs::show(dialog, answer, true);
    visits::put_in(&secrets);
    if is_refused { Outcome::Refusal } else { Outcome::Receipt }
}

async fn read_again(dialog: &HtmlDialogElement) {
    let page = visits::shown();
    let is_still_shown = || page == dom::here() && page == visits::shown() && !visits::is_posting();
    if !is_still_shown() {
        return;
    }
    let Ok(answer) = visits::get(&page, None).await else {
        return;
    };
    if !is_still_shown() || answer.kind() != Kind::Page || answer.is_other() || answer.status >= 400 {
        return;
    }
    if dialog.open() {
        visits::show_behind(&answer);
    } else {
        // Somebody goes on already: only the list changes.
        visits::show_found(&answer);
    }
    dialogs::flash();
}
