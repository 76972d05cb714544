//! What travels of the people of an organization.

use serde::{Deserialize, Serialize};

use crate::features::memberships::MemberStatus;
use crate::features::organizations::model::{OfOrganization, OrganizationSummary};
use crate::features::permissions::Role;
use crate::values::go_to::Outcome;
use crate::values::ids::MembershipId;
use crate::values::moment::Moment;
use crate::values::page::Page;

/// Something that the row's menu offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberAction {
    /// A new link by mail; the former one is dead.
    SendAgain,
    /// The first link by mail.
    SendWelcomeMail,
    /// Every link is dead and the row goes.
    CancelInvitation,
    /// Access is withdrawn at once.
    Deactivate,
}

impl MemberAction {
    /// All of them, in the menu's order.
    pub const ALL: [Self; 4] = [Self::SendAgain, Self::SendWelcomeMail, Self::CancelInvitation, Self::Deactivate];

    /// The action in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SendAgain => "Send again",
            Self::SendWelcomeMail => "Send welcome-email",
            Self::CancelInvitation => "Cancel invitation",
            Self::Deactivate => "Deactivate",
        }
    }

    /// How markup names it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::SendAgain => "send-again",
            Self::SendWelcomeMail => "send-welcome-mail",
            Self::CancelInvitation => "cancel-invitation",
            Self::Deactivate => "deactivate",
        }
    }
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberRow {
    /// The membership.
    pub id: MembershipId,
    /// The person's name; empty while nobody has typed one.
    pub name: String,
    /// The account's address, or the invited one.
    pub email: String,
    /// The account's username, or the drafted one; empty while there is neither.
    pub username: String,
    /// The role.
    pub role: Role,
    /// Applications with their level, as read by people.
    pub applications: Vec<String>,
    /// Where it stands.
    pub status: MemberStatus,
    /// Until when the link is valid, while it waits.
    pub link_valid_until: Option<Moment>,
    /// Whether two factors are set up; unknown while there is no account.
    pub has_factor: Option<bool>,
    /// Last seen in this organization, to the hour.
    pub last_active_at: Option<Moment>,
    /// Whether the row is the reader's own.
    pub is_self: bool,
    /// What the menu offers.
    pub actions: Vec<MemberAction>,
}

impl MemberRow {
    /// How the person is called: by name, else by address.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

/// The list, as asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberList {
    /// The organization.
    pub organization: OrganizationSummary,
    /// A page of rows.
    pub page: Page<MemberRow>,
    /// Whether there is only one reachable administrator, so that a second one is recommended.
    pub has_single_administrator: bool,
}

impl Outcome for MemberList {}

impl OfOrganization for MemberList {
    fn organization(&self) -> &OrganizationSummary {
        &self.organization
    }
}

/// Somebody, and what can be done with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberActions {
    /// The organization.
    pub organization: OrganizationSummary,
    /// The row.
    pub member: MemberRow,
}

impl Outcome for MemberActions {}

impl OfOrganization for MemberActions {
    fn organization(&self) -> &OrganizationSummary {
        &self.organization
    }
}

/// What the list's address says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberQuery {
    /// Any part of name, username or address.
    #[serde(default)]
    pub search: String,
    /// Position after which the page begins.
    #[serde(default)]
    pub after: String,
    /// Position before which the page ends.
    #[serde(default)]
    pub before: String,
    /// 25, 50 or 100 rows.
    #[serde(default)]
    pub size: String,
}

/// Somebody about to be deactivated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeactivationPreview {
    /// The organization.
    pub organization: OrganizationSummary,
    /// The row.
    pub member: MemberRow,
    /// Addresses of pending invitations that this person sent.
    pub pending_invitations: Vec<String>,
    /// Why it can't be done; nothing when it can.
    pub refusal: Option<super::refusal::DeactivateRefusal>,
}

impl Outcome for DeactivationPreview {}

impl OfOrganization for DeactivationPreview {
    fn organization(&self) -> &OrganizationSummary {
        &self.organization
    }
}

/// The posted confirmation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeactivateForm {
    /// The membership.
    #[serde(default)]
    pub member: String,
    /// `on` when the pending invitations of this person are cancelled with it.
    #[serde(default)]
    pub cancel_invitations: String,
}

/// What was withdrawn, each with its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeactivationReceipt {
    /// Who.
    pub name: String,
    /// When.
    pub at: Moment,
    /// Open sessions that lost this organization; they stay for the person's other organizations.
    pub sessions: i64,
    /// Applications that no longer open.
    pub applications: Vec<String>,
    /// Addresses whose invitation was cancelled with it.
    pub invitations_cancelled: Vec<String>,
    /// Addresses whose invitation, sent by this person, stays.
    pub invitations_kept: Vec<String>,
    /// Addresses whose invitation, sent by this person, carries something sensitive and no longer stands.
    pub invitations_lapsed: Vec<String>,
}

impl Outcome for DeactivationReceipt {}
