//! Statements of those who follow a link: they belong to no organization yet, so a link's digest or the signed-in person is
//! the proof that leads here.

use crate::features::members::store::{permissions, role};
use crate::features::permissions::{Permissions, Role};
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{LinkId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;

use super::super::model::{Offer, WaitingInvitation};
use super::super::rules::{self, LinkLife, VoidReason};

/// A link and the invitation that it belongs to, as they are at `now`.
pub(in super::super) struct FollowedLink {
    pub(in super::super) id: LinkId,
    pub(in super::super) now: Moment,
    pub(in super::super) life: LinkLife,
    pub(in super::super) organization: OrganizationId,
    pub(in super::super) organization_name: String,
    pub(in super::super) label: String,
    pub(in super::super) slug: String,
    pub(in super::super) link_validity_seconds: i64,
    pub(in super::super) membership: MembershipId,
    pub(in super::super) email_key: String,
    pub(in super::super) pending: Option<PendingInvitation>,
    /// The account with the invited address, if there is one.
    pub(in super::super) account: Option<UserId>,
    /// Whether that account belongs to the organization.
    pub(in super::super) belonging: Belonging,
}

/// How the account with the invited address stands in the organization.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Belonging {
    /// Not at all, or there is no account.
    None,
    /// It is an active member.
    Active,
    /// Its access has ended.
    Ended,
}

/// A membership that waits.
pub(in super::super) struct PendingInvitation {
    pub(in super::super) email: String,
    pub(in super::super) first_name: String,
    pub(in super::super) last_name: String,
    pub(in super::super) username: String,
    pub(in super::super) role: Role,
    pub(in super::super) offered: Permissions,
    pub(in super::super) inviter: Option<Inviter>,
}

/// Who sent an invitation.
pub(in super::super) struct Inviter {
    pub(in super::super) name: String,
    pub(in super::super) email: String,
    /// What they hold now; nothing when they are no longer an active member.
    pub(in super::super) held: Option<Permissions>,
}

/// The link with this digest, unused or not. Of another purpose: nothing.
pub(in super::super) async fn find_link(tx: &mut Tx, digest: &TokenDigest) -> Result<Option<FollowedLink>, Fault> {
    let row = sqlx::query!(
        r#"
        SELECT
            now() AS "now!", links.id, links.expires_at, links.used_at IS NOT NULL AS "is_used!", links.voided_because, links.email_key AS "email_key!",
            links.membership_id AS "membership_id!",
            organizations.id AS organization_id, organizations.name AS organization_name, organizations.label, organizations.slug,
            organizations.link_validity_seconds,
            pending.email AS "email?", pending.first_name AS "first_name?", pending.last_name AS "last_name?", pending.username AS "username?",
            pending.role AS "role?", pending.permissions AS "permissions?",
            inviter.first_name || ' ' || inviter.last_name AS inviter_name, inviter.email AS "inviter_email?",
            CASE WHEN inviting.deactivated_at IS NULL THEN inviting.permissions END AS inviter_permissions,
            account.id AS "account_id?", own.id IS NOT NULL AS "is_own!", own.deactivated_at IS NOT NULL AS "has_ended!"
        FROM links
        JOIN organizations ON organizations.id = links.organization_id
        LEFT JOIN memberships AS pending ON pending.organization_id = links.organization_id AND pending.id = links.membership_id
            AND pending.user_id IS NULL
        LEFT JOIN users AS inviter ON inviter.id = pending.invited_by
        LEFT JOIN memberships AS inviting ON inviting.organization_id = links.organization_id AND inviting.user_id = pending.invited_by
        LEFT JOIN users AS account ON account.email_key = links.email_key
        LEFT JOIN memberships AS own ON own.organization_id = links.organization_id AND own.user_id = account.id
        WHERE links.digest = $1 AND links.purpose = 'invitation'
        "#,
        digest.as_bytes(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let pending = match (row.email, row.role, row.permissions) {
        (Some(email), Some(role_name), Some(bits)) => Some(PendingInvitation {
            email,
            first_name: row.first_name.unwrap_or_default(),
            last_name: row.last_name.unwrap_or_default(),
            username: row.username.unwrap_or_default(),
            role: role(&role_name)?,
            offered: permissions(bits)?,
            inviter: match (row.inviter_name, row.inviter_email) {
                (Some(name), Some(email)) => Some(Inviter { name, email, held: row.inviter_permissions.map(permissions).transpose()? }),
                _ => None,
            },
        }),
        _ => None,
    };
    let void = match row.voided_because.as_deref() {
        None => None,
        Some("withdrawn") => Some(VoidReason::Withdrawn),
        Some("replaced") => Some(VoidReason::Replaced),
        Some("declined") => Some(VoidReason::Declined),
        Some(other) => return Err(Fault::Inconsistent { table: "links", reason: other.to_owned() }),
    };
    Ok(Some(FollowedLink {
        id: LinkId::from_uuid(row.id),
        now: Moment::from_offset_date_time(row.now),
        life: LinkLife {
            expires_at: Moment::from_offset_date_time(row.expires_at),
            is_used: row.is_used,
            void,
            is_pending: pending.is_some(),
        },
        organization: OrganizationId::from_uuid(row.organization_id),
        organization_name: row.organization_name,
        label: row.label,
        slug: row.slug,
        link_validity_seconds: i64::from(row.link_validity_seconds),
        membership: MembershipId::from_uuid(row.membership_id),
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
pub(in super::super) async fn lock_organization_of_link(tx: &mut Tx, digest: &TokenDigest) -> Result<(), sqlx::Error> {
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
pub(in super::super) async fn lock_membership_of_link(tx: &mut Tx, digest: &TokenDigest) -> Result<(), sqlx::Error> {
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

/// Gives a waiting membership its person: what the organization typed makes room for the account's own words. False when the
/// person belongs to the organization already, or the membership waits no longer.
pub(in super::super) async fn activate_membership(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    user: UserId,
    now: Moment,
    sort_name: &str,
    search: &str,
) -> Result<bool, sqlx::Error> {
    let activated = sqlx::query!(
        r#"
        UPDATE memberships
        SET user_id = $3, activated_at = $4, email = NULL, email_key = NULL, first_name = NULL, last_name = NULL, username = NULL,
            sort_name = $5, search = $6
        WHERE organization_id = $1 AND id = $2 AND user_id IS NULL
            AND NOT EXISTS (SELECT FROM memberships AS own WHERE own.organization_id = $1 AND own.user_id = $3)
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        user.as_uuid(),
        now.to_offset_date_time(),
        sort_name,
        search,
    )
    .execute(&mut **tx)
    .await?;
    Ok(activated.rows_affected() == 1)
}

/// Marks the link as used.
pub(in super::super) async fn mark_link_used(tx: &mut Tx, link: &FollowedLink, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE links SET used_at = $2, used_by = $3 WHERE id = $1 AND used_at IS NULL AND voided_at IS NULL",
        link.id.as_uuid(),
        link.now.to_offset_date_time(),
        user.as_uuid(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Removes a waiting membership that its person declined.
pub(in super::super) async fn delete_waiting(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM memberships WHERE organization_id = $1 AND id = $2 AND user_id IS NULL",
        organization.as_uuid(),
        membership.as_uuid(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An account, as far as joining needs it.
pub(in super::super) struct JoiningAccount {
    pub(in super::super) email: EmailAddress,
    pub(in super::super) is_email_proved: bool,
    pub(in super::super) first_name: String,
    pub(in super::super) last_name: String,
    pub(in super::super) username: String,
}

/// The account of somebody who is signed in.
pub(in super::super) async fn get_account(tx: &mut Tx, user: UserId) -> Result<JoiningAccount, Fault> {
    let row = sqlx::query!(
        r#"SELECT email, email_proved_at IS NOT NULL AS "is_proved!", first_name, last_name, username FROM users WHERE id = $1"#,
        user.as_uuid()
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(JoiningAccount {
        email: EmailAddress::parse(&row.email).map_err(|error| Fault::Inconsistent { table: "users", reason: error.to_string() })?,
        is_email_proved: row.is_proved,
        first_name: row.first_name,
        last_name: row.last_name,
        username: row.username,
    })
}

/// Notes that the person holds the mailbox: a mailed link was used while signed in with that address.
pub(in super::super) async fn mark_email_proved(tx: &mut Tx, user: UserId, now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE users SET email_proved_at = $2 WHERE id = $1 AND email_proved_at IS NULL",
        user.as_uuid(),
        now.to_offset_date_time()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Invitations with a mail sent that wait for an address and still stand, oldest first.
pub(in super::super) async fn list_waiting(tx: &mut Tx, email: &EmailAddress) -> Result<Vec<WaitingInvitation>, Fault> {
    let rows = sqlx::query!(
        r#"
        SELECT memberships.id, memberships.role, memberships.permissions, memberships.link_expires_at AS "link_expires_at!",
            organizations.name, organizations.label,
            coalesce(inviter.first_name || ' ' || inviter.last_name, '') AS "inviter!",
            CASE WHEN inviting.deactivated_at IS NULL THEN inviting.permissions END AS inviter_permissions,
            EXISTS (
                SELECT FROM application_access
                JOIN access_levels USING (organization_id, application_id)
                WHERE application_access.organization_id = memberships.organization_id AND application_access.membership_id = memberships.id
                    AND access_levels.level <= application_access.level AND access_levels.sensitive
            ) AS "has_sensitive_access!"
        FROM memberships
        JOIN organizations ON organizations.id = memberships.organization_id
        LEFT JOIN users AS inviter ON inviter.id = memberships.invited_by
        LEFT JOIN memberships AS inviting ON inviting.organization_id = memberships.organization_id AND inviting.user_id = memberships.invited_by
        WHERE memberships.email_key = $1 AND memberships.user_id IS NULL AND memberships.invited_at IS NOT NULL
            AND memberships.link_expires_at > now()
        ORDER BY memberships.created_at
        "#,
        email.key(),
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for row in rows {
        let offered = permissions(row.permissions)?;
        let inviter_held = row.inviter_permissions.map(permissions).transpose()?;
        if rules::offer_stands(offered, row.has_sensitive_access, inviter_held).is_ok() {
            waiting.push(WaitingInvitation {
                member: MembershipId::from_uuid(row.id),
                offer: Offer {
                    organization_name: row.name,
                    label: row.label,
                    inviter: row.inviter,
                    role: role(&row.role)?,
                    demands_second_factor: offered.is_sensitive() || row.has_sensitive_access,
                    valid_until: Moment::from_offset_date_time(row.link_expires_at),
                },
            });
        }
    }
    Ok(waiting)
}

/// Where the reachable administrators of an organization read their mail.
pub(in super::super) async fn list_administrators(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<EmailAddress>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"
        SELECT users.email
        FROM memberships
        JOIN users ON users.id = memberships.user_id
        WHERE memberships.organization_id = $1 AND memberships.role = 'administrator'
            AND memberships.deactivated_at IS NULL AND users.closing_at IS NULL
        ORDER BY memberships.id
        "#,
        organization.as_uuid(),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|email| EmailAddress::parse(email).map_err(|error| Fault::Inconsistent { table: "users", reason: error.to_string() }))
        .collect()
}

/// Digest of an open link of a waiting membership, by which the in-app acceptance follows the same story as a link.
pub(in super::super) async fn find_open_link_of(tx: &mut Tx, membership: MembershipId) -> Result<Option<TokenDigest>, Fault> {
    let digest = sqlx::query_scalar!(
        "SELECT digest FROM links WHERE membership_id = $1 AND used_at IS NULL AND voided_at IS NULL ORDER BY issued_at DESC LIMIT 1",
        membership.as_uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    digest
        .map(|digest| {
            <[u8; 32]>::try_from(digest.as_slice())
                .map(TokenDigest::from_bytes)
                .map_err(|_| Fault::Inconsistent { table: "links", reason: "digest".to_owned() })
        })
        .transpose()
}
