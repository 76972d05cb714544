//! # The design system
//!
//! Pieces every page is made of. They know no room of the product: words, addresses and decisions
//! come in as props. Each file has its twin in `style/ui/` with the same name, and each component's
//! name is its CSS block: `Button` is `.button`, its parts `.button__face`, its variants `.button--primary`.
//!
//! * Native elements first: menus are popovers, disclosures are `<details>`, tabs are links.
//!   Everything works before, and without, WebAssembly.
//! * No `style` attributes: the Content-Security-Policy forbids them. What varies is a class.
//! * Extra attributes given to a component land on its outermost element (`<Button attr:form="filters">`). Listeners do, too, but
//!   are never removed when the component is built again, as rows of a list are: a component that can be pressed takes `on_press`.

pub mod address;
pub mod argument;
pub mod avatar;
pub mod badge;
pub mod button;
pub mod call;
pub mod dialog;
pub mod disclosure;
pub mod empty_state;
pub mod entry_card;
pub mod field;
pub mod footer;
pub mod form;
pub mod header;
pub mod icon;
pub mod kept_form;
pub mod key_values;
pub mod live_region;
pub mod menu;
pub mod notice;
pub mod page;
pub mod page_header;
pub mod page_status;
pub mod pagination;
pub mod question;
pub mod radio_cards;
pub mod raw_text;
pub mod receipt;
mod secret_input;
pub mod secret_text;
pub mod skip_link;
pub mod table;
pub mod tabs;
pub mod toolbar;

pub use argument::Argument;
pub use avatar::{Avatar, AvatarSize};
pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind, ButtonLink, ButtonVariant};
pub use dialog::Dialog;
pub use disclosure::Disclosure;
pub use empty_state::EmptyState;
pub use entry_card::EntryCard;
pub use footer::Footer;
pub use header::{Header, HeaderContext};
pub use icon::Icon;
pub use key_values::{KeyValue, KeyValues};
pub use live_region::LiveRegion;
pub use menu::{Menu, MenuAlignment, MenuDisclosure, MenuItem, MenuKind, MenuLink, MenuSeparator, MenuTrigger};
pub use notice::Notice;
pub use page_header::PageHeader;
pub use pagination::{PageSizes, Pagination};
pub use question::{LeaveQuestion, Question, RefusedQuestion};
pub use radio_cards::{RadioCards, RadioOption};
pub use receipt::{Receipt, ReceiptLine};
pub use secret_text::SecretText;
pub use skip_link::SkipLink;
pub use table::{Table, TableLayout};
pub use tabs::{TabLink, Tabs};
pub use toolbar::{SearchField, Toolbar};

/// Addresses of the site's files with the content hash in their names, provided as context where the
/// server renders the document. The browser never needs them: what it links later has a fixed address.
#[derive(Debug, Clone)]
pub struct SiteAssets {
    /// JavaScript that loads the WebAssembly module.
    pub js: String,
    /// WebAssembly module.
    pub wasm: String,
    /// Stylesheet.
    pub css: String,
    /// Icon sprite.
    pub icons: String,
    /// Icon of the browser's tab.
    pub favicon: String,
}
