//! What is typed into forms: reading it and typing it again.

use app::ui::is_secret;
use app::ui::words::FUNCTION_FIELD;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::dom;

/// What a ticked box holds here.
const TICKED: &str = "on";

/// Inputs and what is typed into them.
pub type Typed = Vec<(String, String)>;

/// What typing belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// Secrets are left out.
    Without,
    /// Secrets, too: only ever in memory.
    With,
    /// Nothing but secrets.
    Only,
}

/// An input that somebody types into or chooses with.
enum Control {
    Text(HtmlInputElement),
    Box(HtmlInputElement),
    Area(HtmlTextAreaElement),
    Select(HtmlSelectElement),
}

impl Control {
    fn of(element: Element) -> Option<Self> {
        let element = match element.dyn_into::<HtmlInputElement>() {
            Ok(input) => {
                return match input.type_().as_str() {
                    // What stands there was written by the page.
                    _ if input.read_only() => None,
                    "hidden" | "file" | "submit" | "button" | "reset" | "image" => None,
                    "checkbox" | "radio" => Some(Self::Box(input)),
                    _ => Some(Self::Text(input)),
                };
            }
            Err(element) => element,
        };
        match element.dyn_into::<HtmlTextAreaElement>() {
            Ok(area) => Some(Self::Area(area)),
            Err(element) => element.dyn_into().ok().map(Self::Select),
        }
    }

    fn element(&self) -> &Element {
        match self {
            Self::Text(input) | Self::Box(input) => input,
            Self::Area(area) => area,
            Self::Select(select) => select,
        }
    }

    fn name(&self) -> String {
        dom::get(self.element(), "name")
    }

    fn value(&self) -> String {
        match self {
            Self::Text(input) => input.value(),
            Self::Box(input) => if input.checked() { TICKED } else { "" }.to_owned(),
            Self::Area(area) => area.value(),
            Self::Select(select) => select.value(),
        }
    }

    fn is_changed(&self) -> bool {
        match self {
            Self::Text(input) => input.value() != input.default_value(),
            Self::Box(input) => input.checked() != input.default_checked(),
            Self::Area(area) => area.value() != area.default_value().unwrap_or_default(),
            Self::Select(select) => (0..select.length())
                .filter_map(|position| select.item(position)?.dyn_into::<HtmlOptionElement>().ok())
                .any(|option| option.selected() != option.default_selected() && (option.default_selected() || option.index() > 0)),
        }
    }

    fn set_value(&self, value: &str) {
        if self.value() == value {
            return;
        }
        match self {
            Self::Text(input) => input.set_value(value),
            Self::Box(input) => input.set_checked(value == TICKED),
            Self::Area(area) => area.set_value(value),
            Self::Select(select) => select.set_value(value),
        }
        tell_typed(self.element());
    }

    /// The same input on another reading of the page.
    fn key(&self, form: &HtmlFormElement) -> String {
        let choice = if let Self::Box(input) = self { input.value() } else { String::new() };
        [function_of(form), self.name(), choice].join("\n")
    }
}

/// The server function that a form is for.
fn function_of(form: &HtmlFormElement) -> String {
    dom::find_in(form, &format!("input[name={FUNCTION_FIELD}]")).map(|input| dom::get(&input, "value")).unwrap_or_default()
}

/// What is typed into forms that post, where it differs from what the server wrote, or all of it.
pub fn typed(secrets: Secrets, all: bool, is_read: impl Fn(&HtmlFormElement) -> bool) -> Typed {
    let mut typed = Typed::new();
    each(|form, control| {
        let fits = match secrets {
            Secrets::Without => !is_secret(&control.name()),
            Secrets::With => true,
            Secrets::Only => is_secret(&control.name()),
        };
        if fits && !control.name().is_empty() && (all || control.is_changed()) && is_read(form) {
            typed.push((control.key(form), control.value()));
        }
    });
    typed
}

/// The secrets that are typed into a form, to be typed into its next state: only ever in memory.
pub fn typed_secrets(form: &HtmlFormElement) -> Typed {
    typed(Secrets::Only, false, |other| other == form)
}

/// Types it again.
pub fn put_in(typed: &Typed) {
    if typed.is_empty() {
        return;
    }
    // Boxes first: one may keep an input from being typed into.
    for boxes in [true, false] {
        each(|form, control| {
            let key = control.key(form);
            if matches!(control, Control::Box(_)) == boxes
                && let Some((_, value)) = typed.iter().find(|(typed, _)| *typed == key)
            {
                control.set_value(value);
            }
        });
    }
}

/// Whoever listens to an input hears of what is typed into it here.
pub fn tell_typed(input: &Element) {
    for name in ["input", "change"] {
        if let Ok(event) = dom::document().create_event("Event") {
            event.init_event_with_bubbles(name, true);
            dom::dispatch(input, &event);
        }
    }
}

/// Everything is as the server wrote it.
pub fn reset() {
    for form in dom::all("form[method=post]") {
        form.unchecked_into::<HtmlFormElement>().reset();
    }
}

fn each(mut work: impl FnMut(&HtmlFormElement, &Control)) {
    for form in dom::all("form[method=post]") {
        let form: HtmlFormElement = form.unchecked_into();
        let elements = form.elements();
        for position in 0..elements.length() {
            if let Some(control) = elements.item(position).and_then(Control::of) {
                work(&form, &control);
            }
        }
    }
}

/// As the browser's history keeps it.
pub fn to_js(typed: &Typed) -> JsValue {
    typed.iter().flat_map(|(key, value)| [key, value]).map(JsValue::from).collect::<web_sys::js_sys::Array>().into()
}

/// As the browser's history kept it.
pub fn from_js(kept: JsValue) -> Typed {
    let Ok(kept) = kept.dyn_into::<web_sys::js_sys::Array>() else {
        return Typed::new();
    };
    let text = |position| kept.get(position).as_string().unwrap_or_default();
    (0..kept.length() / 2).map(|pair| (text(2 * pair), text(2 * pair + 1))).collect()
}
