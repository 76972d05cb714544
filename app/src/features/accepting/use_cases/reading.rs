//! What the page of a link shows.

use super::{digest_of, offer, offer_stands, signed_in};
use crate::failure::{Failure, NoRefusal};
use crate::features::accepting::model::LinkPage;
use crate::features::accepting::rules::{self, LinkState};
use crate::features::accepting::store::{self, Belonging, FollowedLink, PendingInvitation};
use crate::features::auth::registration::usernames;
use crate::features::invitations::model::Offer;
use crate::platform::request::Working;

/// What the page of a link shows. Changes nothing, however often it is asked.
pub async fn read_link_page(request: Working, token: String) -> Result<LinkPage, Failure<NoRefusal>> {
    let Some(digest) = digest_of(&token) else {
        return Ok(LinkPage::Unknown);
    };
    let mut reading = request.reading().await?;
    let Some(link) = store::find_link(&mut reading, &digest).await? else {
        return Ok(LinkPage::Unknown);
    };
    let signed_in = signed_in(&mut reading, &request).await?;

    if let Some(person) = &signed_in
        && link.account != Some(person.user)
    {
        return Ok(LinkPage::OtherAccount { signed_in_as: person.email.as_str().to_owned() });
    }
    let organization_name = link.organization_name.clone();
    if signed_in.is_some() {
        match link.belonging {
            Belonging::Active => return Ok(LinkPage::AlreadyMember { organization_name, slug: link.slug }),
            Belonging::Ended => return Ok(LinkPage::AccessEnded { organization_name }),
            Belonging::None => {}
        }
    }
    let state = link.state();
    if let (LinkState::Live | LinkState::Expired | LinkState::Replaced, Some(pending)) = (state, &link.pending)
        && offer_stands(pending).is_err()
    {
        return Ok(LinkPage::Lapsed { organization_name });
    }
    let masked_email = rules::masked(link.pending.as_ref().map_or(link.email_key.as_str(), |pending| pending.email.as_str()));
    Ok(match (state, &link.pending) {
        (LinkState::Live, Some(pending)) => {
            let offer = offer(&link, pending);
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
        email: pending.email.as_str().to_owned(),
        first_name: pending.first_name.clone(),
        last_name: pending.last_name.clone(),
        username,
        password_minimum: settings.password_minimum,
        terms_url: settings.terms_url.clone(),
    }
}
