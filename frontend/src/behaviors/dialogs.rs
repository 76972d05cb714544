//! The dialog in which a question is asked: its frame, what it was opened at, and what it holds.

use std::cell::{Cell, RefCell};

use app::ui::words::{ACTIONS, CLOSE, COPY, QUESTION, REVEAL, ROW};
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement};

use crate::dom;
use crate::visits::{self, Answer};

const TITLE: &str = "dialog-title";
/// Ids in a dialog begin with this: the page behind may have the same.
const PREFIX: &str = "dialog-";
/// Attributes that name ids.
const NAMING: [&str; 7] = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget", "list", "form"];

/// What the dialog was opened at.
#[derive(Clone)]
struct Opener {
    /// Finds it again once the page was read again.
    selector: Option<String>,
    /// The row's id, and where it stood among the rows.
    row: String,
    position: usize,
}

thread_local! {
    static OPENER: RefCell<Option<Opener>> = const { RefCell::new(None) };
    /// The dialog whose form is on its way: it stays open for the answer.
    static SENDING: RefCell<Option<HtmlDialogElement>> = const { RefCell::new(None) };
    /// Whether the pointer went down on the ground around a dialog, and not within.
    static IS_GROUND: Cell<bool> = const { Cell::new(false) };
}

/// Listens to how dialogs close.
pub fn listen() {
    dom::listen::<Event>(&dom::document(), "pointerdown", |event| IS_GROUND.set(is_dialog_itself(event)));
    dom::listen_first::<Event>("cancel", |event| {
        if dom::around(event, "dialog.dialog").is_some_and(|dialog| is_sending(&dialog)) {
            event.prevent_default();
        }
    });
    dom::listen_first::<Event>("close", |event| {
        // One that has been opened again meanwhile stays.
        if let Some(dialog) = dom::around(event, "dialog.dialog:not([open])") {
            dialog.remove();
            give_focus_back();
        }
    });
    dom::listen::<Event>(&dom::window(), "popstate", |_| close_all());
}

/// Whether the ground around a dialog is clicked: a press that began within, as when words are selected, is none of the ground's.
pub fn is_ground(event: &Event) -> bool {
    IS_GROUND.get() && is_dialog_itself(event)
}

/// The dialog has no padding: what is clicked itself, and not within, is the ground around it.
fn is_dialog_itself(event: &Event) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<HtmlDialogElement>().is_some())
}

/// Whether a dialog's form is on its way.
pub fn is_sending(dialog: &HtmlElement) -> bool {
    SENDING.with_borrow(|sending| sending.as_deref() == Some(dialog))
}

/// Notes the dialog whose form is on its way.
pub fn set_sending(dialog: Option<HtmlDialogElement>) {
    SENDING.set(dialog);
}

/// Opens the dialog with the words that are known already.
pub fn open(title: &str) -> Option<HtmlDialogElement> {
    close_all();
    let dialog: HtmlDialogElement = dom::element("dialog", "dialog", "")?.unchecked_into();
    let body = dom::element("div", "dialog__body", "")?;
    let heading = dom::element("h1", "dialog__title", title)?;
    heading.set_id(TITLE);
    dom::set(&heading, "tabindex", Some("-1"));
    dom::set(&body, "aria-busy", Some("true"));
    dom::set(&dialog, "aria-labelledby", Some(TITLE));
    body.append_child(&heading).ok()?;
    dialog.append_child(&body).ok()?;
    dom::document().body()?.append_child(&dialog).ok()?;
    OPENER.set(Some(Opener::here()));
    dialog.show_modal().ok()?;
    dom::focus(&heading, false);
    Some(dialog)
}

/// Some browsers close a dialog whatever a page says. What became of its question is told all the same.
pub fn reopen(dialog: &HtmlDialogElement) {
    if !dialog.is_connected()
        && let Some(body) = dom::document().body()
    {
        close_all();
        let _ = body.append_child(dialog);
    }
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

fn close_all() {
    for dialog in dom::all("dialog.dialog[open]").into_iter().filter(|dialog| !is_sending(dialog)) {
        dialog.unchecked_into::<HtmlDialogElement>().close();
    }
}

impl Opener {
    fn here() -> Self {
        let element = dom::focused();
        let row = element.as_ref().and_then(|element| dom::closest(element, &format!("[{ROW}], tr")));
        Self {
            selector: element.as_ref().and_then(|element| dom::selector_of(element)),
            position: row.as_ref().and_then(|row| dom::all("tbody tr").iter().position(|other| other == row)).unwrap_or_default(),
            row: row.map(|row| dom::get(&row, ROW)).unwrap_or_default(),
        }
    }
}

/// The focus goes to what the dialog was opened at; where that is gone, to the row that took its place.
fn give_focus_back() {
    if dom::focused().is_some_and(|focused| focused.is_connected()) {
        return;
    }
    // It stays known: the dialog may come again with an answer.
    let Some(opener) = OPENER.with_borrow(Clone::clone) else {
        return;
    };
    let same = opener.selector.as_deref().and_then(dom::find);
    let neighbor = || {
        let buttons = dom::all(&format!("tbody tr :is([{ACTIONS}], [popovertarget])"));
        buttons.get(opener.position).or_else(|| buttons.last()).cloned()
    };
    if let Some(element) = same.or_else(neighbor).or_else(|| dom::find("main h1")) {
        dom::focus(&element, false);
    }
}

/// Shows the question of a page, or its receipt; false where it has none.
pub fn show(dialog: &HtmlDialogElement, answer: &Answer, is_answer: bool) -> bool {
    let (Some(page), Some(body)) = (answer.root(), dom::find_in(dialog, ".dialog__body")) else {
        return false;
    };
    let part = dom::find_in(&page, &format!("[{QUESTION}]"));
    let Some(part) = part.or_else(|| is_answer.then(|| dom::find_in(&page, "main")).flatten()) else {
        return false;
    };
    dom::remove_all(&part, "script");
    set_apart(&part);
    if part.local_name() == "main" {
        dom::take_children(&body, &part);
    } else {
        body.replace_children_with_node_1(&part);
    }
    dom::set(&body, "aria-busy", None);
    let title = dom::find_in(&body, "h1, h2, .receipt__title");
    if let Some(title) = &title {
        title.set_id(TITLE);
        let _ = title.class_list().add_1("dialog__title");
    }
    visits::enliven();
    for way_out in dom::all_in(&body, &format!("a[{CLOSE}]")) {
        dom::set(&way_out, "role", Some("button"));
    }
    let harmless = || dom::find_in(&body, &format!("[{CLOSE}]")).filter(|_| !is_answer);
    if let Some(element) = dom::find_in(&body, "[autofocus]").or_else(harmless).or(title) {
        dom::focus(&element, true);
    }
    true
}

/// Prefixes the ids of a part, and what names them.
fn set_apart(part: &Element) {
    let prefixed = |ids: &str| ids.split_whitespace().map(|id| format!("{PREFIX}{id}")).collect::<Vec<_>>().join(" ");
    for element in dom::all_in(part, "*") {
        if !element.id().is_empty() {
            element.set_id(&prefixed(&element.id()));
        }
        for name in NAMING {
            if let Some(ids) = element.get_attribute(name) {
                dom::set(&element, name, Some(&prefixed(&ids)));
            }
        }
        for name in ["href", COPY, REVEAL] {
            if let Some(id) = element.get_attribute(name).as_deref().and_then(|address| address.strip_prefix('#')) {
                dom::set(&element, name, Some(&format!("#{PREFIX}{id}")));
            }
        }
    }
}

/// The row that was changed lights up.
pub fn flash() {
    let row = OPENER.with_borrow(|opener| opener.as_ref().map(|opener| opener.row.clone()).filter(|row| !row.is_empty()));
    if let Some(row) = row.and_then(|row| dom::find(&format!("[{ROW}={}]", dom::quoted(&row)))) {
        let _ = row.class_list().add_1("table__row--flash");
    }
}
