//! How the invited go on where their link, or their session, is not the right one.

use super::{digest_of, invited, offer, offer_stands};
use crate::failure::Failure;
use crate::features::accepting::events::Event;
use crate::features::accepting::model::{LinkRenewed, TokenForm};
use crate::features::accepting::refusal::AcceptRefusal;
use crate::features::accepting::rules::{self, LinkState};
use crate::features::accepting::store;
use crate::features::auth::sessions;
use crate::features::invitations::model::Offer;
use crate::features::invitations::{self, Issue};
use crate::paths;
use crate::platform::audit::{self, Cause};
use crate::platform::clock;
use crate::platform::request::Working;
use crate::platform::throttle::{self, Limit};
use crate::values::go_to::GoTo;
use crate::values::token::{Token, TokenPurpose};

/// New links asked for on the page of an expired one, for each invitation.
const NEW_LINK: Limit = Limit { scope: "link.renewal", attempts: 3, window_seconds: 3_600, lock_seconds: 3_600 };

/// Mails a new link to the same address. Limited per invitation; the answer is the same either way.
pub async fn renew_link(request: Working, form: TokenForm) -> Result<LinkRenewed, Failure<AcceptRefusal>> {
    let digest = digest_of(&form.token).ok_or(AcceptRefusal::Unknown)?;
    let mut reading = request.reading().await?;
    // Counted for the invitation, not for the link: each new link would bring new attempts.
    let counted = store::find_link(&mut reading, &digest).await?.ok_or(AcceptRefusal::Unknown)?.counted();
    drop(reading);
    throttle::pass(request.state(), NEW_LINK, &counted).await?;

    let mut tx = request.begin().await?;
    store::lock_membership_of_link(&mut tx, &digest).await?;
    let link = store::find_link(&mut tx, &digest).await?.ok_or(AcceptRefusal::Unknown)?;
    match link.state() {
        LinkState::Live | LinkState::Expired | LinkState::Replaced => {}
        state @ (LinkState::Withdrawn | LinkState::Declined | LinkState::Used) => rules::may_accept(state)?,
    }
    let pending = invited(&link)?;
    offer_stands(pending)?;
    let valid_until = link.now.plus(link.link_validity_seconds);
    let offer = Offer { valid_until, ..offer(&link, pending) };

    let issue = Issue {
        organization: link.organization,
        membership: pending.membership,
        email: &pending.email,
        offer: &offer,
        now: link.now,
        asked_by: invitations::AskedBy::Invited,
    };
    invitations::issue_link(&mut tx, request.state(), &issue).await?;
    let cause = Cause::of(&request, link.now).within(link.organization);
    let event = Event::Renewed { membership: pending.membership, email: pending.email.as_str().to_owned() };
    audit::record(&mut tx, request.state(), &cause, &event).await?;
    tx.commit().await?;
    Ok(LinkRenewed { masked_email: rules::masked(pending.email.as_str()) })
}

/// Signs out and shows the link's page again.
pub async fn switch_account(request: Working, form: TokenForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    let token = Token::parse_for(TokenPurpose::Link, &form.token).map_err(|_| AcceptRefusal::Unknown)?;
    let mut tx = request.begin().await?;
    let now = clock::now(&mut tx).await?;
    // Also somebody whose session has ended already goes on with the link.
    if let Some(user) = sessions::end(&mut tx, &request).await? {
        audit::record(&mut tx, request.state(), &Cause::of(&request, now).by(user), &sessions::Event::SignedOut { user }).await?;
    }
    tx.commit().await?;
    Ok(GoTo::page_afresh(paths::complete(token.expose())))
}
