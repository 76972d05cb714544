//! How administrators ask people.

use crate::failure::{Failure, NoRefusal};
use crate::features::applications::{self, Access};
use crate::features::auth::step_up::{self, ProofFields};
use crate::features::invitations::address_list::{self, Addressee, Entry};
use crate::features::invitations::model::{InviteForm, InviteOutcome, InvitePage, InviteResult, InviteResults};
use crate::features::invitations::offering::{Mailing, Offered, Offerer, Offering, offer};
use crate::features::invitations::refusal::InviteRefusal;
use crate::features::invitations::rules;
use crate::features::organizations;
use crate::features::permissions::access;
use crate::features::permissions::{Action, Role};
use crate::platform::incidents::Fault;
use crate::platform::request::Working;

/// What the invite page offers.
pub async fn read_invite_page(request: Working, organization: String) -> Result<InvitePage, Failure<NoRefusal>> {
    let mut reading = request.reading().await?;
    let allowed = access::require(&mut reading, &request, &organization, Action::InviteMember).await?;

    let applications = applications::list_offered(&mut reading, &allowed).await?;
    Ok(InvitePage {
        organization: organizations::summary(&allowed),
        applications,
        roles: rules::offered_roles(allowed.held()),
        link_validity_seconds: allowed.link_validity_seconds(),
    })
}

/// What every address of a form is offered.
struct InvitationDraft {
    role: Role,
    access: Access,
}

/// Invites people, one transaction for each address: good ones go out even when others fail.
pub async fn invite(
    request: Working,
    organization: String,
    form: InviteForm,
    proof: ProofFields,
) -> Result<InviteResults, Failure<InviteRefusal>> {
    let list = address_list::parse(&form.emails);
    let role = Role::parse(&form.role).ok_or(InviteRefusal::UnknownRole);
    let access = Access::parse(&form.access).map_err(|_| InviteRefusal::UnknownAccess);
    let mut reading = request.reading().await?;
    let allowed = access::require(&mut reading, &request, &organization, Action::InviteMember).await?;

    let applications = applications::list_offered(&mut reading, &allowed).await?;
    drop(reading);
    let mut refusals = Vec::new();
    if list.entries.is_empty() {
        refusals.push(InviteRefusal::NoAddress);
    }
    if list.exceeds_limit {
        refusals.push(InviteRefusal::TooManyAddresses { most: rules::MOST_ADDRESSES });
    }
    let role = role.and_then(|role| rules::may_offer(role, allowed.held()).map(|()| role)).map_err(|refusal| refusals.push(refusal));
    let access = access
        .and_then(|access| applications::rules::is_offered(&access, &applications).then_some(access).ok_or(InviteRefusal::UnknownAccess))
        .map_err(|refusal| refusals.push(refusal));
    let (Ok(role), Ok(access), true) = (role, access, refusals.is_empty()) else {
        return Err(Failure::Refused(refusals));
    };

    let gives_sensitive = role.permissions().is_sensitive() || applications::rules::is_sensitive(&access, &applications);
    let work = invite_each(request.clone(), organization, InvitationDraft { role, access }, list.entries);
    if gives_sensitive { Box::pin(step_up::with_proof(&request, &proof, work)).await } else { work.await }
}

async fn invite_each(
    request: Working,
    organization: String,
    draft: InvitationDraft,
    entries: Vec<Entry>,
) -> Result<InviteResults, Failure<InviteRefusal>> {
    let mut results: Vec<InviteResult> = Vec::with_capacity(entries.len());
    let mut stopped: Option<Failure<InviteRefusal>> = None;
    for Entry { typed, addressee } in entries {
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
    Ok(InviteResults { results })
}

/// Whether the addresses that follow would fail alike: the right was lost meanwhile, or the database is away.
const fn stops_the_list(failure: &Failure<InviteRefusal>) -> bool {
    matches!(failure, Failure::SignedOut | Failure::NotFound | Failure::Forbidden | Failure::TwoFactorDue | Failure::Unavailable)
}

/// Invites one person, if what is offered may still be offered.
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
    if !draft.access.is_empty() {
        let applications = applications::list_offered(&mut tx, &allowed).await?;
        if !applications::rules::is_offered(&draft.access, &applications) {
            return Err(InviteRefusal::UnknownAccess.into());
        }
    }

    let offering = Offering {
        email: &addressee.email,
        first_name: addressee.first_name.as_ref(),
        last_name: addressee.last_name.as_ref(),
        username: None,
        role: draft.role,
        access: &draft.access,
        mail: Mailing::Now,
    };
    let outcome = match offer(&mut tx, request, Offerer::Member(&allowed), offering).await? {
        Offered::Invited { valid_until, .. } => InviteOutcome::Invited { valid_until },
        Offered::NotNotified { .. } => InviteOutcome::NotNotified,
        Offered::HeldForApproval { .. } => InviteOutcome::HeldForApproval,
        Offered::AlreadyMember => InviteOutcome::AlreadyMember,
        Offered::AlreadyInvited => InviteOutcome::AlreadyInvited,
        Offered::DeactivatedHere { .. } => InviteOutcome::Deactivated,
        Offered::UsernameTaken => return Err(Fault::inconsistent("usernames", "one is taken that nobody asked for").into()),
    };
    tx.commit().await?;
    Ok(outcome)
}
