//! SQL of links.

use time::OffsetDateTime;
use uuid::Uuid;

use super::rules::{Life, VoidReason};
use super::{Channel, Purpose};
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::platform::sealing;
use crate::platform::state::AppState;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{LinkId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenDigest, TokenPurpose};

/// A link, and where its life stands.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The link.
    pub id: LinkId,
    /// Its life.
    pub life: Life,
    /// When it was looked at.
    pub now: Moment,
}

/// A link about to be issued.
pub struct NewLink<'link> {
    /// What it is for.
    pub purpose: Purpose,
    /// How it reaches somebody.
    pub channel: Channel,
    /// The membership that it leads to, with its organization.
    pub membership: Option<(OrganizationId, MembershipId)>,
    /// The address that it is sent to.
    pub email: Option<&'link EmailAddress>,
    /// Start of the transaction.
    pub issued_at: Moment,
    /// The end of its time.
    pub expires_at: Moment,
}

/// Issues a link and gives its token, which is stored nowhere.
pub async fn issue(tx: &mut Tx, state: &AppState, link: &NewLink<'_>) -> Result<Token, Fault> {
    let token = Token::from_bytes(TokenPurpose::Link, &state.randomness.bytes::<{ Token::BYTES }>()?);
    let digest = sealing::digest(&token);
    sqlx::query!(
        r#"
        INSERT INTO links (id, digest, purpose, channel, organization_id, membership_id, email_key, issued_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        state.randomness.uuid(link.issued_at)?,
        digest.as_bytes(),
        link.purpose.as_str(),
        link.channel.as_str(),
        link.membership.map(|(organization, _)| organization.as_uuid()),
        link.membership.map(|(_, membership)| membership.as_uuid()),
        link.email.map(EmailAddress::key),
        link.issued_at.to_offset_date_time(),
        link.expires_at.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(token)
}

/// The link for this purpose with this digest, live or not; one for anything else is none.
///
/// Across organizations: whoever follows a link knows no organization; the row says which.
pub async fn find(reading: &mut Read, purpose: Purpose, digest: &TokenDigest) -> Result<Option<Link>, Fault> {
    let row = sqlx::query!(
        r#"
        SELECT id, expires_at, used_at IS NOT NULL AS "is_used!", voided_because, now() AS "now!"
        FROM links WHERE digest = $1 AND purpose = $2
        "#,
        digest.as_bytes(),
        purpose.as_str(),
    )
    .fetch_optional(&mut *reading)
    .await?;
    row.map(|row| {
        Ok(Link {
            id: LinkId::from_uuid(row.id),
            life: life(row.expires_at, row.is_used, row.voided_because.as_deref())?,
            now: Moment::from_offset_date_time(row.now),
        })
    })
    .transpose()
}

/// A stored life, for whoever reads a link together with what it leads to.
pub fn life(expires_at: OffsetDateTime, is_used: bool, voided_because: Option<&str>) -> Result<Life, Fault> {
    let void = voided_because
        .map(|stored| {
            let known = VoidReason::ALL.into_iter().find(|reason| reason.as_str() == stored);
            known.ok_or_else(|| Fault::inconsistent("links", format!("void because {stored}")))
        })
        .transpose()?;
    Ok(Life { expires_at: Moment::from_offset_date_time(expires_at), is_used, void })
}

/// Digest of the newest open link of a waiting membership, so that accepting within the application follows the same story as a link.
///
/// Across organizations: the signed-in person knows the membership that waits for their address, and no organization yet.
pub async fn find_open(reading: &mut Read, purpose: Purpose, membership: MembershipId) -> Result<Option<TokenDigest>, Fault> {
    let digest = sqlx::query_scalar!(
        r#"
        SELECT digest FROM links
        WHERE organization_id = (SELECT organization_id FROM memberships WHERE memberships.id = $1) AND membership_id = $1
            AND purpose = $2 AND used_at IS NULL AND voided_at IS NULL
        ORDER BY issued_at DESC
        LIMIT 1
        "#,
        membership.as_uuid(),
        purpose.as_str(),
    )
    .fetch_optional(&mut *reading)
    .await?;
    digest
        .map(|digest| {
            let bytes = <[u8; 32]>::try_from(digest.as_slice()).map_err(|_| Fault::inconsistent("links", "digest"))?;
            Ok(TokenDigest::from_bytes(bytes))
        })
        .transpose()
}

/// Uses a link up; false when it is no longer live.
///
/// Across organizations: the link was found by its digest.
pub async fn mark_used(tx: &mut Tx, link: LinkId, user: UserId, now: Moment) -> Result<bool, sqlx::Error> {
    let marked = sqlx::query!(
        "UPDATE links SET used_at = $2, used_by = $3 WHERE id = $1 AND used_at IS NULL AND voided_at IS NULL AND expires_at > $2",
        link.as_uuid(),
        now.to_offset_date_time(),
        user.as_uuid(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(marked.rows_affected() == 1)
}

/// Kills every open link of a membership. Those that were replaced before tell the end of the story, too.
pub async fn void(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    reason: VoidReason,
    now: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        UPDATE links SET voided_at = $3, voided_because = $4
        WHERE organization_id = $1 AND membership_id = $2 AND used_at IS NULL
            AND (voided_at IS NULL OR (voided_because = 'replaced' AND $4 <> 'replaced'))
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        now.to_offset_date_time(),
        reason.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends the time of all links of some memberships: they read as expired, and can be replaced.
pub async fn end_time(tx: &mut Tx, organization: OrganizationId, memberships: &[MembershipId], now: Moment) -> Result<(), sqlx::Error> {
    let memberships: Vec<Uuid> = memberships.iter().map(|membership| membership.as_uuid()).collect();
    sqlx::query!(
        "UPDATE links SET expires_at = $3 WHERE organization_id = $1 AND membership_id = ANY ($2) AND expires_at > $3",
        organization.as_uuid(),
        &memberships,
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
