//! What travels of accepting an invitation.

use serde::{Deserialize, Serialize};

use crate::features::invitations::model::Offer;
use crate::values::go_to::Outcome;
use crate::values::ids::MembershipId;
use crate::values::secret::secret_debug;

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

/// A posted answer to an invitation that waits for the signed-in person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingForm {
    /// The membership that waits.
    #[serde(default)]
    pub member: String,
}
