//! What travels of invitations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::features::organizations::model::OrganizationSummary;
use crate::features::permissions::Role;
use crate::values::email_address::EmailAddressError;
use crate::values::go_to::{GoTo, Outcome};
use crate::values::ids::{ApplicationId, MembershipId};
use crate::values::moment::Moment;
use crate::values::secret::secret_debug;

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

/// An application with its ordered levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferedApplication {
    /// The application.
    pub id: ApplicationId,
    /// Its name.
    pub name: String,
    /// Its levels, lowest first.
    pub levels: Vec<OfferedLevel>,
}

/// A level of access; it contains those before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferedLevel {
    /// Its position, from 1.
    pub level: i32,
    /// Its name.
    pub name: String,
    /// Whether whoever holds it must sign in with two factors.
    pub sensitive: bool,
}

/// What is typed on the invite page.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteForm {
    /// One or many addresses, separated by commas, semicolons, spaces or lines.
    #[serde(default)]
    pub emails: String,
    /// The role offered.
    #[serde(default)]
    pub role: String,
    /// Level for each application, by [`access_key`]; missing or 0: no access.
    #[serde(default)]
    pub access: BTreeMap<String, String>,
    /// The inviting person's password, where something sensitive is given and the last proof is old.
    #[serde(default)]
    pub password: String,
    /// The authentication code that goes with it.
    #[serde(default)]
    pub code: String,
}

secret_debug!(InviteForm);

/// What stands before an id in a key of [`InviteForm::access`]: in a posted form, a key that begins with a digit would be read as
/// a position in a list.
const ACCESS_KEY_PREFIX: &str = "application-";

/// The key of an application in [`InviteForm::access`].
pub fn access_key(application: ApplicationId) -> String {
    format!("{ACCESS_KEY_PREFIX}{application}")
}

/// The application of a key that [`access_key`] gave.
pub fn application_of(key: &str) -> Option<ApplicationId> {
    key.strip_prefix(ACCESS_KEY_PREFIX).unwrap_or(key).parse().ok()
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

/// What the page of a link shows: every case is resolved in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkPage {
    /// Unknown or forged: one answer.
    Unknown,
    /// The registration can be completed.
    Register {
        /// What is offered.
        offer: Offer,
        /// The invited address.
        email: String,
        /// As typed by the organization.
        first_name: String,
        /// As typed by the organization.
        last_name: String,
        /// Drafted, or made from the names; empty when there are none.
        username: String,
        /// Fewest characters of a password.
        password_minimum: usize,
        /// The operator's terms.
        terms_url: Option<String>,
    },
    /// The address has an account: sign in, then accept or decline.
    AccountExists {
        /// What is offered.
        offer: Offer,
    },
    /// Signed in as the invited person.
    Acceptable {
        /// What is offered.
        offer: Offer,
    },
    /// The link's time has passed; a new one can be sent to the same address.
    Expired {
        /// The organization's name.
        organization_name: String,
        /// Masked: the holder of an old link need not learn it.
        masked_email: String,
    },
    /// A newer link was sent.
    Replaced {
        /// The organization's name.
        organization_name: String,
        /// Masked.
        masked_email: String,
    },
    /// The organization took the invitation back.
    Withdrawn {
        /// The organization's name.
        organization_name: String,
    },
    /// The person declined.
    Declined,
    /// Whoever sent it may no longer give what it offers.
    Lapsed {
        /// The organization's name.
        organization_name: String,
    },
    /// The registration was completed with it.
    Used,
    /// Signed in as somebody whose access to the organization has ended.
    AccessEnded {
        /// The organization's name.
        organization_name: String,
    },
    /// Signed in as somebody who belongs to the organization.
    AlreadyMember {
        /// The organization's name.
        organization_name: String,
        /// Its part of addresses.
        slug: String,
    },
    /// Signed in as somebody else; shows nothing of the organization.
    OtherAccount {
        /// Who is signed in.
        signed_in_as: String,
    },
}

impl Outcome for LinkPage {}

/// What is typed to complete a registration. The names are those of `RegistrationFields`, flat, because forms are.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompleteForm {
    /// The link's token.
    #[serde(default)]
    pub token: String,
    /// Given name.
    #[serde(default)]
    pub first_name: String,
    /// Family name.
    #[serde(default)]
    pub last_name: String,
    /// `on` when the username is made from the names.
    #[serde(default)]
    pub automatic_username: String,
    /// The username, where it is typed.
    #[serde(default)]
    pub username: String,
    /// The username that the page itself put into its input.
    #[serde(default)]
    pub offered_username: String,
    /// The password.
    #[serde(default)]
    pub password: String,
    /// `on` when the terms are accepted.
    #[serde(default)]
    pub terms: String,
}

secret_debug!(CompleteForm);

/// A form of the link page that carries nothing but the token.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenForm {
    /// The link's token.
    #[serde(default)]
    pub token: String,
}

secret_debug!(TokenForm);

/// A message about an invitation that leads nowhere any more.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkMessageForm {
    /// The link's token.
    #[serde(default)]
    pub token: String,
    /// What the administrators should know.
    #[serde(default)]
    pub message: String,
}

secret_debug!(LinkMessageForm);

/// Said after a message about an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkMessageSent {
    /// The organization that reads it.
    pub organization_name: String,
}

impl Outcome for LinkMessageSent {}

/// Said after `Send me a new link`, whether or not one was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRenewed {
    /// Masked.
    pub masked_email: String,
}

impl Outcome for LinkRenewed {}

/// An invitation that waits for somebody who has an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingInvitation {
    /// The membership that waits.
    pub member: MembershipId,
    /// What is offered.
    pub offer: Offer,
}

/// The invitations that wait for the signed-in person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingInvitations {
    /// Oldest first.
    pub invitations: Vec<WaitingInvitation>,
}

impl Outcome for WaitingInvitations {}
