//! Pictures from the sprite `style/assets/icons.svg`.

use leptos::prelude::*;

/// The pictures there are; each is a `<symbol>` of the sprite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// What happened.
    Activity,
    /// Back.
    ArrowLeft,
    /// Onwards.
    ArrowRight,
    /// Leaves for another place.
    ArrowUpRight,
    /// Stop, withdraw.
    Ban,
    /// Something waits.
    Bell,
    /// An organization.
    Building2,
    /// Done.
    Check,
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
    /// Waiting, or a time.
    Clock,
    /// Copy.
    Copy,
    /// Download.
    Download,
    /// More actions.
    EllipsisVertical,
    /// Opens elsewhere.
    ExternalLink,
    /// Show.
    Eye,
    /// Hide.
    EyeOff,
    /// A document.
    FileText,
    /// History.
    History,
    /// Home.
    House,
    /// A mailbox.
    Inbox,
    /// Worth knowing.
    Info,
    /// A key.
    KeyRound,
    /// Applications.
    LayoutGrid,
    /// Support.
    LifeBuoy,
    /// Filter.
    ListFilter,
    /// Closed, protected.
    Lock,
    /// Sign in.
    LogIn,
    /// Sign out.
    LogOut,
    /// A message.
    Mail,
    /// Invite by mail.
    MailPlus,
    /// Follows the system; a computer.
    Monitor,
    /// Dark.
    Moon,
    /// Edit.
    Pencil,
    /// Add.
    Plus,
    /// Again.
    RefreshCw,
    /// Launch.
    Rocket,
    /// Search.
    Search,
    /// Send.
    Send,
    /// Settings.
    Settings,
    /// Protection.
    Shield,
    /// Protected.
    ShieldCheck,
    /// A phone.
    Smartphone,
    /// Light.
    Sun,
    /// Delete.
    Trash2,
    /// Take care.
    TriangleAlert,
    /// Undo, reactivate.
    Undo2,
    /// Upload.
    Upload,
    /// Approve a person.
    UserCheck,
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
            Self::Activity => "activity",
            Self::ArrowLeft => "arrow-left",
            Self::ArrowRight => "arrow-right",
            Self::ArrowUpRight => "arrow-up-right",
            Self::Ban => "ban",
            Self::Bell => "bell",
            Self::Building2 => "building-2",
            Self::Check => "check",
            Self::ChevronDown => "chevron-down",
            Self::ChevronLeft => "chevron-left",
            Self::ChevronRight => "chevron-right",
            Self::CircleAlert => "circle-alert",
            Self::CircleCheck => "circle-check",
            Self::CircleQuestionMark => "circle-question-mark",
            Self::Clock => "clock",
            Self::Copy => "copy",
            Self::Download => "download",
            Self::EllipsisVertical => "ellipsis-vertical",
            Self::ExternalLink => "external-link",
            Self::Eye => "eye",
            Self::EyeOff => "eye-off",
            Self::FileText => "file-text",
            Self::History => "history",
            Self::House => "house",
            Self::Inbox => "inbox",
            Self::Info => "info",
            Self::KeyRound => "key-round",
            Self::LayoutGrid => "layout-grid",
            Self::LifeBuoy => "life-buoy",
            Self::ListFilter => "list-filter",
            Self::Lock => "lock",
            Self::LogIn => "log-in",
            Self::LogOut => "log-out",
            Self::Mail => "mail",
            Self::MailPlus => "mail-plus",
            Self::Monitor => "monitor",
            Self::Moon => "moon",
            Self::Pencil => "pencil",
            Self::Plus => "plus",
            Self::RefreshCw => "refresh-cw",
            Self::Rocket => "rocket",
            Self::Search => "search",
            Self::Send => "send",
            Self::Settings => "settings",
            Self::Shield => "shield",
            Self::ShieldCheck => "shield-check",
            Self::Smartphone => "smartphone",
            Self::Sun => "sun",
            Self::Trash2 => "trash-2",
            Self::TriangleAlert => "triangle-alert",
            Self::Undo2 => "undo-2",
            Self::Upload => "upload",
            Self::UserCheck => "user-check",
            Self::UserPlus => "user-plus",
            Self::UserRound => "user-round",
            Self::UserX => "user-x",
            Self::Users => "users",
            Self::X => "x",
            Self::Nexus => "nexus",
        }
    }
}

/// Address of the sprite. Fixed, without a content hash: the browser builds the same links after hydration.
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
        <svg class="icon" aria-hidden="true" width="16" height="16">
            <use href=format!("{}#{}", icon_sprite(), name.symbol())></use>
        </svg>
    }
}
