//! How somebody without an account accepts: by getting one.

use super::{digest_of, give_person, invited, live_link, offer_stands};
use crate::failure::Failure;
use crate::features::accepting::model::TokenForm;
use crate::features::accepting::refusal::AcceptRefusal;
use crate::features::accepting::store;
use crate::features::auth::people::Mailbox;
use crate::features::auth::registration::model::RegistrationFields;
use crate::features::auth::registration::refusal::RegistrationRefusal;
use crate::features::auth::registration::{create_account, prepare};
use crate::features::auth::sessions::{self, Stage};
use crate::features::memberships::Holder;
use crate::paths;
use crate::platform::audit::{self, Cause};
use crate::platform::request::Working;
use crate::values::go_to::GoTo;

/// Creates the account, gives it the membership, and signs in.
pub async fn complete_registration(
    request: Working,
    form: TokenForm,
    registration: RegistrationFields,
) -> Result<GoTo, Failure<AcceptRefusal>> {
    let digest = digest_of(&form.token).ok_or(AcceptRefusal::Unknown)?;

    // A first look, so that nothing is hashed for a dead link and no connection is held while hashing.
    let mut reading = request.reading().await?;
    let link = live_link(&mut reading, &request, &digest).await?;
    let email = invited(&link)?.email.clone();
    drop(reading);
    let prepared = prepare(&request, &registration, &email, &[&link.organization_name, &link.label]).await.map_err(in_our_words)?;

    let mut tx = request.begin().await?;
    store::lock_membership_of_link(&mut tx, &digest).await?;
    let link = live_link(&mut tx, &request, &digest).await?;
    if link.account.is_some() {
        return Err(AcceptRefusal::AccountExists.into());
    }
    let pending = invited(&link)?;
    offer_stands(pending)?;
    if pending.email != email {
        // The draft was corrected between the two looks.
        return Err(AcceptRefusal::Replaced.into());
    }

    let cause = Cause::of(&request, link.now);
    let in_organization = cause.clone().within(link.organization);
    let user = create_account(&mut tx, &request, &prepared, Mailbox::Proved, Some(pending.membership), &in_organization)
        .await
        .map_err(in_our_words)?;
    let holder = Holder {
        user,
        first_name: prepared.first_name.as_str(),
        last_name: prepared.last_name.as_str(),
        username: prepared.username.key(),
        email: &email,
    };
    give_person(&mut tx, &request, &link, &holder).await?;
    sessions::begin(&mut tx, &request, user, Stage::Full, link.now).await?;
    audit::record(&mut tx, request.state(), &cause.by(user), &sessions::Event::SignedIn { user, with: "registration" }).await?;
    tx.commit().await?;
    let organization = paths::organization(&link.slug);
    Ok(GoTo::page_afresh(if pending.is_sensitive { paths::account_two_factor_then(&organization) } else { organization }))
}

fn in_our_words(failure: Failure<RegistrationRefusal>) -> Failure<AcceptRefusal> {
    failure.map_refusals(AcceptRefusal::from)
}
