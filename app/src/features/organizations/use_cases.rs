//! The short stories of an organization and its members.

use super::events::Event;
use super::model::{MessageForm, MessageSent, OrganizationSummary, Overview};
use super::refusal::MessageRefusal;
use super::store::{self, NewOrganization};
use super::{emails, rules};
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::people;
use crate::features::memberships::rules::{Member, MembershipTimes, keeps_a_reachable_administrator};
use crate::features::memberships::{self, Holder, MemberStatus, NewMembership, Who};
use crate::features::permissions::access::{self, Allowed};
use crate::features::permissions::{Action, Permission, Permissions, Role};
use crate::platform::audit::{self, Cause};
use crate::platform::db::{self, Read, Tx};
use crate::platform::folding;
use crate::platform::incidents::Fault;
use crate::platform::outbox::{self, Mail};
use crate::platform::request::Working;
use crate::platform::throttle::{self, Limit};
use crate::values::display_name::{Label, OrganizationName};
use crate::values::ids::{MembershipId, OrganizationId};
use crate::values::slug::Slug;

/// Messages to the administrators of an organization by one person.
const MESSAGE: Limit = Limit { scope: "message.person", attempts: 5, window_seconds: 3_600, lock_seconds: 3_600 };

/// The organization as the member who was let through sees it.
pub fn summary(allowed: &Allowed) -> OrganizationSummary {
    OrganizationSummary {
        slug: allowed.slug().to_string(),
        name: allowed.organization_name().to_owned(),
        role: allowed.role(),
        held: allowed.held(),
    }
}

/// Creates an organization whose first member is its administrator, in the caller's transaction. The slug is made from the
/// name, with the smallest number that makes it unique.
pub async fn create(
    tx: &mut Tx,
    request: &Working,
    name: &OrganizationName,
    label: &Label,
    founder: &Holder<'_>,
    cause: &Cause,
) -> Result<Slug, Fault> {
    // Two organizations of the same name must not choose the same slug.
    db::store::lock(tx, "organizations.slug").await?;
    let suggested = Slug::suggest(&folding::fold(name.as_str()));
    let slug = free_slug(tx, &suggested).await?;
    let organization = OrganizationId::from_uuid(request.random_id(cause.at())?);
    let member = NewMembership {
        id: MembershipId::from_uuid(request.random_id(cause.at())?),
        who: Who::Known(*founder),
        role: Role::Administrator,
        held: Permissions::all(),
        invited_by: None,
        created_at: cause.at(),
        times: MembershipTimes { activated_at: Some(cause.at()), ..MembershipTimes::default() },
    };

    let new = NewOrganization { id: organization, slug: slug.as_str(), name: name.as_str(), label: label.as_str(), time_zone: "UTC" };
    store::insert(tx, &new, cause.at()).await?;
    if !memberships::insert(tx, organization, &member).await? {
        return Err(Fault::inconsistent("memberships", "a new organization has a member already"));
    }
    let cause = cause.clone().by(founder.user).within(organization);
    audit::record(tx, request.state(), &cause, &Event::Created { organization, name: name.to_string() }).await?;
    Ok(slug)
}

/// The suggested slug, or the same with the smallest number that makes it free.
async fn free_slug(reading: &mut Read, suggested: &Slug) -> Result<Slug, sqlx::Error> {
    for candidates in rules::slug_candidates(suggested) {
        if let Some(free) = store::find_free_slug(reading, &candidates).await? {
            return Ok(free);
        }
    }
    // Four thousand million organizations of the same name.
    Ok(suggested.clone())
}

/// What every active member sees first.
pub async fn read_overview(request: Working, organization: String) -> Result<Overview, Failure<NoRefusal>> {
    let mut reading = request.reading().await?;
    let allowed = access::require(&mut reading, &request, &organization, Action::SeeOverview).await?;

    let facts = store::get_overview(&mut reading, &allowed).await?;
    let own = Member {
        name: allowed.signed_in().email.to_string(),
        status: MemberStatus::Active,
        role: allowed.role(),
        held: allowed.held(),
        is_closing: allowed.signed_in().is_closing,
        is_self: true,
    };
    Ok(Overview {
        organization: summary(&allowed),
        label: allowed.label().to_owned(),
        member_since: allowed.member_since(),
        applications: allowed.held().contains(Permission::OpenApplications).then_some(facts.applications),
        stays_because: keeps_a_reachable_administrator(&own, facts.reachable_administrators).err(),
    })
}

/// Sends the caller's message to every other active administrator.
pub async fn message_administrators(
    request: Working,
    organization: String,
    form: MessageForm,
) -> Result<MessageSent, Failure<MessageRefusal>> {
    let message = rules::message(&form.message)?;
    // Counted in a statement of its own, with no transaction open: the attempt stays counted whatever follows.
    let mut reading = request.reading().await?;
    let sender = access::require(&mut reading, &request, &organization, Action::MessageAdministrators).await?.membership();
    drop(reading);
    throttle::pass(request.state(), MESSAGE, sender.as_uuid().as_bytes()).await?;

    let mut tx = request.begin().await?;
    let allowed = access::require(&mut tx, &request, &organization, Action::MessageAdministrators).await?;
    let administrators = store::list_administrators(&mut tx, allowed.organization(), Some(allowed.membership())).await?;
    let sender = people::get(&mut tx, allowed.actor()).await?;
    if administrators.is_empty() {
        return Err(MessageRefusal::NobodyElse.into());
    }

    let recipients = administrators.len();
    let event = Event::AdministratorsMessaged { membership: Some(allowed.membership()), organization: allowed.organization(), recipients };
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
