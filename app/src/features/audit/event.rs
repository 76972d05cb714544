//! What can happen.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::features::permissions::role::Role;
use crate::values::ids::{MailId, MembershipId, OrganizationId, UserId};

/// Something that happened, in the past tense; stored as `subject.what`.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The first person created the installation's first organization.
    OrganizationCreated {
        /// The organization.
        organization: OrganizationId,
        /// Its name.
        name: String,
    },
    /// Somebody was invited.
    InvitationSent {
        /// The waiting membership.
        membership: MembershipId,
        /// The address.
        email: String,
        /// The role offered.
        role: Role,
        /// Applications offered, with their level.
        applications: Vec<(String, i32)>,
        /// Whether a mail was queued; beyond the day's limit it was not.
        notified: bool,
    },
    /// A new link was sent by an administrator; the former one is dead.
    InvitationSentAgain {
        /// The waiting membership.
        membership: MembershipId,
        /// The address.
        email: String,
    },
    /// The invited person asked for a new link on the page of an expired one.
    InvitationRenewed {
        /// The waiting membership.
        membership: MembershipId,
        /// The address.
        email: String,
    },
    /// The invitation was withdrawn.
    InvitationCancelled {
        /// The membership that waited.
        membership: MembershipId,
        /// The address.
        email: String,
    },
    /// The person accepted.
    InvitationAccepted {
        /// The membership, active now.
        membership: MembershipId,
        /// The role that came with it.
        role: Role,
    },
    /// The person declined.
    InvitationDeclined {
        /// The membership that waited.
        membership: MembershipId,
        /// The address.
        email: String,
    },
    /// Its inviter's access ended, and with it what only they could offer.
    InvitationLapsed {
        /// The membership that waits.
        membership: MembershipId,
        /// The address.
        email: String,
    },
    /// A person completed their registration.
    RegistrationCompleted {
        /// The person.
        user: UserId,
        /// The username that is now theirs for ever.
        username: String,
    },
    /// Access was withdrawn.
    MemberDeactivated {
        /// The membership.
        membership: MembershipId,
        /// Sessions that lost this organization.
        sessions: i64,
        /// Pending invitations of this person that were cancelled with it.
        invitations_cancelled: i64,
    },
    /// A member left.
    MemberLeft {
        /// The membership.
        membership: MembershipId,
    },
    /// A message was sent to the administrators.
    AdministratorsMessaged {
        /// The sender's membership.
        membership: MembershipId,
        /// How many administrators it went to.
        recipients: i64,
    },
    /// Somebody signed in.
    SignedIn {
        /// The person.
        user: UserId,
        /// With what.
        with: &'static str,
    },
    /// The password was right, and the second factor is awaited.
    PasswordAccepted {
        /// The person.
        user: UserId,
    },
    /// A password or code was wrong.
    SignInFailed {
        /// The person, if the name is known.
        user: Option<UserId>,
        /// Why.
        because: &'static str,
    },
    /// Too many wrong attempts: sign-in is locked for a while.
    SignInLocked {
        /// The person, if the name is known.
        user: Option<UserId>,
        /// What was counted.
        scope: &'static str,
    },
    /// Somebody signed out.
    SignedOut {
        /// The person.
        user: UserId,
    },
    /// A second factor was set up.
    TwoFactorSetUp {
        /// The person.
        user: UserId,
    },
    /// The operator lifted the locks of wrong passwords and codes.
    SignInUnlocked {
        /// The person.
        user: UserId,
    },
    /// The operator removed a second factor.
    TwoFactorReset {
        /// The person.
        user: UserId,
    },
    /// New recovery codes replaced the former ones.
    RecoveryCodesRenewed {
        /// The person.
        user: UserId,
    },
    /// A mail was given up.
    MailGivenUp {
        /// The mail.
        mail: MailId,
    },
}

/// Whom or what an event concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The table's singular.
    pub kind: &'static str,
    /// The row, if there is one.
    pub id: Option<Uuid>,
}

impl Event {
    /// The stored name.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::OrganizationCreated { .. } => "organization.created",
            Self::InvitationSent { .. } => "invitation.sent",
            Self::InvitationSentAgain { .. } => "invitation.sent_again",
            Self::InvitationRenewed { .. } => "invitation.renewed",
            Self::InvitationCancelled { .. } => "invitation.cancelled",
            Self::InvitationAccepted { .. } => "invitation.accepted",
            Self::InvitationDeclined { .. } => "invitation.declined",
            Self::InvitationLapsed { .. } => "invitation.lapsed",
            Self::RegistrationCompleted { .. } => "registration.completed",
            Self::MemberDeactivated { .. } => "member.deactivated",
            Self::MemberLeft { .. } => "member.left",
            Self::AdministratorsMessaged { .. } => "administrators.messaged",
            Self::SignedIn { .. } => "session.signed_in",
            Self::PasswordAccepted { .. } => "session.password_accepted",
            Self::SignInFailed { .. } => "session.sign_in_failed",
            Self::SignInLocked { .. } => "session.sign_in_locked",
            Self::SignedOut { .. } => "session.signed_out",
            Self::TwoFactorSetUp { .. } => "two_factor.set_up",
            Self::SignInUnlocked { .. } => "session.sign_in_unlocked",
            Self::TwoFactorReset { .. } => "two_factor.reset",
            Self::RecoveryCodesRenewed { .. } => "recovery_codes.renewed",
            Self::MailGivenUp { .. } => "mail.given_up",
        }
    }

    /// Whom or what it concerns.
    pub const fn subject(&self) -> Subject {
        match self {
            Self::OrganizationCreated { organization, .. } => Subject { kind: "organization", id: Some(organization.as_uuid()) },
            Self::InvitationSent { membership, .. }
            | Self::InvitationSentAgain { membership, .. }
            | Self::InvitationRenewed { membership, .. }
            | Self::InvitationCancelled { membership, .. }
            | Self::InvitationAccepted { membership, .. }
            | Self::InvitationDeclined { membership, .. }
            | Self::InvitationLapsed { membership, .. }
            | Self::MemberDeactivated { membership, .. }
            | Self::MemberLeft { membership }
            | Self::AdministratorsMessaged { membership, .. } => Subject { kind: "membership", id: Some(membership.as_uuid()) },
            Self::RegistrationCompleted { user, .. }
            | Self::SignedIn { user, .. }
            | Self::PasswordAccepted { user }
            | Self::SignedOut { user }
            | Self::TwoFactorSetUp { user }
            | Self::SignInUnlocked { user }
            | Self::TwoFactorReset { user }
            | Self::RecoveryCodesRenewed { user } => Subject { kind: "user", id: Some(user.as_uuid()) },
            Self::SignInFailed { user, .. } | Self::SignInLocked { user, .. } => Subject {
                kind: "user",
                id: match user {
                    Some(user) => Some(user.as_uuid()),
                    None => None,
                },
            },
            Self::MailGivenUp { mail } => Subject { kind: "mail", id: Some(mail.as_uuid()) },
        }
    }

    /// What changed, without secrets.
    pub fn difference(&self) -> Value {
        match self {
            Self::OrganizationCreated { name, .. } => json!({ "name": name }),
            Self::InvitationSent { email, role, applications, notified, .. } => {
                json!({ "email": email, "role": role.as_str(), "applications": applications, "notified": notified })
            }
            Self::InvitationSentAgain { email, .. }
            | Self::InvitationRenewed { email, .. }
            | Self::InvitationCancelled { email, .. }
            | Self::InvitationDeclined { email, .. }
            | Self::InvitationLapsed { email, .. } => json!({ "email": email }),
            Self::InvitationAccepted { role, .. } => json!({ "role": role.as_str() }),
            Self::RegistrationCompleted { username, .. } => json!({ "username": username }),
            Self::MemberDeactivated { sessions, invitations_cancelled, .. } => {
                json!({ "sessions": sessions, "invitations_cancelled": invitations_cancelled })
            }
            Self::AdministratorsMessaged { recipients, .. } => json!({ "recipients": recipients }),
            Self::SignedIn { with, .. } => json!({ "with": with }),
            Self::SignInFailed { because, .. } => json!({ "because": because }),
            Self::SignInLocked { scope, .. } => json!({ "scope": scope }),
            Self::MemberLeft { .. }
            | Self::PasswordAccepted { .. }
            | Self::SignedOut { .. }
            | Self::TwoFactorSetUp { .. }
            | Self::SignInUnlocked { .. }
            | Self::TwoFactorReset { .. }
            | Self::RecoveryCodesRenewed { .. }
            | Self::MailGivenUp { .. } => json!({}),
        }
    }
}
