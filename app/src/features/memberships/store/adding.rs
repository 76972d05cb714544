//! How a membership begins, and gets its person.

use super::MembershipTimes;
use crate::features::permissions::{Permissions, Role, stored};
use crate::platform::db::Tx;
use crate::platform::folding;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;

/// A membership about to begin.
pub struct NewMembership<'person> {
    /// The membership.
    pub id: MembershipId,
    /// Who belongs, or is to.
    pub who: Who<'person>,
    /// The role.
    pub role: Role,
    /// The permissions.
    pub held: Permissions,
    /// Who asked, if a member did.
    pub invited_by: Option<UserId>,
    /// When it begins.
    pub created_at: Moment,
    /// What happened to it so far.
    pub times: MembershipTimes,
}

/// Who belongs, or is to.
#[derive(Clone, Copy)]
pub enum Who<'person> {
    /// Nobody yet: what the organization typed.
    Awaited(Typed<'person>),
    /// Somebody with an account.
    Known(Holder<'person>),
}

/// What an organization typed of somebody who is to belong.
#[derive(Clone, Copy)]
pub struct Typed<'person> {
    /// The address.
    pub email: &'person EmailAddress,
    /// Given name.
    pub first_name: Option<&'person str>,
    /// Family name.
    pub last_name: Option<&'person str>,
    /// Drafted username.
    pub username: Option<&'person str>,
}

/// Somebody with an account, as the list shows and finds them.
#[derive(Clone, Copy)]
pub struct Holder<'person> {
    /// The account.
    pub user: UserId,
    /// Given name.
    pub first_name: &'person str,
    /// Family name.
    pub last_name: &'person str,
    /// The username.
    pub username: &'person str,
    /// The address.
    pub email: &'person EmailAddress,
}

/// Adds a membership. False when another invitation to the same address came first (`memberships_one_pending_per_address`).
pub async fn insert(tx: &mut Tx, organization: OrganizationId, membership: &NewMembership<'_>) -> Result<bool, sqlx::Error> {
    let (typed, words) = match membership.who {
        Who::Awaited(typed) => (Some(typed), Words::of_typed(&typed)),
        Who::Known(holder) => (None, Words::of_holder(&holder)),
    };
    let user = match membership.who {
        Who::Awaited(_) => None,
        Who::Known(holder) => Some(holder.user.as_uuid()),
    };
    let times = membership.times;
    let inserted = sqlx::query!(
        r#"
        INSERT INTO memberships (organization_id, id, user_id, role, permissions, email, email_key, first_name, last_name, username,
            invited_by, created_at, invited_at, link_expires_at, activated_at, deactivated_at, sort_name, search)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (organization_id, email_key) WHERE user_id IS NULL DO NOTHING
        "#,
        organization.as_uuid(),
        membership.id.as_uuid(),
        user,
        membership.role.as_str(),
        stored::bits(membership.held),
        typed.map(|typed| typed.email.as_str()),
        typed.map(|typed| typed.email.key()),
        typed.and_then(|typed| typed.first_name),
        typed.and_then(|typed| typed.last_name),
        typed.and_then(|typed| typed.username),
        membership.invited_by.map(UserId::as_uuid),
        membership.created_at.to_offset_date_time(),
        times.invited_at.map(Moment::to_offset_date_time),
        times.link_expires_at.map(Moment::to_offset_date_time),
        times.activated_at.map(Moment::to_offset_date_time),
        times.deactivated_at.map(Moment::to_offset_date_time),
        words.sort_name,
        words.search,
    )
    .execute(&mut **tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Gives a waiting membership its person: what the organization typed makes room for the account's own words. False when the
/// person belongs to the organization already, or the membership waits no longer.
pub async fn give_person(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    holder: &Holder<'_>,
    now: Moment,
) -> Result<bool, sqlx::Error> {
    let words = Words::of_holder(holder);
    let given = sqlx::query!(
        r#"
        UPDATE memberships
        SET user_id = $3, activated_at = $4, email = NULL, email_key = NULL, first_name = NULL, last_name = NULL, username = NULL,
            sort_name = $5, search = $6
        WHERE organization_id = $1 AND id = $2 AND user_id IS NULL
            AND NOT EXISTS (SELECT FROM memberships AS own WHERE own.organization_id = $1 AND own.user_id = $3)
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        holder.user.as_uuid(),
        now.to_offset_date_time(),
        words.sort_name,
        words.search,
    )
    .execute(&mut **tx)
    .await?;
    Ok(given.rows_affected() == 1)
}

/// Notes that a link was queued. `sender` becomes the inviting person when an administrator sends it; a renewal by the invited
/// person leaves who invited.
pub async fn mark_invited(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    sender: Option<UserId>,
    now: Moment,
    expires_at: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        UPDATE memberships SET invited_at = $3, link_expires_at = $4, invited_by = coalesce($5, invited_by)
        WHERE organization_id = $1 AND id = $2 AND user_id IS NULL
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        now.to_offset_date_time(),
        expires_at.to_offset_date_time(),
        sender.map(UserId::as_uuid),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// By what the list orders and finds somebody.
struct Words {
    sort_name: String,
    search: String,
}

impl Words {
    /// Without a name, the address is the order's key.
    fn of_typed(typed: &Typed<'_>) -> Self {
        let (first_name, last_name) = (typed.first_name.unwrap_or_default(), typed.last_name.unwrap_or_default());
        let name = folding::fold(&format!("{first_name} {last_name}"));
        Self {
            sort_name: if name.is_empty() { typed.email.key() } else { name },
            search: folding::search_text(first_name, last_name, typed.username.unwrap_or_default(), typed.email.as_str()),
        }
    }

    fn of_holder(holder: &Holder<'_>) -> Self {
        Self {
            sort_name: folding::fold(&format!("{} {}", holder.first_name, holder.last_name)),
            search: folding::search_text(holder.first_name, holder.last_name, holder.username, holder.email.as_str()),
        }
    }
}
