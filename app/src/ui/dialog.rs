//! A question that is asked before something is done.
//!
//! It has a page of its own, which works without scripts and from its address. Where scripts run, it is asked in a
//! [`Dialog`] over the page one is on. What both show stands in `question.rs`.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use leptos::wasm_bindgen::JsCast;
use leptos::{ev, html, web_sys};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde::de::DeserializeOwned;

use super::call::{Answer, Loading, ShowAnswer};

/// The dialog around a question.
#[derive(Clone, Copy)]
struct Around(NodeRef<html::Dialog>);

/// A question over the page; scripts only. The browser keeps the focus inside, closes it by Escape, and gives the focus back.
#[component]
pub fn Dialog<Data, View>(
    /// What the question is about. Until it is there, nothing is shown; where it can't be had, the question's page says why.
    data: Loading<Data>,
    /// Address of the page that asks the same.
    page: String,
    /// Called once it has been closed.
    on_close: Callback<()>,
    /// Shows the question.
    view: View,
) -> impl IntoView
where
    Data: DeserializeOwned + 'static,
    View: Fn(Data) -> AnyView + Send + Sync + 'static,
{
    dialog_of(data.answer(), page, on_close, Arc::new(move |answer: &Answer| answer.read().map(&view)))
}

fn dialog_of(answer: Resource<Answer, FromToStringCodec>, page: String, on_close: Callback<()>, show: ShowAnswer) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    provide_context(Around(dialog));
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // Refused only where it is open already.
            dialog.show_modal().ok();
        }
    });
    let close_beside = move |event: ev::MouseEvent| {
        // The dialog has no padding: what is clicked itself, and not within, is the ground around it.
        let is_ground = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok()).is_some();
        if is_ground {
            close(dialog);
        }
    };
    view! {
        <Transition>
            {move || {
                let (show, navigate, page) = (show.clone(), navigate.clone(), page.clone());
                Suspend::new(async move {
                    if let Ok(question) = show(&answer.await) {
                        view! {
                            <dialog
                                class="dialog"
                                aria-labelledby=TITLE
                                node_ref=dialog
                                on:close=move |_| on_close.run(())
                                on:click=close_beside
                            >
                                <div class="dialog__body">{question}</div>
                            </dialog>
                        }
                        .into_any()
                    } else {
                        navigate(&page, NavigateOptions::default());
                        ().into_any()
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// Id of the title of the one dialog that can be open.
const TITLE: &str = "dialog-title";

/// The id that the title of what a dialog shows must have; none on a page.
pub(super) fn title_id() -> Option<&'static str> {
    use_context::<Around>().map(|_| TITLE)
}

/// What closes the dialog that this stands in; none on a page.
pub(super) fn closing() -> Option<impl Fn() + Clone + Send + Sync + 'static> {
    use_context::<Around>().map(|Around(dialog)| move || close(dialog))
}

fn close(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}

/// Keeps the browser from following a link whose question scripts ask in place; false where the click asks for a new tab.
pub fn take_over(event: &ev::MouseEvent) -> bool {
    let is_plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if !is_plain || event.default_prevented() {
        return false;
    }
    event.prevent_default();
    true
}
