//! Statements of those who follow a link: they belong to no organization yet, so a link's digest or the signed-in person is
//! the proof that leads here.

use super::rules::{self, LinkState};
use crate::features::auth::links::{self, Life, Purpose};
use crate::features::permissions::{Permissions, Role, stored};
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{LinkId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;

/// A link and the invitation that it belongs to, as they are at `now`.
pub(super) struct FollowedLink {
    pub(super) id: LinkId,
    pub(super) now: Moment,
    pub(super) life: Life,
    pub(super) organization: OrganizationId,
    pub(super) organization_name: String,
    pub(super) label: String,
    pub(super) slug: String,
    pub(super) link_validity_seconds: i64,
    /// `None` where the membership is gone.
    pub(super) membership: Option<MembershipId>,
    pub(super) email_key: String,
    pub(super) pending: Option<PendingInvitation>,
    /// The account with the invited address, if there is one.
    pub(super) account: Option<UserId>,
    /// Whether that account belongs to the organization.
    pub(super) belonging: Belonging,
}

impl FollowedLink {
    /// Where it stands.
    pub(super) fn state(&self) -> LinkState {
        rules::link_state(self.life, self.pending.is_some(), self.now)
    }

    /// What is counted for this invitation, whichever of its links is followed, also after its membership is gone.
    pub(super) fn counted(&self) -> Vec<u8> {
        [self.organization.as_uuid().as_bytes(), self.email_key.as_bytes()].concat()
    }
}

/// How the account with the invited address stands in the organization.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Belonging {
    /// Not at all, or there is no account.
    None,
    /// It is an active member.
    Active,
    /// Its access has ended.
    Ended,
}

/// A membership that waits.
pub(super) struct PendingInvitation {
    pub(super) membership: MembershipId,
    pub(super) email: EmailAddress,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) username: String,
    pub(super) role: Role,
    pub(super) offered: Permissions,
    /// Whether it carries something sensitive, so that a second factor is demanded.
    pub(super) is_sensitive: bool,
    pub(super) inviter: Option<Inviter>,
}

/// Who sent an invitation.
pub(super) struct Inviter {
    pub(super) name: String,
    pub(super) email: EmailAddress,
    /// What they hold now; nothing when they are no longer an active member.
    pub(super) held: Option<Permissions>,
}

/// The link with this digest, live or not. Of another purpose: nothing. The membership is looked up before it is judged: the index
/// of invitations that wait would lead through all of the organization's.
///
/// Across organizations: whoever follows a link knows no organization; the row says which.
pub(super) async fn find_link(reading: &mut Read, digest: &TokenDigest) -> Result<Option<FollowedLink>, Fault> {
    let row = sqlx::query!(
        r#"
        SELECT
            now() AS "now!", links.id, links.expires_at, links.used_at IS NOT NULL AS "is_used!", links.voided_because, links.email_key AS "email_key!",
            links.membership_id,
            organizations.id AS organization_id, organizations.name AS organization_name, organizations.label, organizations.slug,
            organizations.link_validity_seconds,
            pending.id AS "pending_id?", pending.email AS "email?", pending.first_name AS "first_name?", pending.last_name AS "last_name?",
            pending.username AS "username?", pending.role AS "role?", pending.permissions AS "permissions?",
            EXISTS (
                SELECT FROM sensitive_access
                WHERE sensitive_access.organization_id = pending.organization_id AND sensitive_access.membership_id = pending.id
            ) AS "is_sensitive!",
            inviter.first_name || ' ' || inviter.last_name AS inviter_name, inviter.email AS "inviter_email?",
            CASE WHEN inviting.deactivated_at IS NULL THEN inviting.permissions END AS inviter_permissions,
            account.id AS "account_id?", own.id IS NOT NULL AS "is_own!", own.deactivated_at IS NOT NULL AS "has_ended!"
        FROM links
        JOIN organizations ON organizations.id = links.organization_id
        LEFT JOIN LATERAL (
            SELECT * FROM memberships
            WHERE memberships.organization_id = links.organization_id AND memberships.id = links.membership_id
            OFFSET 0
        ) AS pending ON pending.user_id IS NULL
        LEFT JOIN users AS inviter ON inviter.id = pending.invited_by
        LEFT JOIN memberships AS inviting ON inviting.organization_id = links.organization_id AND inviting.user_id = pending.invited_by
        LEFT JOIN users AS account ON account.email_key = links.email_key
        LEFT JOIN memberships AS own ON own.organization_id = links.organization_id AND own.user_id = account.id
        WHERE links.digest = $1 AND links.purpose = $2
        "#,
        digest.as_bytes(),
        Purpose::Invitation.as_str(),
    )
    .fetch_optional(&mut *reading)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let pending = match (row.pending_id, row.email, row.role, row.permissions) {
        (Some(id), Some(email), Some(role), Some(bits)) => Some(PendingInvitation {
            membership: MembershipId::from_uuid(id),
            email: address("memberships", &email)?,
            first_name: row.first_name.unwrap_or_default(),
            last_name: row.last_name.unwrap_or_default(),
            username: row.username.unwrap_or_default(),
            role: stored::role(&role)?,
            offered: stored::permissions(bits)?,
            is_sensitive: row.is_sensitive,
            inviter: match (row.inviter_name, row.inviter_email) {
                (Some(name), Some(email)) => Some(Inviter {
                    name,
                    email: address("users", &email)?,
                    held: row.inviter_permissions.map(stored::permissions).transpose()?,
                }),
                _ => None,
            },
        }),
        _ => None,
    };
    Ok(Some(FollowedLink {
        id: LinkId::from_uuid(row.id),
        now: Moment::from_offset_date_time(row.now),
        life: links::life(row.expires_at, row.is_used, row.voided_because.as_deref())?,
        organization: OrganizationId::from_uuid(row.organization_id),
        organization_name: row.organization_name,
        label: row.label,
        slug: row.slug,
        link_validity_seconds: i64::from(row.link_validity_seconds),
        membership: row.membership_id.map(MembershipId::from_uuid),
        email_key: row.email_key,
        pending,
        account: row.account_id.map(UserId::from_uuid),
        belonging: match (row.is_own, row.has_ended) {
            (false, _) => Belonging::None,
            (true, false) => Belonging::Active,
            (true, true) => Belonging::Ended,
        },
    }))
}

/// Holds the organization of a link until the transaction ends, for whoever is about to remove the membership.
///
/// Across organizations: the row says which one it is.
pub(super) async fn lock_organization_of_link(tx: &mut Tx, digest: &TokenDigest) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT organizations.id FROM organizations
        JOIN links ON links.organization_id = organizations.id
        WHERE links.digest = $1
        FOR NO KEY UPDATE OF organizations
        "#,
        digest.as_bytes(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}

/// Holds the membership of a link until the transaction ends, so that accepting, cancelling and renewing take turns.
///
/// Across organizations: the row says which one's it is.
pub(super) async fn lock_membership_of_link(tx: &mut Tx, digest: &TokenDigest) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT memberships.id FROM memberships
        JOIN links ON links.organization_id = memberships.organization_id AND links.membership_id = memberships.id
        WHERE links.digest = $1
        FOR UPDATE OF memberships
        "#,
        digest.as_bytes(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}

fn address(table: &'static str, email: &str) -> Result<EmailAddress, Fault> {
    EmailAddress::parse(email).map_err(|error| Fault::inconsistent(table, error))
}
