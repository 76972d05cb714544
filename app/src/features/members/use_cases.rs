//! The short stories of members.

use super::emails;
use super::model::{DeactivateForm, DeactivationPreview, DeactivationReceipt, MemberList, MemberQuery, MemberRow};
use super::refusal::DeactivateRefusal;
use super::rules::{self, Member};
use super::store::{self, Found, Listed, MembershipRecord, Position};
use crate::failure::{Failure, NoRefusal, Refusal};
use crate::features::audit;
use crate::features::audit::event::Event;
use crate::features::organizations;
use crate::features::permissions::Action;
use crate::features::permissions::access::{self, Allowed};
use crate::platform::db::Tx;
use crate::platform::folding::{self, SearchPatterns};
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::request::Working;
use crate::values::email_address::EmailAddress;
use crate::values::ids::MembershipId;
use crate::values::page::{Cursor, Page, PageSize, Total};

/// A page of the organization's people.
pub(super) async fn list(request: Working, organization: String, query: MemberQuery) -> Result<MemberList, Failure<NoRefusal>> {
    let patterns = folding::search_patterns(&query.search);
    let size = PageSize::parse(&query.size).unwrap_or_default();
    let mut position = position(&query);
    let mut tx = request.begin().await?;
    let allowed = access::require(&mut tx, &request, &organization, Action::SeeMembers).await?;

    let matches = if patterns.is_empty() { None } else { Some(store::count_matches(&mut tx, &allowed, &patterns).await?) };
    let mut listed = read_page(&mut tx, &allowed, &patterns, matches, &position, size).await?;
    if listed.records.is_empty() && !matches!(position, Position::First) {
        // The last row of a later page is gone: an empty page would lead nowhere.
        position = Position::First;
        listed = read_page(&mut tx, &allowed, &patterns, matches, &position, size).await?;
    }
    tx.commit().await?;

    let Listed { mut records, members, reachable_administrators } = listed;
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
    let cursor = |record: &MembershipRecord| Cursor::new(record.sort_name.clone(), record.id.as_uuid()).encode();
    Ok(MemberList {
        organization: organizations::use_cases::summary(&allowed),
        page: Page {
            next: records.last().filter(|_| has_next).map(cursor),
            previous: records.first().filter(|_| has_previous).map(cursor),
            total,
            rows: records.iter().map(|record| row(record, &allowed)).collect(),
        },
        has_single_administrator: reachable_administrators == 1,
    })
}

async fn read_page(
    tx: &mut Tx,
    allowed: &Allowed,
    patterns: &SearchPatterns,
    matches: Option<i64>,
    position: &Position,
    size: PageSize,
) -> Result<Listed, Fault> {
    let found = match matches {
        None => return store::list_members(tx, allowed, position, size.rows()).await,
        Some(matches) if matches > store::COUNTED_MATCHES => Found::Many,
        Some(_) => Found::Few,
    };
    store::list_found(tx, allowed, patterns, found, position, size.rows()).await
}

/// What deactivating somebody would mean, and whether it is possible.
pub(super) async fn preview_deactivation(
    request: Working,
    organization: String,
    member: String,
) -> Result<DeactivationPreview, Failure<NoRefusal>> {
    let id = member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    let allowed = access::require(&mut tx, &request, &organization, Action::DeactivateMember).await?;

    let record = store::find_member(&mut tx, &allowed, id).await?.ok_or(Failure::NotFound)?;
    let administrators = store::count_reachable_administrators(&mut tx, &allowed).await?;
    let pending = match record.user {
        Some(user) => store::list_pending_invitations_by(&mut tx, &allowed, user).await?,
        None => Vec::new(),
    };
    tx.commit().await?;

    Ok(DeactivationPreview {
        organization: organizations::use_cases::summary(&allowed),
        refusal: rules::may_deactivate(&member_of(&record, &allowed), allowed.held(), administrators).err(),
        member: row(&record, &allowed),
        pending_invitations: pending.into_iter().map(|(_, email, _)| email).collect(),
    })
}

/// Withdraws access at once, and says what was withdrawn.
pub(crate) async fn deactivate(
    request: Working,
    organization: String,
    form: DeactivateForm,
) -> Result<DeactivationReceipt, Failure<DeactivateRefusal>> {
    let id = form.member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    let allowed = access::require_alone(&mut tx, &request, &organization, Action::DeactivateMember).await?;

    let record = store::lock_member(&mut tx, &allowed, id).await?.ok_or(Failure::NotFound)?;
    let administrators = store::count_reachable_administrators(&mut tx, &allowed).await?;
    rules::may_deactivate(&member_of(&record, &allowed), allowed.held(), administrators)?;
    let Some(user) = record.user else {
        return Err(inconsistent("an active membership has no account"));
    };

    store::mark_deactivated(&mut tx, &allowed, id).await?;
    let settings = &request.state().settings;
    let seconds = |length: std::time::Duration| i64::try_from(length.as_secs()).unwrap_or(i64::MAX);
    let sessions = store::count_sessions(&mut tx, user, seconds(settings.session_idle), seconds(settings.session_max)).await?;
    let pending = store::list_pending_invitations_by(&mut tx, &allowed, user).await?;
    let (mut cancelled, mut kept) = (Vec::new(), Vec::new());
    for (membership, email, offered) in pending {
        // Nobody takes back an invitation that offers more than they hold.
        if form.cancel_invitations != "on" || !offered.is_subset_of(allowed.held()) {
            kept.push(email);
        } else if store::withdraw_invitation(&mut tx, &allowed, membership).await? {
            audit::record(&mut tx, request.state(), &allowed.cause(), &Event::InvitationCancelled { membership, email: email.clone() })
                .await?;
            cancelled.push(email);
        }
        // Else its person joined in the same instant, and is a member now.
    }

    let lapsed = organizations::use_cases::end_sensitive_offers_of(&mut tx, &request, &allowed, user).await?;
    kept.retain(|email| !lapsed.contains(email));
    let invitations_cancelled = i64::try_from(cancelled.len()).unwrap_or(i64::MAX);
    audit::record(
        &mut tx,
        request.state(),
        &allowed.cause(),
        &Event::MemberDeactivated { membership: id, sessions, invitations_cancelled },
    )
    .await?;
    let recipient = EmailAddress::parse(&record.email)
        .map_err(|error| Failure::from(Fault::Inconsistent { table: "users", reason: error.to_string() }))?;
    outbox::enqueue(&mut tx, request.state(), allowed.now(), emails::deactivated(&allowed, id, recipient, &record.first_name)).await?;
    tx.commit().await?;
    Ok(DeactivationReceipt {
        name: called(&record),
        at: allowed.now(),
        sessions,
        applications: record.applications,
        invitations_cancelled: cancelled,
        invitations_kept: kept,
        invitations_lapsed: lapsed,
    })
}

/// A record as the list shows it.
pub(crate) fn row(record: &MembershipRecord, allowed: &Allowed) -> MemberRow {
    let member = member_of(record, allowed);
    let is_pending = member.status.is_pending();
    MemberRow {
        id: record.id,
        name: full_name(record),
        email: record.email.clone(),
        username: record.username.clone(),
        role: record.role,
        applications: record.applications.clone(),
        status: member.status,
        link_valid_until: record.times.link_expires_at.filter(|_| is_pending),
        has_factor: record.user.map(|_| record.has_factor),
        last_active_at: record.last_active_at,
        is_self: member.is_self,
        actions: rules::actions(&member, allowed.held()),
    }
}

/// A record as the rules see it.
pub(crate) fn member_of(record: &MembershipRecord, allowed: &Allowed) -> Member {
    Member {
        name: called(record),
        status: rules::status(record.times, allowed.now()),
        role: record.role,
        held: record.held,
        is_closing: record.is_closing,
        is_self: record.user == Some(allowed.actor()),
    }
}

fn full_name(record: &MembershipRecord) -> String {
    format!("{} {}", record.first_name, record.last_name).trim().to_owned()
}

fn called(record: &MembershipRecord) -> String {
    let name = full_name(record);
    if name.is_empty() { record.email.clone() } else { name }
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

fn inconsistent<R: Refusal>(reason: &str) -> Failure<R> {
    Fault::Inconsistent { table: "memberships", reason: reason.to_owned() }.into()
}
