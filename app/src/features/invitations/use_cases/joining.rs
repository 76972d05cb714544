//! How the invited join.
//!
//! Nobody here is a member yet, so nobody passes [`access::require`]: the proof is a live link, made from its digest, or the
//! signed-in person whose proved address was invited.

use super::super::emails;
use super::super::model::{
    CompleteForm, InvitationForm, LinkMessageForm, LinkMessageSent, LinkPage, LinkRenewed, Offer, TokenForm, WaitingInvitations,
};
use super::super::refusal::{JoinRefusal, LinkMessageRefusal};
use super::super::rules::{self, LinkState, VoidReason};
use super::super::store::{self, Belonging, FollowedLink, JoiningAccount, PendingInvitation};
use super::{Issue, issue_link};
use crate::failure::{Failure, NoRefusal, Refusal};
use crate::features::audit::event::Event;
use crate::features::audit::{self, Cause};
use crate::features::auth::registration::model::RegistrationFields;
use crate::features::auth::registration::use_cases as registration;
use crate::features::auth::registration::usernames;
use crate::features::auth::sessions::{self, Stage};
use crate::features::organizations;
use crate::features::permissions::access::{self, Denied, SignedIn};
use crate::paths;
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::folding;
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::request::Working;
use crate::platform::sealing;
use crate::platform::throttle::{self, Attempt};
use crate::values::email_address::EmailAddress;
use crate::values::go_to::GoTo;
use crate::values::ids::{MembershipId, UserId};
use crate::values::token::{Token, TokenDigest, TokenPurpose};

/// What the page of a link shows. Changes nothing, however often it is asked.
pub(in super::super) async fn read_link_page(request: Working, token: String) -> Result<LinkPage, Failure<NoRefusal>> {
    let Some(digest) = digest_of(&token) else {
        return Ok(LinkPage::Unknown);
    };
    let mut tx = request.begin().await?;
    let Some(link) = store::find_link(&mut tx, &digest).await? else {
        return Ok(LinkPage::Unknown);
    };
    let signed_in = signed_in(&mut tx, &request).await?;

    if let Some((person, account)) = &signed_in {
        let is_own = link.account == Some(person.user);
        if !is_own {
            return Ok(LinkPage::OtherAccount { signed_in_as: account.email.as_str().to_owned() });
        }
    }
    let has_sensitive_access = store::has_sensitive_access(&mut tx, link.organization, link.membership).await?;
    let state = rules::link_state(link.life, link.now);
    let masked_email = link.pending.as_ref().map_or_else(|| rules::masked(&link.email_key), |pending| rules::masked(&pending.email));
    let organization_name = link.organization_name.clone();
    if signed_in.is_some() {
        match link.belonging {
            Belonging::Active => return Ok(LinkPage::AlreadyMember { organization_name, slug: link.slug }),
            Belonging::Ended => return Ok(LinkPage::AccessEnded { organization_name }),
            Belonging::None => {}
        }
    }
    if let (LinkState::Live | LinkState::Expired | LinkState::Replaced, Some(pending)) = (state, &link.pending)
        && offer_stands(pending, has_sensitive_access).is_err()
    {
        return Ok(LinkPage::Lapsed { organization_name });
    }
    Ok(match (state, &link.pending) {
        (LinkState::Live, Some(pending)) => {
            let offer = offer(&link, pending, has_sensitive_access);
            match (&signed_in, link.account) {
                (Some(_), _) => LinkPage::Acceptable { offer },
                (None, Some(_)) => LinkPage::AccountExists { offer },
                (None, None) => register_page(&request, &link, pending, offer),
            }
        }
        (LinkState::Used | LinkState::Live, _) => LinkPage::Used,
        (LinkState::Expired, _) => LinkPage::Expired { organization_name, masked_email },
        (LinkState::Replaced, _) => LinkPage::Replaced { organization_name, masked_email },
        (LinkState::Withdrawn, _) => LinkPage::Withdrawn { organization_name },
        (LinkState::Declined, _) => LinkPage::Declined,
    })
}

/// Creates the account, joins the organization and signs in.
pub(in super::super) async fn complete_registration(request: Working, form: CompleteForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let digest = digest_of(&form.token).ok_or(JoinRefusal::Unknown)?;
    let fields = registration_fields(&form);

    // A first look, so that nothing is hashed for a dead link and no connection is held while hashing.
    let mut tx = request.begin().await?;
    let link = live_link(&mut tx, &request, &digest).await?;
    let (pending, email) = invited(&link)?;
    drop(tx);
    let prepared =
        registration::prepare(&request, &fields, &email, &[&link.organization_name, &link.label]).await.map_err(registration_failure)?;

    let mut tx = request.begin().await?;
    store::lock_membership_of_link(&mut tx, &digest).await?;
    let link = live_link(&mut tx, &request, &digest).await?;
    if link.account.is_some() {
        return Err(JoinRefusal::AccountExists.into());
    }
    let has_sensitive_access = store::has_sensitive_access(&mut tx, link.organization, link.membership).await?;
    let (still_pending, still_email) = invited(&link)?;
    offer_stands(still_pending, has_sensitive_access)?;
    if still_email != email {
        // The draft was corrected between the two looks.
        return Err(JoinRefusal::Replaced.into());
    }

    let cause = Cause { organization: Some(link.organization), actor: None, at: link.now, origin: request.origin().clone() };
    let user = registration::create_account(&mut tx, &request, &prepared, true, Some(link.membership), &cause)
        .await
        .map_err(registration_failure)?;
    let account = JoiningAccount {
        email,
        is_email_proved: true,
        first_name: prepared.first_name.as_str().to_owned(),
        last_name: prepared.last_name.as_str().to_owned(),
        username: prepared.username.key().to_owned(),
    };
    join(&mut tx, &request, &link, user, &account).await?;
    sessions::begin(&mut tx, &request, user, Stage::Full, link.now).await?;
    let cause = Cause { organization: None, actor: Some(user), ..cause };
    audit::record(&mut tx, request.state(), &cause, &Event::SignedIn { user, with: "registration" }).await?;
    tx.commit().await?;
    let organization = paths::organization(&link.slug);
    let demands_second_factor = pending.offered.is_sensitive() || has_sensitive_access;
    Ok(GoTo::page_afresh(if demands_second_factor { paths::account_two_factor_then(&organization) } else { organization }))
}

/// Joins with the account that is signed in, by a link.
pub(in super::super) async fn accept_by_link(request: Working, form: TokenForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let digest = digest_of(&form.token).ok_or(JoinRefusal::Unknown)?;
    accept(request, &digest, MailboxProof::Link).await
}

/// Joins with the account that is signed in, from the application.
pub(in super::super) async fn accept_waiting(request: Working, form: InvitationForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let digest = open_link(&request, &form).await?;
    accept(request, &digest, MailboxProof::ProvedBefore).await
}

/// How somebody shows that the invited mailbox is theirs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MailboxProof {
    /// They hold the link that was mailed there.
    Link,
    /// They proved it earlier.
    ProvedBefore,
}

async fn accept(request: Working, digest: &TokenDigest, proof: MailboxProof) -> Result<GoTo, Failure<JoinRefusal>> {
    let mut tx = request.begin().await?;
    store::lock_membership_of_link(&mut tx, digest).await?;
    let (link, person, account) = own_link(&mut tx, &request, digest, proof).await?;
    let has_sensitive_access = store::has_sensitive_access(&mut tx, link.organization, link.membership).await?;
    let (pending, _) = invited(&link)?;
    offer_stands(pending, has_sensitive_access)?;

    if proof == MailboxProof::Link && !account.is_email_proved {
        store::mark_email_proved(&mut tx, person.user, link.now).await?;
    }
    join(&mut tx, &request, &link, person.user, &account).await?;
    tx.commit().await?;
    let organization = paths::organization(&link.slug);
    let factor_is_due = (pending.offered.is_sensitive() || has_sensitive_access) && !person.has_factor;
    Ok(GoTo::page(if factor_is_due { paths::account_two_factor_then(&organization) } else { organization }))
}

/// Declines by a link.
pub(in super::super) async fn decline_by_link(request: Working, form: TokenForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let digest = digest_of(&form.token).ok_or(JoinRefusal::Unknown)?;
    decline(request, &digest, MailboxProof::Link).await
}

/// Declines from the application.
pub(in super::super) async fn decline_waiting(request: Working, form: InvitationForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let digest = open_link(&request, &form).await?;
    decline(request, &digest, MailboxProof::ProvedBefore).await
}

async fn decline(request: Working, digest: &TokenDigest, proof: MailboxProof) -> Result<GoTo, Failure<JoinRefusal>> {
    let mut tx = request.begin().await?;
    // Removing the row changes the organization's count: its lock comes first, as where somebody is deactivated.
    store::lock_organization_of_link(&mut tx, digest).await?;
    store::lock_membership_of_link(&mut tx, digest).await?;
    let (link, person, _) = own_link(&mut tx, &request, digest, proof).await?;
    let (pending, email) = invited(&link)?;

    store::void_links(&mut tx, link.organization, link.membership, VoidReason::Declined, link.now).await?;
    store::delete_waiting(&mut tx, link.organization, link.membership).await?;
    let cause = Cause { organization: Some(link.organization), actor: Some(person.user), at: link.now, origin: request.origin().clone() };
    audit::record(
        &mut tx,
        request.state(),
        &cause,
        &Event::InvitationDeclined { membership: link.membership, email: pending.email.clone() },
    )
    .await?;
    if let Some(inviter) = pending.inviter.as_ref().filter(|inviter| inviter.held.is_some()) {
        let recipient =
            EmailAddress::parse(&inviter.email).map_err(|error| Fault::Inconsistent { table: "users", reason: error.to_string() })?;
        outbox::enqueue(
            &mut tx,
            request.state(),
            link.now,
            emails::declined(link.organization, &link.organization_name, recipient, &email),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(GoTo::page(paths::with_outcome(paths::HOME.to_owned(), paths::INVITATION_DECLINED)))
}

/// Mails a new link to the same address. Limited per invitation; the answer is the same either way.
pub(in super::super) async fn renew_link(request: Working, form: TokenForm) -> Result<LinkRenewed, Failure<JoinRefusal>> {
    let digest = digest_of(&form.token).ok_or(JoinRefusal::Unknown)?;
    let mut tx = request.begin().await?;
    // Counted for the invitation, not for the link: each new link would bring new attempts.
    let invitation = store::find_link(&mut tx, &digest).await?.ok_or(JoinRefusal::Unknown)?.membership;
    tx.commit().await?;
    if let Attempt::Locked { wait_seconds } = throttle::count(request.state(), throttle::NEW_LINK, invitation.as_uuid().as_bytes()).await? {
        return Err(Failure::TooManyAttempts { wait_seconds });
    }
    let mut tx = request.begin().await?;
    store::lock_membership_of_link(&mut tx, &digest).await?;
    let link = store::find_link(&mut tx, &digest).await?.ok_or(JoinRefusal::Unknown)?;
    match rules::link_state(link.life, link.now) {
        LinkState::Live | LinkState::Expired | LinkState::Replaced => {}
        state @ (LinkState::Withdrawn | LinkState::Declined | LinkState::Used) => rules::may_join(state)?,
    }
    let (pending, email) = invited(&link)?;
    let has_sensitive_access = store::has_sensitive_access(&mut tx, link.organization, link.membership).await?;
    offer_stands(pending, has_sensitive_access)?;
    let valid_until = link.now.plus(link.link_validity_seconds);
    let offer = Offer { valid_until, ..offer(&link, pending, has_sensitive_access) };

    let issue =
        Issue { organization: link.organization, membership: link.membership, email: &email, offer: &offer, now: link.now, sender: None };
    issue_link(&mut tx, &request, &issue).await?;
    let cause = Cause { organization: Some(link.organization), actor: None, at: link.now, origin: request.origin().clone() };
    audit::record(
        &mut tx,
        request.state(),
        &cause,
        &Event::InvitationRenewed { membership: link.membership, email: pending.email.clone() },
    )
    .await?;
    tx.commit().await?;
    Ok(LinkRenewed { masked_email: rules::masked(email.as_str()) })
}

/// Signs out and shows the link's page again.
pub(in super::super) async fn switch_account(request: Working, form: TokenForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let token = Token::parse_for(TokenPurpose::Link, &form.token).map_err(|_| JoinRefusal::Unknown)?;
    let mut tx = request.begin().await?;
    let now = clock::now(&mut tx).await?;
    // Also somebody whose session has ended already goes on with the link.
    if let Some(user) = sessions::end(&mut tx, &request).await? {
        let cause = Cause { organization: None, actor: Some(user), at: now, origin: request.origin().clone() };
        audit::record(&mut tx, request.state(), &cause, &Event::SignedOut { user }).await?;
    }
    tx.commit().await?;
    Ok(GoTo::page_afresh(paths::complete(token.expose())))
}

/// Passes a message on to the administrators, from the page of a link that leads nowhere any more. Limited per invitation.
pub(in super::super) async fn write_about_invitation(
    request: Working,
    form: LinkMessageForm,
) -> Result<LinkMessageSent, Failure<LinkMessageRefusal>> {
    let message = organizations::rules::message(&form.message).map_err(LinkMessageRefusal::Message)?;
    let digest = digest_of(&form.token).ok_or(LinkMessageRefusal::Unknown)?;
    let mut tx = request.begin().await?;
    let invitation = dead_end(&mut tx, &digest).await?.membership;
    tx.commit().await?;
    if let Attempt::Locked { wait_seconds } =
        throttle::count(request.state(), throttle::LINK_MESSAGE, invitation.as_uuid().as_bytes()).await?
    {
        return Err(Failure::TooManyAttempts { wait_seconds });
    }

    let mut tx = request.begin().await?;
    let link = dead_end(&mut tx, &digest).await?;
    let writer = EmailAddress::parse(&link.email_key).map_err(|error| Fault::Inconsistent { table: "links", reason: error.to_string() })?;
    let administrators = store::list_administrators(&mut tx, link.organization).await?;

    let cause = Cause { organization: Some(link.organization), actor: None, at: link.now, origin: request.origin().clone() };
    let recipients = i64::try_from(administrators.len()).unwrap_or(i64::MAX);
    let event = Event::AdministratorsMessaged { membership: link.membership, recipients };
    audit::record(&mut tx, request.state(), &cause, &event).await?;
    let mails = administrators
        .into_iter()
        .map(|recipient| emails::question(&request.state().settings, &link, recipient, &writer, message))
        .collect();
    outbox::enqueue_all(&mut tx, request.state(), link.now, mails).await?;
    tx.commit().await?;
    Ok(LinkMessageSent { organization_name: link.organization_name })
}

/// The link with this digest, if it leads nowhere any more.
async fn dead_end(tx: &mut Tx, digest: &TokenDigest) -> Result<FollowedLink, Failure<LinkMessageRefusal>> {
    let link = store::find_link(tx, digest).await?.ok_or(LinkMessageRefusal::Unknown)?;
    let has_sensitive_access = store::has_sensitive_access(tx, link.organization, link.membership).await?;
    let leads_nowhere = match (rules::link_state(link.life, link.now), &link.pending) {
        (LinkState::Withdrawn | LinkState::Declined, _) => true,
        (LinkState::Used, _) => link.belonging == Belonging::Ended,
        (LinkState::Live | LinkState::Expired | LinkState::Replaced, Some(pending)) => offer_stands(pending, has_sensitive_access).is_err(),
        (LinkState::Live | LinkState::Expired | LinkState::Replaced, None) => false,
    };
    if leads_nowhere { Ok(link) } else { Err(LinkMessageRefusal::Open.into()) }
}

/// The invitations that wait for the signed-in person. Only a proved address counts.
pub(in super::super) async fn list_waiting(request: Working) -> Result<WaitingInvitations, Failure<NoRefusal>> {
    let mut tx = request.begin().await?;
    let person = access::signed_in(&mut tx, &request).await?;
    let account = store::get_account(&mut tx, person.user).await?;
    let invitations = if account.is_email_proved { store::list_waiting(&mut tx, &account.email).await? } else { Vec::new() };
    tx.commit().await?;
    Ok(WaitingInvitations { invitations })
}

/// The one place where a waiting membership gets its person.
async fn join(
    tx: &mut Tx,
    request: &Working,
    link: &FollowedLink,
    user: UserId,
    account: &JoiningAccount,
) -> Result<(), Failure<JoinRefusal>> {
    let (pending, _) = invited(link)?;
    let sort_name = folding::fold(&format!("{} {}", account.first_name, account.last_name));
    let search = folding::search_text(&account.first_name, &account.last_name, &account.username, account.email.as_str());

    if !store::activate_membership(tx, link.organization, link.membership, user, link.now, &sort_name, &search).await? {
        return Err(JoinRefusal::Used.into());
    }
    registration::free_draft(tx, link.membership).await?;
    store::mark_link_used(tx, link, user).await?;
    store::void_links(tx, link.organization, link.membership, VoidReason::Replaced, link.now).await?;
    let cause = Cause { organization: Some(link.organization), actor: Some(user), at: link.now, origin: request.origin().clone() };
    audit::record(tx, request.state(), &cause, &Event::InvitationAccepted { membership: link.membership, role: pending.role }).await?;
    Ok(())
}

async fn live_link(tx: &mut Tx, request: &Working, digest: &TokenDigest) -> Result<FollowedLink, Failure<JoinRefusal>> {
    let link = store::find_link(tx, digest).await?.ok_or(JoinRefusal::Unknown)?;
    if let Some((person, _)) = signed_in(tx, request).await?
        && link.account != Some(person.user)
    {
        return Err(JoinRefusal::OtherAccount.into());
    }
    rules::may_join(rules::link_state(link.life, link.now))?;
    Ok(link)
}

/// The live link of the signed-in person.
async fn own_link(
    tx: &mut Tx,
    request: &Working,
    digest: &TokenDigest,
    proof: MailboxProof,
) -> Result<(FollowedLink, SignedIn, JoiningAccount), Failure<JoinRefusal>> {
    let person = access::signed_in(tx, request).await?;
    let account = store::get_account(tx, person.user).await?;
    let link = store::find_link(tx, digest).await?.ok_or(JoinRefusal::Unknown)?;
    if link.account != Some(person.user) || (proof == MailboxProof::ProvedBefore && !account.is_email_proved) {
        return Err(match proof {
            MailboxProof::Link => JoinRefusal::OtherAccount.into(),
            MailboxProof::ProvedBefore => Failure::NotFound,
        });
    }
    rules::may_join(rules::link_state(link.life, link.now))?;
    Ok((link, person, account))
}

async fn open_link(request: &Working, form: &InvitationForm) -> Result<TokenDigest, Failure<JoinRefusal>> {
    let membership = form.member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    access::signed_in(&mut tx, request).await?;
    let digest = store::find_open_link_of(&mut tx, membership).await?;
    tx.commit().await?;
    digest.ok_or(Failure::NotFound)
}

/// Who is signed in, if anybody; a fault is not nobody.
async fn signed_in<R: Refusal>(tx: &mut Tx, request: &Working) -> Result<Option<(SignedIn, JoiningAccount)>, Failure<R>> {
    match access::signed_in(tx, request).await {
        Ok(person) => {
            let account = store::get_account(tx, person.user).await?;
            Ok(Some((person, account)))
        }
        Err(Denied::SignedOut) => Ok(None),
        Err(denied) => Err(denied.into()),
    }
}

fn invited<R: Refusal>(link: &FollowedLink) -> Result<(&PendingInvitation, EmailAddress), Failure<R>> {
    let pending = link
        .pending
        .as_ref()
        .ok_or_else(|| Fault::Inconsistent { table: "links", reason: "a live link without an invitation".to_owned() })?;
    let email =
        EmailAddress::parse(&pending.email).map_err(|error| Fault::Inconsistent { table: "memberships", reason: error.to_string() })?;
    Ok((pending, email))
}

fn offer_stands(pending: &PendingInvitation, has_sensitive_access: bool) -> Result<(), JoinRefusal> {
    rules::offer_stands(pending.offered, has_sensitive_access, pending.inviter.as_ref().and_then(|inviter| inviter.held))
}

fn offer(link: &FollowedLink, pending: &PendingInvitation, has_sensitive_access: bool) -> Offer {
    Offer {
        organization_name: link.organization_name.clone(),
        label: link.label.clone(),
        inviter: pending.inviter.as_ref().map(|inviter| inviter.name.clone()).unwrap_or_default(),
        role: pending.role,
        demands_second_factor: pending.offered.is_sensitive() || has_sensitive_access,
        valid_until: link.life.expires_at,
    }
}

fn register_page(request: &Working, link: &FollowedLink, pending: &PendingInvitation, offer: Offer) -> LinkPage {
    let settings = &request.state().settings;
    let has_names = !(pending.first_name.is_empty() && pending.last_name.is_empty());
    let local_part = link.email_key.split('@').next().unwrap_or_default();
    let username = match (pending.username.is_empty(), has_names) {
        (false, _) => pending.username.clone(),
        (true, true) => usernames::generate(&pending.first_name, &pending.last_name, local_part).key().to_owned(),
        (true, false) => String::new(),
    };
    LinkPage::Register {
        offer,
        email: pending.email.clone(),
        first_name: pending.first_name.clone(),
        last_name: pending.last_name.clone(),
        username,
        password_minimum: settings.password_minimum,
        terms_url: settings.terms_url.clone(),
    }
}

fn registration_fields(form: &CompleteForm) -> RegistrationFields {
    RegistrationFields {
        first_name: form.first_name.clone(),
        last_name: form.last_name.clone(),
        automatic_username: form.automatic_username.clone(),
        username: form.username.clone(),
        offered_username: form.offered_username.clone(),
        password: form.password.clone(),
        terms: form.terms.clone(),
    }
}

fn registration_failure(failure: Failure<crate::features::auth::registration::refusal::RegistrationRefusal>) -> Failure<JoinRefusal> {
    failure.map_refusals(JoinRefusal::from)
}

fn digest_of(token: &str) -> Option<TokenDigest> {
    Token::parse_for(TokenPurpose::Link, token).ok().map(|token| sealing::digest(&token))
}
