//! The one door: every use case of an organization passes it, in the transaction in which it writes, if it does.

mod proofs;

use crate::features::auth::sessions;
use crate::features::permissions::policy::{self, Action};
use crate::features::permissions::store::{self, SessionStanding, Standing};
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::platform::request::{Origin, Working};
use crate::platform::settings::Settings;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId};
use crate::values::moment::Moment;
use crate::values::slug::Slug;

pub use self::proofs::{Allowed, Denied, SignedIn};

/// When somebody was last active in an organization is kept to the hour: reading stays free of writes.
const SECONDS_BETWEEN_VISITS: i64 = 60 * 60;

/// Lets an active member through who holds what `action` needs. What it notes, that the session is in use and the member here, are
/// statements of their own where nothing else is written.
pub async fn require(reading: &mut Read, request: &Working, organization: &str, action: Action) -> Result<Allowed, Denied> {
    let (allowed, session, visited_at) = examine(reading, request, organization, action).await?;
    let now = allowed.now();
    touch(reading, &session, now).await?;
    if session.last_organization != Some(allowed.organization) {
        sessions::mark_opened(reading, session.id, allowed.organization).await?;
    }
    if visited_at.is_none_or(|last| now.seconds_since(last) >= SECONDS_BETWEEN_VISITS) {
        store::mark_visited(reading, allowed.organization, allowed.membership, now).await?;
    }
    Ok(allowed)
}

/// Decides without writing anything. With the proof come the session, and when the member was last noted as active.
async fn examine(
    reading: &mut Read,
    request: &Working,
    organization: &str,
    action: Action,
) -> Result<(Allowed, SessionStanding, Option<Moment>), Denied> {
    let Some(digest) = request.session() else {
        return Err(Denied::SignedOut);
    };
    // What is no slug is no organization's: it never reaches the database, which refuses some characters.
    let asked = Slug::parse(organization).ok();
    let standing = store::find_standing(reading, &digest, asked.as_ref().map_or("", Slug::as_str)).await?.ok_or(Denied::SignedOut)?;
    let settings = &request.state().settings;
    let signed_in = live_session(&standing, settings, request.origin())?;

    let Some(member) = standing.member else {
        return Err(Denied::NotFound);
    };
    if !member.is_active {
        return Err(Denied::NotFound);
    }
    let slug = Slug::parse(&member.slug)
        .map_err(|error| Denied::Fault(Fault::Inconsistent { table: "organizations", reason: error.to_string() }))?;
    if member.holds_sensitive && !signed_in.has_factor {
        return Err(Denied::TwoFactorDue);
    }
    if !policy::may(member.held, action) {
        return Err(Denied::Forbidden);
    }
    let allowed = Allowed {
        organization: member.organization,
        slug,
        organization_name: member.organization_name,
        label: member.label,
        link_validity_seconds: member.link_validity_seconds.into(),
        membership: member.id,
        member_since: member.activated_at,
        role: member.role,
        held: member.held,
        signed_in,
    };
    Ok((allowed, standing.session, member.visited_at))
}

/// Like [`require`], and holds the organization's row until the transaction ends: whatever counts its administrators sees the
/// same as everybody who comes after. The right is checked again under the lock, since it may have been lost meanwhile.
pub async fn require_alone(tx: &mut Tx, request: &Working, organization: &str, action: Action) -> Result<Allowed, Denied> {
    // Nothing is written before the lock is held: of two who came in with their own rows changed, each would wait for the other.
    let (allowed, ..) = examine(tx, request, organization, action).await?;
    store::lock_organization(tx, allowed.organization).await?;
    require(tx, request, organization, action).await
}

/// Holds an organization's row until the transaction ends, where no member acts: an invited person, the operator.
pub async fn lock_organization(tx: &mut Tx, organization: OrganizationId) -> Result<(), Fault> {
    Ok(store::lock_organization(tx, organization).await?)
}

/// Notes when a member was last seen. The door does so itself; only the example organization does it for others.
pub async fn note_visit(reading: &mut Read, organization: OrganizationId, membership: MembershipId, at: Moment) -> Result<(), Fault> {
    Ok(store::mark_visited(reading, organization, membership, at).await?)
}

/// Lets anybody through who is signed in with everything their account demands.
pub async fn signed_in(reading: &mut Read, request: &Working) -> Result<SignedIn, Denied> {
    let Some(digest) = request.session() else {
        return Err(Denied::SignedOut);
    };
    let standing = store::find_standing(reading, &digest, "").await?.ok_or(Denied::SignedOut)?;
    let signed_in = live_session(&standing, &request.state().settings, request.origin())?;
    touch(reading, &standing.session, standing.now).await?;
    Ok(signed_in)
}

fn live_session(standing: &Standing, settings: &Settings, origin: &Origin) -> Result<SignedIn, Denied> {
    let session = &standing.session;
    if !session.is_full || !session.is_live(settings, standing.now) {
        return Err(Denied::SignedOut);
    }
    Ok(SignedIn {
        user: session.user,
        session: session.id,
        email: EmailAddress::parse(&session.email).map_err(|error| Fault::inconsistent("users", error))?,
        is_email_proved: session.is_email_proved,
        is_closing: session.is_closing,
        proved_at: session.proved_at,
        now: standing.now,
        has_factor: session.has_factor,
        factor_is_owed: session.holds_sensitive && !session.has_factor,
        last_organization: session.last_organization,
        origin: origin.clone(),
    })
}

/// Notes that the session is in use, at most once a minute: reading stays free of writes.
async fn touch(reading: &mut Read, session: &SessionStanding, now: Moment) -> Result<(), Denied> {
    if now.seconds_since(session.last_used_at) >= 60 {
        sessions::mark_used(reading, session.id, now).await?;
    }
    Ok(())
}
