//! Pictures from the sprite `style/assets/icons.svg`.

use leptos::prelude::*;

/// The pictures there are; each is a `<symbol>` of the sprite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Back.
    ArrowLeft,
    /// Leaves for another place.
    ArrowUpRight,
    /// Stop, withdraw.
    Ban,
    /// An organization.
    Building2,
    /// Unfolds.
    ChevronDown,
    /// Previous.
    ChevronLeft,
    /// Next.
    ChevronRight,
    /// Wrong.
    CircleAlert,
    /// In order.
    CircleCheck,
    /// Help.
    CircleQuestionMark,
    /// Download.
    Download,
    /// A mailbox.
    Inbox,
    /// Worth knowing.
    Info,
    /// Applications.
    LayoutGrid,
    /// Sign out.
    LogOut,
    /// A message.
    Mail,
    /// Follows the system; a computer.
    Monitor,
    /// Dark.
    Moon,
    /// Launch.
    Rocket,
    /// Search.
    Search,
    /// Send.
    Send,
    /// Protected.
    ShieldCheck,
    /// Light.
    Sun,
    /// Take care.
    TriangleAlert,
    /// Add a person.
    UserPlus,
    /// A person.
    UserRound,
    /// Deactivate a person.
    UserX,
    /// People.
    Users,
    /// Close, remove.
    X,
    /// The mark of the site.
    Nexus,
}

impl Icon {
    /// Id of the symbol.
    fn symbol(self) -> &'static str {
        match self {
            Self::ArrowLeft => "arrow-left",
            Self::ArrowUpRight => "arrow-up-right",
            Self::Ban => "ban",
            Self::Building2 => "building-2",
            Self::ChevronDown => "chevron-down",
            Self::ChevronLeft => "chevron-left",
            Self::ChevronRight => "chevron-right",
            Self::CircleAlert => "circle-alert",
            Self::CircleCheck => "circle-check",
            Self::CircleQuestionMark => "circle-question-mark",
            Self::Download => "download",
            Self::Inbox => "inbox",
            Self::Info => "info",
            Self::LayoutGrid => "layout-grid",
            Self::LogOut => "log-out",
            Self::Mail => "mail",
            Self::Monitor => "monitor",
            Self::Moon => "moon",
            Self::Rocket => "rocket",
            Self::Search => "search",
            Self::Send => "send",
            Self::ShieldCheck => "shield-check",
            Self::Sun => "sun",
            Self::TriangleAlert => "triangle-alert",
            Self::UserPlus => "user-plus",
            Self::UserRound => "user-round",
            Self::UserX => "user-x",
            Self::Users => "users",
            Self::X => "x",
            Self::Nexus => "nexus",
        }
    }
}

/// Address of the sprite. Fixed, without a content hash: a page of the former release still finds it.
pub fn icon_sprite() -> &'static str {
    "/assets/icons.svg"
}

/// A picture. Decoration: the words beside it, or its button's label, say the same.
#[component]
pub fn Icon(
    /// Which picture.
    name: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("{}#{}", icon_sprite(), name.symbol())></use>
        </svg>
    }
}
