//! The one door: every use case of an organization passes it, in the transaction in which it writes.

use crate::failure::{Failure, Refusal};
use crate::features::auth::sessions;
use crate::features::permissions::permission::Permissions;
use crate::features::permissions::policy::{self, Action};
use crate::features::permissions::role::Role;
use crate::features::permissions::store::{self, SessionStanding, Standing};
use crate::platform::audit::Cause;
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::{Fault, failure};
use crate::platform::request::{Origin, Working};
use crate::platform::settings::Settings;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId, SessionId, UserId};
use crate::values::moment::Moment;
use crate::values::slug::Slug;

/// When somebody was last active in an organization is kept to the hour: reading stays free of writes.
const SECONDS_BETWEEN_VISITS: i64 = 60 * 60;

/// Proof that somebody is signed in with everything their account demands. Only [`signed_in`] and [`require`] make one.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and none follows from another")]
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person.
    pub user: UserId,
    /// The session that the request came with.
    pub session: SessionId,
    /// Where they read their mail.
    pub email: EmailAddress,
    /// Whether they have shown that the mailbox is theirs.
    pub is_email_proved: bool,
    /// Whether the account is about to be closed.
    pub is_closing: bool,
    /// When they last proved who they are with everything they have.
    pub proved_at: Moment,
    /// When the door was passed: the start of the transaction, where there is one.
    pub now: Moment,
    /// Whether two-factor authentication is set up.
    pub has_factor: bool,
    /// Whether any active membership holds something sensitive, so that a factor is owed.
    pub factor_is_owed: bool,
    /// The organization opened last.
    pub last_organization: Option<OrganizationId>,
    origin: Origin,
}

/// Proof that a member may do `action` in an organization. Only [`require`] can make one: it has checked the session, the
/// membership's status, the permission, and the second factor where something sensitive is held, in the transaction that writes.
#[derive(Clone, Debug)]
pub struct Allowed {
    organization: OrganizationId,
    slug: Slug,
    organization_name: String,
    label: String,
    link_validity_seconds: i64,
    membership: MembershipId,
    member_since: Option<Moment>,
    role: Role,
    held: Permissions,
    signed_in: SignedIn,
}

/// Why the door stays shut.
#[derive(Debug)]
pub enum Denied {
    /// No session, or it has ended.
    SignedOut,
    /// A second factor must be set up first.
    TwoFactorDue,
    /// No such organization, or not an active member of it: the same answer.
    NotFound,
    /// A member without the right.
    Forbidden,
    /// The check itself failed: that is a no.
    Fault(Fault),
}

impl<R: Refusal> From<Denied> for Failure<R> {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::SignedOut => Self::SignedOut,
            Denied::TwoFactorDue => Self::TwoFactorDue,
            Denied::NotFound => Self::NotFound,
            Denied::Forbidden => Self::Forbidden,
            Denied::Fault(fault) => failure(&fault),
        }
    }
}

impl From<Fault> for Denied {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<sqlx::Error> for Denied {
    fn from(error: sqlx::Error) -> Self {
        Self::Fault(error.into())
    }
}

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

impl Allowed {
    /// The organization.
    pub const fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// The organization's part of addresses.
    pub const fn slug(&self) -> &Slug {
        &self.slug
    }

    /// The organization's name.
    pub fn organization_name(&self) -> &str {
        &self.organization_name
    }

    /// What the organization calls itself in general.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// How long the organization's links are valid.
    pub const fn link_validity_seconds(&self) -> i64 {
        self.link_validity_seconds
    }

    /// The acting person, as every page knows them.
    pub const fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    /// The acting person.
    pub const fn actor(&self) -> UserId {
        self.signed_in.user
    }

    /// The acting person's membership.
    pub const fn membership(&self) -> MembershipId {
        self.membership
    }

    /// When the acting person joined; an active member has.
    pub fn member_since(&self) -> Moment {
        self.member_since.unwrap_or(self.now())
    }

    /// The acting person's role.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// What the acting person holds: nobody gives more.
    pub const fn held(&self) -> Permissions {
        self.held
    }

    /// When the door was passed: the start of the transaction, where there is one.
    pub const fn now(&self) -> Moment {
        self.signed_in.now
    }

    /// Who causes an audit row, where and when.
    pub fn cause(&self) -> Cause {
        self.signed_in.cause().within(self.organization)
    }
}

impl SignedIn {
    /// Who causes an audit row outside of any organization.
    pub fn cause(&self) -> Cause {
        Cause::from_origin(&self.origin, self.now).by(self.user)
    }
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
