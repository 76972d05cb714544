//! How somebody whose link leads nowhere any more reaches the administrators.

use super::{digest_of, offer_stands};
use crate::failure::Failure;
use crate::features::accepting::emails;
use crate::features::accepting::model::{LinkMessageForm, LinkMessageSent};
use crate::features::accepting::refusal::LinkMessageRefusal;
use crate::features::accepting::rules::LinkState;
use crate::features::accepting::store::{self, Belonging, FollowedLink};
use crate::features::organizations;
use crate::platform::audit::{self, Cause};
use crate::platform::db::Read;
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::request::Working;
use crate::platform::throttle::{self, Limit};
use crate::values::email_address::EmailAddress;
use crate::values::token::TokenDigest;

/// Messages to the administrators from the page of an invitation's link, for each invitation.
const LINK_MESSAGE: Limit = Limit { scope: "message.link", attempts: 3, window_seconds: 86_400, lock_seconds: 86_400 };

/// Passes a message on to the administrators, from the page of a link that leads nowhere any more. Limited per invitation.
pub async fn write_about_invitation(request: Working, form: LinkMessageForm) -> Result<LinkMessageSent, Failure<LinkMessageRefusal>> {
    let message = organizations::rules::message(&form.message).map_err(LinkMessageRefusal::Message)?;
    let digest = digest_of(&form.token).ok_or(LinkMessageRefusal::Unknown)?;
    let mut reading = request.reading().await?;
    let counted = dead_end(&mut reading, &digest).await?.counted();
    drop(reading);
    throttle::pass(request.state(), LINK_MESSAGE, &counted).await?;

    let mut tx = request.begin().await?;
    let link = dead_end(&mut tx, &digest).await?;
    let writer = EmailAddress::parse(&link.email_key).map_err(|error| Fault::inconsistent("links", error))?;
    let administrators = organizations::list_administrators(&mut tx, link.organization, None).await?;

    let cause = Cause::of(&request, link.now).within(link.organization);
    let event = organizations::Event::AdministratorsMessaged {
        membership: link.membership,
        organization: link.organization,
        recipients: administrators.len(),
    };
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
async fn dead_end(reading: &mut Read, digest: &TokenDigest) -> Result<FollowedLink, Failure<LinkMessageRefusal>> {
    let link = store::find_link(reading, digest).await?.ok_or(LinkMessageRefusal::Unknown)?;
    let leads_nowhere = match (link.state(), &link.pending) {
        (LinkState::Withdrawn | LinkState::Declined, _) => true,
        (LinkState::Used, _) => link.belonging == Belonging::Ended,
        (LinkState::Live | LinkState::Expired | LinkState::Replaced, Some(pending)) => offer_stands(pending).is_err(),
        (LinkState::Live | LinkState::Expired | LinkState::Replaced, None) => false,
    };
    if leads_nowhere { Ok(link) } else { Err(LinkMessageRefusal::Open.into()) }
}
