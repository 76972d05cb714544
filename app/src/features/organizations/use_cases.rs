//! The short stories of an organization and its members.

use super::model::{MessageForm, MessageSent, OrganizationSummary, Overview};
use super::refusal::{LeaveRefusal, MessageRefusal};
use super::store::{self, Founder, LapsedOffer};
use super::{emails, rules};
use crate::failure::{Failure, NoRefusal};
use crate::features::audit::event::Event;
use crate::features::audit::{self, Cause};
use crate::features::permissions::access::{self, Allowed};
use crate::features::permissions::{Action, Permission, Role};
use crate::paths;
use crate::platform::db::{self, Tx};
use crate::platform::folding;
use crate::platform::incidents::Fault;
use crate::platform::outbox::{self, Mail};
use crate::platform::request::Working;
use crate::platform::throttle::{self, Attempt};
use crate::values::display_name::{Label, OrganizationName};
use crate::values::go_to::GoTo;
use crate::values::ids::{MembershipId, OrganizationId, UserId};
use crate::values::slug::Slug;

/// The organization as the member who was let through sees it.
pub(crate) fn summary(allowed: &Allowed) -> OrganizationSummary {
    OrganizationSummary {
        slug: allowed.slug().to_string(),
        name: allowed.organization_name().to_owned(),
        role: allowed.role(),
        held: allowed.held(),
    }
}

/// Who founds an organization.
pub(crate) struct NewAdministrator<'account> {
    /// The account.
    pub user: UserId,
    /// Given name.
    pub first_name: &'account str,
    /// Family name.
    pub last_name: &'account str,
    /// Username.
    pub username: &'account str,
    /// Address.
    pub email: &'account str,
}

/// Creates an organization whose first member is its administrator, in the caller's transaction. The slug is made from the
/// name, with the smallest number that makes it unique.
pub(crate) async fn create(
    tx: &mut Tx,
    request: &Working,
    name: &OrganizationName,
    label: &Label,
    founder: &NewAdministrator<'_>,
    cause: &Cause,
) -> Result<Slug, Fault> {
    // Two organizations of the same name must not choose the same slug.
    db::store::lock(tx, "organizations.slug").await?;
    let suggested = Slug::suggest(&folding::fold(name.as_str()));
    let slug = rules::free_slug(&suggested, &store::list_slugs_like(tx, &suggested).await?);
    let organization = OrganizationId::from_uuid(request.random_id(cause.at)?);
    let member = Founder {
        membership: MembershipId::from_uuid(request.random_id(cause.at)?),
        user: founder.user,
        sort_name: &folding::fold(&format!("{} {}", founder.first_name, founder.last_name)),
        search: &folding::search_text(founder.first_name, founder.last_name, founder.username, founder.email),
    };

    store::insert_organization(tx, organization, &slug, name, label, &member, cause.at).await?;

    let cause = Cause { organization: Some(organization), actor: Some(founder.user), ..cause.clone() };
    audit::record(tx, request.state(), &cause, &Event::OrganizationCreated { organization, name: name.to_string() }).await?;
    Ok(slug)
}

/// What every active member sees first.
pub(super) async fn read_overview(request: Working, organization: String) -> Result<Overview, Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let allowed = access::require(&mut tx, &request, &organization, Action::SeeOverview).await?;

    let own = store::get_own_membership(&mut tx, &allowed).await?;
    let applications = if allowed.held().contains(Permission::OpenApplications) {
        Some(store::list_own_applications(&mut tx, &allowed).await?)
    } else {
        None
    };
    let stays_because = decide_leaving(&mut tx, &allowed).await?.err();

    tx.commit().await?;
    Ok(Overview { organization: summary(&allowed), label: own.label, member_since: own.member_since, applications, stays_because })
}

/// Ends the caller's own membership; their account and other memberships stay.
pub(super) async fn leave(request: Working, organization: String) -> Result<GoTo, Failure<LeaveRefusal>> {
    let mut tx = request.begin().await?;
    let allowed = access::require_alone(&mut tx, &request, &organization, Action::LeaveOrganization).await?;

    decide_leaving(&mut tx, &allowed).await??;

    if !store::mark_left(&mut tx, &allowed).await? {
        return Err(Failure::NotFound);
    }
    audit::record(&mut tx, request.state(), &allowed.cause(), &Event::MemberLeft { membership: allowed.membership() }).await?;
    end_sensitive_offers_of(&mut tx, &request, &allowed, allowed.actor()).await?;
    tx.commit().await?;
    Ok(GoTo::page(paths::HOME))
}

/// Of the invitations that somebody sent, those that carry something sensitive lapse with their access: nobody stands behind them
/// any more. Their row says so, and `Send again` puts somebody else behind them. Tells their addresses.
pub(crate) async fn end_sensitive_offers_of(
    tx: &mut Tx,
    request: &Working,
    allowed: &Allowed,
    inviter: UserId,
) -> Result<Vec<String>, Fault> {
    let mut addresses = Vec::new();
    for LapsedOffer { membership, email } in store::end_sensitive_offers_of(tx, allowed, inviter).await? {
        audit::record(tx, request.state(), &allowed.cause(), &Event::InvitationLapsed { membership, email: email.clone() }).await?;
        addresses.push(email);
    }
    Ok(addresses)
}

/// Sends the caller's message to every other active administrator.
pub(super) async fn message_administrators(
    request: Working,
    organization: String,
    form: MessageForm,
) -> Result<MessageSent, Failure<MessageRefusal>> {
    let message = rules::message(&form.message)?;
    // Counted in a statement of its own, with no transaction open: the attempt stays counted whatever follows.
    let mut tx = request.begin().await?;
    let sender = access::require(&mut tx, &request, &organization, Action::MessageAdministrators).await?.membership();
    tx.commit().await?;
    if let Attempt::Locked { wait_seconds } = throttle::count(request.state(), throttle::MESSAGE, sender.as_uuid().as_bytes()).await? {
        return Err(Failure::TooManyAttempts { wait_seconds });
    }

    let mut tx = request.begin().await?;
    let allowed = access::require(&mut tx, &request, &organization, Action::MessageAdministrators).await?;
    let administrators = store::list_other_administrators(&mut tx, &allowed).await?;
    let sender = store::get_sender(&mut tx, &allowed).await?;
    if administrators.is_empty() {
        return Err(MessageRefusal::NobodyElse.into());
    }

    let recipients = administrators.len();
    let event =
        Event::AdministratorsMessaged { membership: allowed.membership(), recipients: i64::try_from(recipients).unwrap_or(i64::MAX) };
    audit::record(&mut tx, request.state(), &allowed.cause(), &event).await?;
    let letter = emails::message(&request.state().settings, &allowed, &sender, message);
    let mails = administrators.into_iter().map(|recipient| Mail {
        kind: "message",
        organization: Some(allowed.organization()),
        membership: Some(allowed.membership()),
        recipient,
        letter: letter.clone(),
    });
    outbox::enqueue_all(&mut tx, request.state(), allowed.now(), mails.collect()).await?;
    tx.commit().await?;
    Ok(MessageSent { recipients })
}

/// Whether the caller may leave. Binding only while the organization's row is held.
async fn decide_leaving(tx: &mut Tx, allowed: &Allowed) -> Result<Result<(), LeaveRefusal>, sqlx::Error> {
    if allowed.role() != Role::Administrator {
        return Ok(rules::may_leave(false, 0));
    }
    Ok(rules::may_leave(true, store::count_reachable_administrators(tx, allowed).await?))
}
