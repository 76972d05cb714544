//! # The design system
//!
//! Pieces every page is made of. They know no room of the product: words, addresses and decisions
//! come in as props. Each file has its twin in `style/ui/` with the same name, and each component's
//! name is its CSS block: `Button` is `.button`, its parts `.button__face`, its variants `.button--primary`.
//!
//! * Native elements first: menus are popovers, disclosures are `<details>`, tabs are links.
//!   Everything works before, and without, WebAssembly.
//! * No `style` attributes: the Content-Security-Policy forbids them. What varies is a class.
//! * Extra attributes given to a component land on its outermost element (`<Button attr:form="filters">`).
//! * The server alone writes them. What a script adds it finds by the words of [`words`]; what it calls stands in [`call`].

pub mod call;
pub mod listening;
mod secret_input;
pub mod words;

#[cfg(feature = "ssr")]
pub mod address;
#[cfg(feature = "ssr")]
pub mod argument;
#[cfg(feature = "ssr")]
pub mod avatar;
#[cfg(feature = "ssr")]
pub mod awaited;
#[cfg(feature = "ssr")]
pub mod badge;
#[cfg(feature = "ssr")]
pub mod button;
#[cfg(feature = "ssr")]
pub mod disclosure;
#[cfg(feature = "ssr")]
pub mod empty_state;
#[cfg(feature = "ssr")]
pub mod entry_card;
#[cfg(feature = "ssr")]
pub mod field;
#[cfg(feature = "ssr")]
pub mod footer;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod header;
#[cfg(feature = "ssr")]
pub mod icon;
#[cfg(feature = "ssr")]
pub mod island;
#[cfg(feature = "ssr")]
pub mod kept_form;
#[cfg(feature = "ssr")]
pub mod key_values;
#[cfg(feature = "ssr")]
pub mod live_region;
#[cfg(feature = "ssr")]
pub mod menu;
#[cfg(feature = "ssr")]
pub mod notice;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod page_header;
#[cfg(feature = "ssr")]
pub mod page_status;
#[cfg(feature = "ssr")]
pub mod pagination;
#[cfg(feature = "ssr")]
pub mod question;
#[cfg(feature = "ssr")]
pub mod radio_cards;
#[cfg(feature = "ssr")]
pub mod raw_text;
#[cfg(feature = "ssr")]
pub mod receipt;
#[cfg(feature = "ssr")]
pub mod secret_text;
#[cfg(feature = "ssr")]
pub mod skip_link;
#[cfg(feature = "ssr")]
pub mod table;
#[cfg(feature = "ssr")]
pub mod tabs;
#[cfg(feature = "ssr")]
pub mod toolbar;

#[cfg(feature = "ssr")]
pub use self::{
    argument::Argument,
    avatar::{Avatar, AvatarSize},
    badge::{Badge, Tone},
    button::{Button, ButtonLink, ButtonVariant},
    disclosure::Disclosure,
    empty_state::EmptyState,
    entry_card::EntryCard,
    footer::Footer,
    header::{Header, HeaderContext},
    icon::Icon,
    island::Island,
    key_values::{KeyValue, KeyValues},
    live_region::Announcements,
    menu::{Menu, MenuDisclosure, MenuItem, MenuKind, MenuLink, MenuSeparator, MenuTrigger, RowMenu, RowMenuButton},
    notice::Notice,
    page_header::PageHeader,
    pagination::{PageSizes, Pagination},
    question::{LeaveQuestion, Question, RefusedQuestion},
    radio_cards::{RadioCards, RadioOption},
    receipt::{Receipt, ReceiptLine},
    secret_text::SecretText,
    skip_link::SkipLink,
    table::Table,
    tabs::{TabLink, Tabs},
    toolbar::{SearchField, Toolbar},
};
pub use secret_input::is_secret;

/// The site's files, with the hash of their content in their names, and the release that they are.
#[derive(Debug, Clone)]
pub struct SiteAssets {
    /// JavaScript that loads the WebAssembly module, and begins.
    pub js: String,
    /// WebAssembly module.
    pub wasm: String,
    /// Stylesheet.
    pub css: String,
    /// Icon sprite.
    pub icons: String,
    /// Icon of the browser's tab.
    pub favicon: String,
    /// Differs between two releases whose pages don't go together.
    pub release: String,
}
