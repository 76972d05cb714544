//! How administrators ask people.

use std::collections::BTreeMap;

use super::super::address_list::{self, Addressee, Entry};
use super::super::model::{
    CancelForm, CancellationPreview, InvitationDone, InvitationForm, InviteForm, InviteOutcome, InvitePage, InviteResult, InviteResults,
    Offer, OfferedApplication, application_of,
};
use super::super::refusal::{InvitationRefusal, InviteRefusal};
use super::super::rules;
use super::super::store::{self, NewInvitation};
use super::{Issue, issue_link};
use crate::failure::{Failure, NoRefusal};
use crate::features::audit;
use crate::features::audit::event::Event;
use crate::features::auth::two_factor;
use crate::features::members;
use crate::features::members::store::MembershipRecord;
use crate::features::organizations;
use crate::features::permissions::access::{self, Allowed};
use crate::features::permissions::{Action, Role};
use crate::paths;
use crate::platform::db::Tx;
use crate::platform::folding;
use crate::platform::incidents::Fault;
use crate::platform::request::Working;
use crate::values::display_name::PersonName;
use crate::values::email_address::EmailAddress;
use crate::values::go_to::GoTo;
use crate::values::ids::{ApplicationId, MembershipId};

/// What the invite page offers.
pub(in super::super) async fn read_invite_page(request: Working, organization: String) -> Result<InvitePage, Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let allowed = access::require(&mut tx, &request, &organization, Action::InviteMember).await?;

    let applications = store::list_offered_applications(&mut tx, &allowed).await?;
    let inviting = store::get_inviting_organization(&mut tx, &allowed).await?;
    tx.commit().await?;
    Ok(InvitePage {
        organization: organizations::use_cases::summary(&allowed),
        applications,
        roles: rules::offered_roles(allowed.held()),
        link_validity_seconds: inviting.link_validity_seconds,
    })
}

/// What every address of a form is offered.
struct InvitationDraft {
    role: Role,
    access: BTreeMap<ApplicationId, i32>,
}

/// Invites people, one transaction for each address: good ones go out even when others fail.
pub(in super::super) async fn invite(
    request: Working,
    organization: String,
    form: InviteForm,
) -> Result<InviteResults, Failure<InviteRefusal>> {
    let list = address_list::parse(&form.emails);
    let role = Role::parse(&form.role).ok_or(InviteRefusal::UnknownRole);
    let access = parse_access(&form);
    let mut tx = request.begin().await?;
    let allowed = access::require(&mut tx, &request, &organization, Action::InviteMember).await?;

    let applications = store::list_offered_applications(&mut tx, &allowed).await?;
    tx.commit().await?;
    let mut refusals = Vec::new();
    if list.entries.is_empty() {
        refusals.push(InviteRefusal::NoAddress);
    }
    if list.exceeds_limit {
        refusals.push(InviteRefusal::TooManyAddresses { most: rules::MOST_ADDRESSES });
    }
    let role = role.and_then(|role| rules::may_offer(role, allowed.held()).map(|()| role)).map_err(|refusal| refusals.push(refusal));
    let access = access
        .and_then(|access| is_offered(&access, &applications).then_some(access).ok_or(InviteRefusal::UnknownAccess))
        .map_err(|refusal| refusals.push(refusal));
    let (Ok(role), Ok(access), true) = (role, access, refusals.is_empty()) else {
        return Err(Failure::Refused(refusals));
    };

    let gives_sensitive = role.permissions().is_sensitive() || is_sensitive(&access, &applications);
    let has_proved = gives_sensitive
        && two_factor::prove_for_step(&request, &form.password, &form.code)
            .await
            .map_err(|failure| failure.map_refusals(InviteRefusal::Proof))?;

    let draft = InvitationDraft { role, access };
    let mut results: Vec<InviteResult> = Vec::with_capacity(list.entries.len());
    let mut stopped: Option<Failure<InviteRefusal>> = None;
    for entry in list.entries {
        let Entry { typed, addressee } = entry;
        let email = addressee.as_ref().ok().map(|addressee| addressee.email.as_str().to_owned());
        let outcome = match (addressee, &stopped) {
            (Err(error), _) => InviteOutcome::NotAnAddress(error),
            (Ok(_), Some(failure)) => InviteOutcome::Failed(failure.to_string()),
            (Ok(addressee), None) => match invite_one(&request, &organization, &draft, &addressee).await {
                Ok(outcome) => outcome,
                Err(failure) if stops_the_list(&failure) => {
                    // Until the first mail there is nothing to tell but the failure; afterwards, which addresses have theirs.
                    if !results.iter().any(|result| matches!(result.outcome, InviteOutcome::Invited { .. } | InviteOutcome::NotNotified)) {
                        return Err(failure);
                    }
                    let outcome = InviteOutcome::Failed(failure.to_string());
                    stopped = Some(failure);
                    outcome
                }
                Err(failure) => InviteOutcome::Failed(failure.to_string()),
            },
        };
        results.push(InviteResult { typed, email, outcome });
    }
    // The invitations stand, whatever becomes of the proof: at worst it is asked for again.
    if has_proved && let Err(failure) = two_factor::keep_proof(&request).await {
        tracing::warn!(%failure, "a proof was not kept");
    }
    Ok(InviteResults { results })
}

/// Whether the addresses that follow would fail alike: the right was lost meanwhile, or the database is away.
const fn stops_the_list(failure: &Failure<InviteRefusal>) -> bool {
    matches!(failure, Failure::SignedOut | Failure::NotFound | Failure::Forbidden | Failure::TwoFactorDue | Failure::Unavailable)
}

async fn invite_one(
    request: &Working,
    organization: &str,
    draft: &InvitationDraft,
    addressee: &Addressee,
) -> Result<InviteOutcome, Failure<InviteRefusal>> {
    let mut tx = request.begin().await?;
    // Adding a row changes the organization's count, and the day's mails are counted: both under its lock.
    let allowed = access::require_alone(&mut tx, request, organization, Action::InviteMember).await?;
    rules::may_offer(draft.role, allowed.held())?;
    let applications = if draft.access.is_empty() { Vec::new() } else { store::list_offered_applications(&mut tx, &allowed).await? };
    if !is_offered(&draft.access, &applications) {
        return Err(InviteRefusal::UnknownAccess.into());
    }

    let standing = store::standing_of(&mut tx, &allowed, &addressee.email).await?;
    if let Some(outcome) = rules::why_not_invited(standing) {
        return Ok(outcome);
    }
    let inviting = store::get_inviting_organization(&mut tx, &allowed).await?;
    let has_mail_left = store::count_mails_of_today(&mut tx, &allowed).await? < request.state().settings.invitations_per_day;
    let valid_until = allowed.now().plus(inviting.link_validity_seconds);

    let membership = MembershipId::from_uuid(request.random_id(allowed.now())?);
    if !store::insert_invitation(
        &mut tx,
        &allowed,
        &new_invitation(membership, draft.role, addressee, has_mail_left.then_some(valid_until)),
    )
    .await?
    {
        return Ok(InviteOutcome::AlreadyInvited);
    }
    for (application, level) in &draft.access {
        store::insert_access(&mut tx, &allowed, membership, *application, *level).await?;
    }
    if has_mail_left {
        let offer = Offer {
            organization_name: allowed.organization_name().to_owned(),
            label: inviting.label,
            inviter: inviting.inviter,
            role: draft.role,
            demands_second_factor: draft.role.permissions().is_sensitive() || is_sensitive(&draft.access, &applications),
            valid_until,
        };
        let issue = Issue {
            organization: allowed.organization(),
            membership,
            email: &addressee.email,
            offer: &offer,
            now: allowed.now(),
            sender: Some(allowed.actor()),
        };
        issue_link(&mut tx, request, &issue).await?;
    }
    let event = Event::InvitationSent {
        membership,
        email: addressee.email.as_str().to_owned(),
        role: draft.role,
        applications: draft.access.iter().map(|(application, level)| (application.to_string(), *level)).collect(),
        notified: has_mail_left,
    };
    audit::record(&mut tx, request.state(), &allowed.cause(), &event).await?;
    tx.commit().await?;
    Ok(if has_mail_left { InviteOutcome::Invited { valid_until } } else { InviteOutcome::NotNotified })
}

/// Mails a new link; the former one is dead.
pub(in super::super) async fn send_again(
    request: Working,
    organization: String,
    form: InvitationForm,
) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    let member = form.member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    // The day's mails are counted under the organization's lock.
    let allowed = access::require_alone(&mut tx, &request, &organization, Action::SendInvitationAgain).await?;

    let record = members::store::lock_member(&mut tx, &allowed, member).await?.ok_or(Failure::NotFound)?;
    may_change(&record, &allowed)?;
    let most = request.state().settings.invitations_per_day;
    if store::count_mails_of_today(&mut tx, &allowed).await? >= most {
        return Err(InvitationRefusal::DayLimit { most }.into());
    }
    let email =
        EmailAddress::parse(&record.email).map_err(|error| Fault::Inconsistent { table: "memberships", reason: error.to_string() })?;
    let offer = offer_of(&mut tx, &allowed, &record).await?;

    let issue = Issue {
        organization: allowed.organization(),
        membership: member,
        email: &email,
        offer: &offer,
        now: allowed.now(),
        sender: Some(allowed.actor()),
    };
    issue_link(&mut tx, &request, &issue).await?;
    audit::record(
        &mut tx,
        request.state(),
        &allowed.cause(),
        &Event::InvitationSentAgain { membership: member, email: record.email.clone() },
    )
    .await?;
    tx.commit().await?;
    let until = offer.valid_until.date_time_utc();
    Ok(if record.times.invited_at.is_none() {
        InvitationDone {
            member,
            title: "Welcome-email sent".to_owned(),
            message: format!("The welcome-email is on its way to {}. Its link is valid until {until}.", record.email),
            go_to: None,
        }
    } else {
        InvitationDone {
            member,
            title: "Invitation sent again".to_owned(),
            message: format!(
                "A new invitation is on its way to {}. It is valid until {until}; the earlier link no longer works.",
                record.email
            ),
            go_to: None,
        }
    })
}

/// What cancelling would mean, and whether it is possible.
pub(in super::super) async fn preview_cancellation(
    request: Working,
    organization: String,
    member: String,
) -> Result<CancellationPreview, Failure<NoRefusal>> {
    let member = member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    let allowed = access::require(&mut tx, &request, &organization, Action::CancelInvitation).await?;

    let record = members::store::find_member(&mut tx, &allowed, member).await?.ok_or(Failure::NotFound)?;
    tx.commit().await?;
    Ok(CancellationPreview {
        organization: organizations::use_cases::summary(&allowed),
        member,
        called: members::use_cases::member_of(&record, &allowed).name,
        refusal: may_change(&record, &allowed).err(),
        email: record.email,
    })
}

/// Stops somebody from joining: the row goes and every link of it is dead.
pub(in super::super) async fn cancel(
    request: Working,
    organization: String,
    form: CancelForm,
) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    let member = form.member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    // Removing a row changes the organization's count: its lock comes before the member's, as where somebody is deactivated.
    let allowed = access::require_alone(&mut tx, &request, &organization, Action::CancelInvitation).await?;

    let record = members::store::lock_member(&mut tx, &allowed, member).await?.ok_or(Failure::NotFound)?;
    may_change(&record, &allowed)?;

    members::store::withdraw_invitation(&mut tx, &allowed, member).await?;
    audit::record(
        &mut tx,
        request.state(),
        &allowed.cause(),
        &Event::InvitationCancelled { membership: member, email: record.email.clone() },
    )
    .await?;
    tx.commit().await?;
    let list = paths::with_outcome(paths::members_or(allowed.slug(), &form.next), paths::INVITATION_CANCELLED);
    Ok(InvitationDone {
        member,
        title: "Invitation cancelled".to_owned(),
        message: format!("The invitation to {} is cancelled. Its link no longer works.", record.email),
        go_to: Some(GoTo::page(list)),
    })
}

fn may_change(record: &MembershipRecord, allowed: &Allowed) -> Result<(), InvitationRefusal> {
    let member = members::use_cases::member_of(record, allowed);
    rules::may_change(&member.name, member.status.is_pending(), record.held, allowed.held())
}

async fn offer_of(tx: &mut Tx, allowed: &Allowed, record: &MembershipRecord) -> Result<Offer, Fault> {
    let inviting = store::get_inviting_organization(tx, allowed).await?;
    let has_sensitive_access = store::has_sensitive_access(tx, allowed.organization(), record.id).await?;
    Ok(Offer {
        organization_name: allowed.organization_name().to_owned(),
        label: inviting.label,
        inviter: inviting.inviter,
        role: record.role,
        demands_second_factor: record.held.is_sensitive() || has_sensitive_access,
        valid_until: allowed.now().plus(inviting.link_validity_seconds),
    })
}

fn new_invitation(
    id: MembershipId,
    role: Role,
    addressee: &Addressee,
    link_expires_at: Option<crate::values::moment::Moment>,
) -> NewInvitation<'_> {
    let first_name = addressee.first_name.as_ref().map(PersonName::as_str);
    let last_name = addressee.last_name.as_ref().map(PersonName::as_str);
    let (first, last) = (first_name.unwrap_or_default(), last_name.unwrap_or_default());
    let name = folding::fold(&format!("{first} {last}"));
    NewInvitation {
        id,
        email: &addressee.email,
        first_name,
        last_name,
        role,
        sort_name: if name.is_empty() { addressee.email.key() } else { name },
        search: folding::search_text(first, last, "", addressee.email.as_str()),
        link_expires_at,
    }
}

/// The level of each application. An application named twice has no level that could be meant.
fn parse_access(form: &InviteForm) -> Result<BTreeMap<ApplicationId, i32>, InviteRefusal> {
    let mut access = BTreeMap::new();
    for (key, level) in form.access.iter().filter(|(_, level)| !matches!(level.as_str(), "" | "0")) {
        let (Some(application), Ok(level)) = (application_of(key), level.parse()) else {
            return Err(InviteRefusal::UnknownAccess);
        };
        if access.insert(application, level).is_some() {
            return Err(InviteRefusal::UnknownAccess);
        }
    }
    Ok(access)
}

fn is_offered(access: &BTreeMap<ApplicationId, i32>, applications: &[OfferedApplication]) -> bool {
    access.iter().all(|(id, level)| {
        applications.iter().any(|application| application.id == *id && application.levels.iter().any(|offered| offered.level == *level))
    })
}

fn is_sensitive(access: &BTreeMap<ApplicationId, i32>, applications: &[OfferedApplication]) -> bool {
    access.iter().any(|(id, level)| {
        applications
            .iter()
            .filter(|application| application.id == *id)
            .any(|application| application.levels.iter().any(|offered| offered.level <= *level && offered.sensitive))
    })
}
