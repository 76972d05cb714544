//! The short stories of members.

use super::emails;
use super::events::Event;
use super::model::{DeactivateForm, DeactivationPreview, DeactivationReceipt, MemberActions, MemberList, MemberQuery, MemberRow};
use super::refusal::{DeactivateRefusal, LeaveRefusal};
use super::rules;
use super::store::{self, Listed, ListedMember, Position, Wanted};
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::sessions;
use crate::features::permissions::Action;
use crate::features::permissions::access::{self, Allowed};
use crate::features::{invitations, memberships, organizations};
use crate::paths;
use crate::platform::audit;
use crate::platform::db::Read;
use crate::platform::folding::{self, SearchPatterns};
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::request::Working;
use crate::values::go_to::GoTo;
use crate::values::ids::MembershipId;
use crate::values::page::{Cursor, Page, PageSize, Total};

/// A page of the organization's people.
pub async fn list(request: Working, organization: String, query: MemberQuery) -> Result<MemberList, Failure<NoRefusal>> {
    let patterns = folding::search_patterns(&query.search);
    let size = PageSize::parse(&query.size).unwrap_or_default();
    let mut position = position(&query);
    let mut reading = request.reading().await?;
    let allowed = access::require(&mut reading, &request, &organization, Action::SeeMembers).await?;

    let wanted = Wanted { allowed: &allowed, position: &position, rows: size.rows() };
    let mut listed = read_page(&mut reading, wanted, &patterns).await?;
    if listed.records.is_empty() && !matches!(position, Position::First) {
        // The last row of a later page is gone: an empty page would lead nowhere.
        listed = read_page(&mut reading, Wanted { position: &Position::First, ..wanted }, &patterns).await?;
        position = Position::First;
    }

    let Listed { mut records, members, reachable_administrators, matches } = listed;
    let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let total = match matches {
        Some(matches) => Total::counted_up_to(number(store::COUNTED_MATCHES), number(matches)),
        None => Total::Exact(number(members)),
    };
    let most = usize::try_from(size.rows()).unwrap_or(usize::MAX);
    let has_more = records.len() > most;
    records.truncate(most);
    let (has_previous, has_next) = match position {
        Position::First => (false, has_more),
        Position::After(_) => (true, has_more),
        Position::Before(_) => {
            records.reverse();
            (has_more, true)
        }
    };
    let cursor = |listed: &ListedMember| Cursor::new(listed.sort_name.clone(), listed.membership.id.as_uuid()).encode();
    Ok(MemberList {
        organization: organizations::summary(&allowed),
        page: Page {
            next: records.last().filter(|_| has_next).map(cursor),
            previous: records.first().filter(|_| has_previous).map(cursor),
            total,
            rows: records.iter().map(|record| row(record, &allowed)).collect(),
        },
        has_single_administrator: reachable_administrators == 1,
    })
}

async fn read_page(reading: &mut Read, wanted: Wanted<'_>, patterns: &SearchPatterns) -> Result<Listed, Fault> {
    if patterns.is_empty() {
        return store::list_members(reading, wanted).await;
    }
    store::list_found(reading, wanted, patterns).await
}

/// Somebody of the list, and what can be done with them.
pub async fn read_actions(request: Working, organization: String, member: String) -> Result<MemberActions, Failure<NoRefusal>> {
    let id = member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut reading = request.reading().await?;
    let allowed = access::require(&mut reading, &request, &organization, Action::SeeMembers).await?;

    let listed = store::find_listed(&mut reading, &allowed, id).await?.ok_or(Failure::NotFound)?;

    Ok(MemberActions { organization: organizations::summary(&allowed), member: row(&listed, &allowed) })
}

/// What deactivating somebody would mean, and whether it is possible.
pub async fn preview_deactivation(
    request: Working,
    organization: String,
    member: String,
) -> Result<DeactivationPreview, Failure<NoRefusal>> {
    let id = member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut reading = request.reading().await?;
    let allowed = access::require(&mut reading, &request, &organization, Action::DeactivateMember).await?;

    let leaving = store::find_leaving(&mut reading, &allowed, id).await?.ok_or(Failure::NotFound)?;

    Ok(DeactivationPreview {
        organization: organizations::summary(&allowed),
        refusal: rules::may_deactivate(&leaving.listed.membership.member(&allowed), allowed.held(), leaving.reachable_administrators).err(),
        member: row(&leaving.listed, &allowed),
        pending_invitations: leaving.pending_invitations,
    })
}

/// Withdraws access at once, and says what was withdrawn.
pub async fn deactivate(
    request: Working,
    organization: String,
    form: DeactivateForm,
) -> Result<DeactivationReceipt, Failure<DeactivateRefusal>> {
    let id = form.member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    let allowed = access::require_alone(&mut tx, &request, &organization, Action::DeactivateMember).await?;

    let membership = memberships::lock(&mut tx, &allowed, id).await?.ok_or(Failure::NotFound)?;
    let administrators = memberships::count_reachable_administrators(&mut tx, &allowed).await?;
    rules::may_deactivate(&membership.member(&allowed), allowed.held(), administrators)?;
    let listed = store::find_listed(&mut tx, &allowed, id).await?.ok_or(Failure::NotFound)?;
    let user = membership.user.ok_or_else(|| Fault::inconsistent("memberships", "an active membership has no account"))?;

    memberships::end(&mut tx, allowed.organization(), id, allowed.now()).await?;
    let sessions = sessions::count_live(&mut tx, user, &request.state().settings, allowed.now()).await?;
    let (mut cancelled, mut kept) = (Vec::new(), Vec::new());
    for offer in memberships::list_pending_by(&mut tx, allowed.organization(), user).await? {
        // Nobody takes back an invitation that offers more than they hold.
        if form.cancel_invitations != "on" || !offer.offered.is_subset_of(allowed.held()) {
            kept.push(offer.email);
        } else if invitations::withdraw(&mut tx, &request, &allowed, offer.membership, &offer.email).await? {
            cancelled.push(offer.email);
        }
        // Else its person joined in the same instant, and is a member now.
    }
    let lapsed = invitations::lapse_sensitive_offers(&mut tx, &request, &allowed, user).await?;
    kept.retain(|email| !lapsed.contains(email));

    let event = Event::Deactivated { membership: id, sessions, invitations_cancelled: cancelled.len() };
    audit::record(&mut tx, request.state(), &allowed.cause(), &event).await?;
    let mail = emails::deactivated(&allowed, id, membership.email.clone(), &membership.first_name);
    outbox::enqueue(&mut tx, request.state(), allowed.now(), mail).await?;
    tx.commit().await?;
    Ok(DeactivationReceipt {
        name: membership.called(),
        at: allowed.now(),
        sessions,
        applications: listed.applications,
        invitations_cancelled: cancelled,
        invitations_kept: kept,
        invitations_lapsed: lapsed,
    })
}

/// Ends the caller's own membership; their account and other memberships stay.
pub async fn leave(request: Working, organization: String) -> Result<GoTo, Failure<LeaveRefusal>> {
    let mut tx = request.begin().await?;
    let allowed = access::require_alone(&mut tx, &request, &organization, Action::LeaveOrganization).await?;

    let own = memberships::lock(&mut tx, &allowed, allowed.membership()).await?.ok_or(Failure::NotFound)?;
    let administrators = memberships::count_reachable_administrators(&mut tx, &allowed).await?;
    rules::may_leave(&own.member(&allowed), administrators)?;

    if !memberships::end(&mut tx, allowed.organization(), allowed.membership(), allowed.now()).await? {
        return Err(Failure::NotFound);
    }
    audit::record(&mut tx, request.state(), &allowed.cause(), &Event::Left { membership: allowed.membership() }).await?;
    invitations::lapse_sensitive_offers(&mut tx, &request, &allowed, allowed.actor()).await?;
    tx.commit().await?;
    Ok(GoTo::page(paths::HOME))
}

/// Somebody as the list shows them.
fn row(listed: &ListedMember, allowed: &Allowed) -> MemberRow {
    let ListedMember { membership, .. } = listed;
    let member = membership.member(allowed);
    let is_pending = member.status.is_pending();
    MemberRow {
        id: membership.id,
        name: membership.name(),
        email: membership.email.as_str().to_owned(),
        username: listed.username.clone(),
        role: membership.role,
        applications: listed.applications.clone(),
        status: member.status,
        link_valid_until: membership.times.link_expires_at.filter(|_| is_pending),
        has_factor: membership.user.map(|_| listed.has_factor),
        last_active_at: listed.last_active_at,
        is_self: member.is_self,
        actions: rules::actions(&member, allowed.held()),
    }
}

fn position(query: &MemberQuery) -> Position {
    if let Ok(cursor) = Cursor::decode(&query.after) {
        return Position::After(cursor);
    }
    match Cursor::decode(&query.before) {
        Ok(cursor) => Position::Before(cursor),
        Err(_) => Position::First,
    }
}
