//! A menu behind a button.
//!
//! The browser opens, places and closes it: `popover` brings the top layer, Escape, light dismissal and
//! the return of the focus; the button is the popover's anchor. Scripts add arrow keys, and close it
//! when an item is chosen.

use leptos::context::Provider;
use leptos::prelude::*;

use super::icon::Icon;
use super::words::ACTIONS_FOR;

/// Id of the form of all rows' buttons.
const ROW_FORM: &str = "row-actions";

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuTrigger {
    /// Words, given as `face`.
    Words,
    /// A circle, filled by `face`.
    Round,
}

impl MenuTrigger {
    fn class(self) -> &'static str {
        match self {
            Self::Words => "menu__button menu__button--words",
            Self::Round => "menu__button menu__button--round",
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
    trigger: MenuTrigger,
    /// What the button shows.
    #[prop(into)]
    face: ViewFn,
    /// The items.
    children: Children,
) -> impl IntoView {
    let (has_popup, role) = match kind {
        MenuKind::Commands => (Some("menu"), "menu"),
        MenuKind::Panel => (None, "group"),
    };
    view! {
        <div class="menu">
            <button
                class=trigger.class()
                type="button"
                popovertarget=id.clone()
                aria-haspopup=has_popup
                aria-label=label.clone()
            >
                {match trigger {
                    MenuTrigger::Words => view! { {face.run()} <Icon name=Icon::ChevronDown /> }.into_any(),
                    MenuTrigger::Round => face.run().into_any(),
                }}
            </button>
            <div class="menu__popup" id=id popover="auto" role=role aria-label=label>
                <Provider value=kind>{children()}</Provider>
            </div>
        </div>
    }
}

/// The menu that all rows of a list share, and the form of their buttons. A behavior opens it at a row's [`RowMenuButton`], shows the
/// items of the kinds that the row names, and puts what the row is about in the place of `{member}` and `{called}`. Without scripts it
/// stays closed, and a button leads to its row's page of the same actions, with what `next` says.
#[component]
pub fn RowMenu(
    /// Id of the popover; unique on the page.
    id: &'static str,
    /// The list's address, to which the page of actions leads back; nothing where it finds there by itself.
    next: Option<String>,
    /// Its items, each with its kind in `data-action`.
    children: Children,
) -> impl IntoView {
    view! {
        <form id=ROW_FORM data-row-menu=id>
            {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
        </form>
        <div class="menu__popup" id=id popover="auto" role="menu" aria-label="Actions">
            <Provider value=MenuKind::Commands>{children()}</Provider>
        </div>
    }
}

/// The end of a row that has actions: opens the [`RowMenu`], or leads to a page of the same actions.
#[component]
pub fn RowMenuButton(
    /// Address of the page. It stands in every row: one that begins beside the list's is enough.
    page: String,
    /// The kinds of what can be done, separated by blanks.
    actions: String,
    /// How whoever the row is about is called.
    called: String,
) -> impl IntoView {
    let label = format!("{ACTIONS_FOR}{called}");
    view! {
        <button class="row-menu" form=ROW_FORM formaction=page data-actions=actions aria-label=label></button>
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
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="menu__item" href=href role=item_role()>
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
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button class="menu__item" type="submit" role=item_role()>
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
