//! The one process that adds anybody to an organization: invited by address, added by name, from a file, by a join request, by a
//! machine. Whoever calls it holds the organization's row.

use super::events::Event;
use super::issue::{AskedBy, Issue};
use super::issuing::issue_link;
use super::model::Offer;
use super::rules::AddressStanding;
use super::store;
use crate::features::applications::{self, Access};
use crate::features::auth::registration;
use crate::features::memberships::rules::MembershipTimes;
use crate::features::memberships::{self, NewMembership, Typed, Who};
use crate::features::permissions::Role;
use crate::features::permissions::access::Allowed;
use crate::platform::audit::{self, Cause};
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::request::Working;
use crate::values::display_name::PersonName;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::username::Username;

/// Who offers a membership.
#[derive(Clone, Copy)]
pub enum Offerer<'offerer> {
    /// A member who has passed the door; that they hold what they offer has been decided before.
    Member(&'offerer Allowed),
    /// Somebody with the machine.
    Operator(OrganizationId),
    /// A program that the organization trusts.
    Machine(OrganizationId),
}

/// What is offered, and to whom.
pub struct Offering<'offering> {
    /// The address.
    pub email: &'offering EmailAddress,
    /// Given name, if it is known.
    pub first_name: Option<&'offering PersonName>,
    /// Family name, if it is known.
    pub last_name: Option<&'offering PersonName>,
    /// The username that is kept for the person.
    pub username: Option<&'offering Username>,
    /// The role.
    pub role: Role,
    /// Access to applications, each of the organization's.
    pub access: &'offering Access,
    /// Whether a mail goes out now.
    pub mail: Mailing,
}

/// Whether a mail goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailing {
    /// Now, unless the day's mails are used up.
    Now,
    /// Later, when a member sends it: the membership is *Not notified*.
    Later,
}

/// What came of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// The mail is on its way.
    Invited {
        /// The membership that waits.
        membership: MembershipId,
        /// Until when its link is valid.
        valid_until: Moment,
    },
    /// The membership waits, but no mail went out.
    NotNotified {
        /// The membership that waits.
        membership: MembershipId,
    },
    /// The membership waits for a second member's approval; no link exists.
    HeldForApproval {
        /// The membership that waits.
        membership: MembershipId,
    },
    /// The address belongs to the organization.
    AlreadyMember,
    /// An invitation to the address waits.
    AlreadyInvited,
    /// The address belonged to the organization: its membership is to be reactivated instead.
    DeactivatedHere {
        /// That membership.
        membership: MembershipId,
    },
    /// Somebody has or had the username.
    UsernameTaken,
}

/// Adds somebody who is to belong, with everything that belongs to it: membership, drafted username, access, link, mail and audit row.
/// Where the outcome is that nobody was added, nothing was written.
pub async fn offer(tx: &mut Tx, request: &Working, offerer: Offerer<'_>, offering: Offering<'_>) -> Result<Offered, Fault> {
    let state = request.state();
    let organization = offerer.organization();
    let now = clock::now(tx).await?;
    match store::standing_of(tx, organization, offering.email).await? {
        AddressStanding::Unknown => {}
        AddressStanding::Pending => return Ok(Offered::AlreadyInvited),
        AddressStanding::Member => return Ok(Offered::AlreadyMember),
        AddressStanding::Deactivated(membership) => return Ok(Offered::DeactivatedHere { membership }),
    }
    let inviting = store::get_inviting_organization(tx, organization, offerer.user()).await?;
    let is_mailed =
        offering.mail == Mailing::Now && store::count_mails_of_today(tx, organization).await? < state.settings.invitations_per_day;
    let valid_until = now.plus(inviting.link_validity_seconds);

    let membership = MembershipId::from_uuid(request.random_id(now)?);
    let new = NewMembership {
        id: membership,
        who: Who::Awaited(Typed {
            email: offering.email,
            first_name: offering.first_name.map(PersonName::as_str),
            last_name: offering.last_name.map(PersonName::as_str),
            username: offering.username.map(Username::key),
        }),
        role: offering.role,
        held: offering.role.permissions(),
        invited_by: offerer.user(),
        created_at: now,
        times: MembershipTimes::default(),
    };
    if !memberships::insert(tx, organization, &new).await? {
        return Ok(Offered::AlreadyInvited);
    }
    if let Some(username) = offering.username
        && !registration::draft_username(tx, username, organization, membership, now).await?
    {
        memberships::remove_pending(tx, organization, membership).await?;
        return Ok(Offered::UsernameTaken);
    }
    applications::give(tx, organization, membership, offering.access, now).await?;
    let event = Event::Sent {
        membership,
        email: offering.email.as_str().to_owned(),
        role: offering.role,
        applications: offering.access.iter().collect(),
        notified: is_mailed,
    };
    audit::record(tx, state, &offerer.cause(request, now), &event).await?;
    if !is_mailed {
        return Ok(Offered::NotNotified { membership });
    }
    let offer = Offer {
        organization_name: inviting.name,
        label: inviting.label,
        inviter: inviting.inviter,
        role: offering.role,
        demands_second_factor: store::is_sensitive(tx, organization, membership).await?,
        valid_until,
    };
    let asked_by = offerer.user().map_or(AskedBy::Program, AskedBy::Member);
    issue_link(tx, state, &Issue { organization, membership, email: offering.email, offer: &offer, now, asked_by }).await?;
    Ok(Offered::Invited { membership, valid_until })
}

impl Offerer<'_> {
    const fn organization(self) -> OrganizationId {
        match self {
            Self::Member(allowed) => allowed.organization(),
            Self::Operator(organization) | Self::Machine(organization) => organization,
        }
    }

    /// The member who stands behind the offer.
    const fn user(self) -> Option<UserId> {
        match self {
            Self::Member(allowed) => Some(allowed.actor()),
            Self::Operator(_) | Self::Machine(_) => None,
        }
    }

    fn cause(self, request: &Working, now: Moment) -> Cause {
        match self {
            Self::Member(allowed) => allowed.cause(),
            Self::Operator(organization) => Cause::of_operator(now).within(organization),
            Self::Machine(organization) => Cause::of(request, now).within(organization),
        }
    }
}
