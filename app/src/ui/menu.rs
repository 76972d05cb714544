//! A menu behind a button.
//!
//! The browser opens, places and closes it: `popover` brings the top layer, Escape, light dismissal and
//! the return of the focus; the button is the popover's anchor. Scripts add arrow keys, and close it
//! when an item leads to another page without a reload.

use leptos::{context::Provider, ev, html, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::button::press;
use super::icon::Icon;

/// Items that can be reached: not those folded away.
const REACHABLE_ITEM: &str = ".menu__item:not(details:not([open]) > :not(summary) *)";

/// What a menu holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MenuKind {
    /// Only `MenuLink`, `MenuItem` and `MenuSeparator`.
    #[default]
    Commands,
    /// Anything, such as text or `MenuDisclosure`. It has no menu role: that role allows commands only.
    Panel,
}

/// How a menu's button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MenuTrigger {
    /// A vertical ellipsis.
    #[default]
    Ellipsis,
    /// Words, given as `face`.
    Words,
    /// A circle, filled by `face`.
    Round,
}

impl MenuTrigger {
    fn class(self) -> &'static str {
        match self {
            Self::Ellipsis => "menu__button menu__button--ellipsis",
            Self::Words => "menu__button menu__button--words",
            Self::Round => "menu__button menu__button--round",
        }
    }
}

/// Which edge of its button a menu keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MenuAlignment {
    /// The end, as at the end of a row.
    #[default]
    End,
    /// The start.
    Start,
}

impl MenuAlignment {
    fn class(self) -> &'static str {
        match self {
            Self::End => "menu__popup",
            Self::Start => "menu__popup menu__popup--start",
        }
    }
}

/// A button and the menu it opens.
#[component]
pub fn Menu(
    /// Id of the popover; unique on the page.
    #[prop(into)]
    id: String,
    /// Accessible name of the button and the menu.
    #[prop(into)]
    label: String,
    /// What it holds.
    #[prop(optional)]
    kind: MenuKind,
    /// How the button looks.
    #[prop(optional)]
    trigger: MenuTrigger,
    /// What the button shows; not needed for the ellipsis.
    #[prop(optional, into)]
    face: ViewFn,
    /// Which edge of the button it keeps to.
    #[prop(optional)]
    alignment: MenuAlignment,
    /// The items.
    children: Children,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let popup = NodeRef::<html::Div>::new();
    let (has_popup, role) = match kind {
        MenuKind::Commands => (Some("menu"), "menu"),
        MenuKind::Panel => (None, "group"),
    };
    let close = move |event: ev::MouseEvent| {
        if let Some(popup) = popup.get_untracked().filter(|_| is_choice(event.target())) {
            // Already closed is as good.
            popup.hide_popover().ok();
        }
    };
    view! {
        <div class="menu" on:keydown=move |event| walk(&event, button, popup)>
            <button
                class=trigger.class()
                type="button"
                popovertarget=id.clone()
                aria-haspopup=has_popup
                aria-label=label.clone()
                node_ref=button
            >
                {match trigger {
                    MenuTrigger::Ellipsis => view! { <Icon name=Icon::EllipsisVertical /> }.into_any(),
                    MenuTrigger::Words => view! { {face.run()} <Icon name=Icon::ChevronDown /> }.into_any(),
                    MenuTrigger::Round => face.run().into_any(),
                }}
            </button>
            <div class=alignment.class() id=id popover="auto" role=role aria-label=label node_ref=popup on:click=close>
                <Provider value=kind>{children()}</Provider>
            </div>
        </div>
    }
}

/// An item that leads somewhere.
#[component]
pub fn MenuLink(
    /// Address it leads to.
    #[prop(into)]
    href: String,
    /// Picture before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// What scripts do when it is chosen.
    #[prop(optional)]
    on_press: Option<Callback<ev::MouseEvent>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="menu__item" href=href role=item_role() on:click=move |event| press(on_press, event)>
            {icon.map(|icon| view! { <Icon name=icon /> })}
            {children()}
        </a>
    }
}

/// An item that posts the form it stands in.
#[component]
pub fn MenuItem(
    /// Picture before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Whether it takes something away.
    #[prop(optional)]
    danger: bool,
    /// Name of the pair that is posted.
    #[prop(optional, into)]
    name: Option<String>,
    /// Value of that pair.
    #[prop(optional, into)]
    value: Option<String>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button class="menu__item" class:menu__item--danger=danger type="submit" name=name value=value role=item_role()>
            {icon.map(|icon| view! { <Icon name=icon /> })}
            {children()}
        </button>
    }
}

/// A line between groups of items.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <hr class="menu__separator" /> }
}

/// A secondary menu that unfolds in place; only in a `MenuKind::Panel`.
#[component]
pub fn MenuDisclosure(
    /// Of those that share this name, one is unfolded at a time.
    #[prop(into)]
    group: String,
    /// What unfolds it.
    #[prop(into)]
    summary: ViewFn,
    /// Items of the secondary menu.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="menu__disclosure" name=group>
            <summary class="menu__item menu__summary">
                {summary.run()} <Icon name=Icon::ChevronDown />
            </summary>
            <div class="menu__nested">{children()}</div>
        </details>
    }
}

/// The role that the menu around the item asks for.
fn item_role() -> Option<&'static str> {
    use_context::<MenuKind>().filter(|kind| *kind == MenuKind::Commands).map(|_| "menuitem")
}

/// Whether the click chose an item, rather than unfolding a secondary menu.
fn is_choice(target: Option<web_sys::EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("a.menu__item, button.menu__item").ok().flatten())
        .is_some()
}

/// Moves the focus among the items; opens the menu where it is closed.
fn walk(event: &ev::KeyboardEvent, button: NodeRef<html::Button>, popup: NodeRef<html::Div>) {
    let key = event.key();
    if !matches!(key.as_str(), "ArrowDown" | "ArrowUp" | "Home" | "End") {
        return;
    }
    let (Some(button), Some(popup)) = (button.get_untracked(), popup.get_untracked()) else {
        return;
    };
    event.prevent_default();
    if !popup.matches(":popover-open").unwrap_or(false) {
        button.click();
    }
    let items = reachable_items(&popup);
    let focused = document().active_element();
    let position = items.iter().position(|item| focused.as_ref().is_some_and(|focused| item.is_same_node(Some(focused))));
    let last = items.len().saturating_sub(1);
    let next = match (key.as_str(), position) {
        ("ArrowDown", Some(position)) if position < last => position + 1,
        ("ArrowUp", Some(position)) if position > 0 => position - 1,
        ("ArrowUp" | "End", _) => last,
        _ => 0,
    };
    if let Some(item) = items.get(next) {
        // An item that has just been removed takes no focus; the next key press looks again.
        item.focus().ok();
    }
}

/// The items one can see, in order.
fn reachable_items(popup: &web_sys::Element) -> Vec<web_sys::HtmlElement> {
    let items = popup.get_elements_by_class_name("menu__item");
    (0..items.length())
        .filter_map(|position| items.item(position))
        .filter(|item| item.matches(REACHABLE_ITEM).unwrap_or(false))
        .filter_map(|item| item.dyn_into().ok())
        .collect()
}
