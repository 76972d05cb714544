//! Every statement that changes a membership, and how one is read for a decision.

mod adding;
mod ending;

pub use adding::{Holder, NewMembership, Typed, Who, give_person, insert, mark_invited};
pub use ending::{LapsedOffer, PendingOffer, end, lapse_sensitive_offers, list_pending_by, lock_pending, remove_pending};

use super::rules::{self, Member, MembershipTimes};
use crate::features::permissions::access::Allowed;
use crate::features::permissions::{Permissions, Role, stored};
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, UserId};
use crate::values::moment::Moment;

/// A membership with its person, as decisions look at it.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The membership.
    pub id: MembershipId,
    /// The account, once there is one.
    pub user: Option<UserId>,
    /// The account's names, else the typed ones; may be empty.
    pub first_name: String,
    /// See `first_name`.
    pub last_name: String,
    /// The account's address, else the invited one.
    pub email: EmailAddress,
    /// The role.
    pub role: Role,
    /// The permissions.
    pub held: Permissions,
    /// Times that the status derives from.
    pub times: MembershipTimes,
    /// Whether the account is about to be closed.
    pub is_closing: bool,
}

impl Membership {
    /// The whole name; empty while nobody has typed one.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }

    /// How the person is called: by name, else by address.
    pub fn called(&self) -> String {
        let name = self.name();
        if name.is_empty() { self.email.as_str().to_owned() } else { name }
    }

    /// As the rules see it.
    pub fn member(&self, allowed: &Allowed) -> Member {
        Member {
            name: self.called(),
            status: rules::status(self.times, allowed.now()),
            role: self.role,
            held: self.held,
            is_closing: self.is_closing,
            is_self: self.user == Some(allowed.actor()),
        }
    }
}

/// One membership of the organization.
pub async fn find(reading: &mut Read, allowed: &Allowed, id: MembershipId) -> Result<Option<Membership>, Fault> {
    let organization = allowed.organization().as_uuid();
    let row = sqlx::query!(
        r#"
        SELECT
            memberships.user_id,
            coalesce(users.first_name, memberships.first_name, '') AS "first_name!",
            coalesce(users.last_name, memberships.last_name, '') AS "last_name!",
            coalesce(users.email, memberships.email) AS "email!",
            memberships.role, memberships.permissions,
            memberships.invited_at, memberships.link_expires_at, memberships.activated_at, memberships.deactivated_at,
            users.closing_at IS NOT NULL AS "is_closing!"
        FROM memberships
        LEFT JOIN users ON users.id = memberships.user_id
        WHERE memberships.organization_id = $1 AND memberships.id = $2
        "#,
        organization,
        id.as_uuid(),
    )
    .fetch_optional(&mut *reading)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(Membership {
        id,
        user: row.user_id.map(UserId::from_uuid),
        first_name: row.first_name,
        last_name: row.last_name,
        email: EmailAddress::parse(&row.email).map_err(|error| Fault::inconsistent("memberships", error))?,
        role: stored::role(&row.role)?,
        held: stored::permissions(row.permissions)?,
        times: MembershipTimes {
            invited_at: row.invited_at.map(Moment::from_offset_date_time),
            link_expires_at: row.link_expires_at.map(Moment::from_offset_date_time),
            activated_at: row.activated_at.map(Moment::from_offset_date_time),
            deactivated_at: row.deactivated_at.map(Moment::from_offset_date_time),
        },
        is_closing: row.is_closing,
    }))
}

/// Like [`find`], and holds the membership until the transaction ends.
pub async fn lock(tx: &mut Tx, allowed: &Allowed, id: MembershipId) -> Result<Option<Membership>, Fault> {
    let organization = allowed.organization().as_uuid();
    let locked =
        sqlx::query_scalar!("SELECT id FROM memberships WHERE organization_id = $1 AND id = $2 FOR UPDATE", organization, id.as_uuid())
            .fetch_optional(&mut **tx)
            .await?;
    match locked {
        Some(_) => find(tx, allowed, id).await,
        None => Ok(None),
    }
}

/// How many administrators can be reached, counted up to two. For a decision it runs under the organization's lock.
pub async fn count_reachable_administrators(reading: &mut Read, allowed: &Allowed) -> Result<i64, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM (SELECT FROM reachable_administrators WHERE organization_id = $1 LIMIT 2) AS reachable"#,
        organization,
    )
    .fetch_one(&mut *reading)
    .await
}
