//! What travels of invitations.

use serde::{Deserialize, Serialize};

use crate::features::applications::model::{ChosenAccess, OfferedApplication};
use crate::features::organizations::model::{OfOrganization, OrganizationSummary};
use crate::features::permissions::Role;
use crate::values::email_address::EmailAddressError;
use crate::values::go_to::{GoTo, Outcome};
use crate::values::ids::MembershipId;
use crate::values::moment::Moment;

/// What the invite page needs to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvitePage {
    /// The organization.
    pub organization: OrganizationSummary,
    /// Its applications.
    pub applications: Vec<OfferedApplication>,
    /// Roles that the reader may offer.
    pub roles: Vec<Role>,
    /// How long a link is valid, in seconds.
    pub link_validity_seconds: i64,
}

impl Outcome for InvitePage {}

impl OfOrganization for InvitePage {
    fn organization(&self) -> &OrganizationSummary {
        &self.organization
    }
}

/// What is typed on the invite page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteForm {
    /// One or many addresses, separated by commas, semicolons, spaces or lines.
    #[serde(default)]
    pub emails: String,
    /// The role offered.
    #[serde(default)]
    pub role: String,
    /// Level for each application.
    #[serde(default)]
    pub access: ChosenAccess,
}

/// What came of an invitation, address by address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InviteResults {
    /// One for each address, in the order typed.
    pub results: Vec<InviteResult>,
}

impl Outcome for InviteResults {}

/// What came of one address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InviteResult {
    /// As typed.
    pub typed: String,
    /// The address alone, if it is one.
    pub email: Option<String>,
    /// What came of it.
    pub outcome: InviteOutcome,
}

/// What can come of an address. None tells whether it has an account elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum InviteOutcome {
    /// The mail is on its way.
    Invited {
        /// Until when the link is valid.
        valid_until: Moment,
    },
    /// The invitation stands, but the day's mails are used up.
    NotNotified,
    /// The invitation stands; somebody else approves it before a mail goes out.
    HeldForApproval,
    /// Belongs to the organization already.
    AlreadyMember,
    /// Has an open invitation: the row offers `Send again`.
    AlreadyInvited,
    /// Was deactivated here: to be reactivated instead.
    Deactivated,
    /// Is not an address.
    NotAnAddress(EmailAddressError),
    /// Could not be invited because of a fault of ours; the others were not affected.
    Failed(String),
}

/// A posted action on one invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationForm {
    /// The membership that waits.
    #[serde(default)]
    pub member: String,
}

/// A posted cancellation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelForm {
    /// The membership that waits.
    #[serde(default)]
    pub member: String,
    /// The list that the person came from, with its search and page.
    #[serde(default)]
    pub next: String,
}

/// What a menu action did, for the message above the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationDone {
    /// The row concerned.
    pub member: MembershipId,
    /// In a few words.
    pub title: String,
    /// One sentence.
    pub message: String,
    /// Where a form on a page of its own goes on to.
    pub go_to: Option<GoTo>,
}

impl Outcome for InvitationDone {
    fn go_to(&self) -> Option<&GoTo> {
        self.go_to.as_ref()
    }
}

/// Somebody whose invitation is about to be cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancellationPreview {
    /// The organization.
    pub organization: OrganizationSummary,
    /// The membership that waits.
    pub member: MembershipId,
    /// How the person is called.
    pub called: String,
    /// The address.
    pub email: String,
    /// Why it can't be cancelled; nothing when it can.
    pub refusal: Option<super::refusal::InvitationRefusal>,
}

impl Outcome for CancellationPreview {}

impl OfOrganization for CancellationPreview {
    fn organization(&self) -> &OrganizationSummary {
        &self.organization
    }
}

/// What an invitation offers, shown to its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The organization's name.
    pub organization_name: String,
    /// What the organization calls itself.
    pub label: String,
    /// Who invites; empty when the account is gone.
    pub inviter: String,
    /// The role.
    pub role: Role,
    /// Whether it comes with a duty to sign in with two factors.
    pub demands_second_factor: bool,
    /// Until when the link is valid.
    pub valid_until: Moment,
}
