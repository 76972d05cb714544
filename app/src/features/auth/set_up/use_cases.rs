//! The short stories of the first person and organization.

use super::model::{SetUpForm, SetUpLink};
use super::refusal::SetUpRefusal;
use super::rules;
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::links::{self, Channel, NewLink, Purpose};
use crate::features::auth::people::Mailbox;
use crate::features::auth::registration::model::RegistrationFields;
use crate::features::auth::registration::refusal::RegistrationRefusal;
use crate::features::auth::registration::{PreparedAccount, create_account, prepare, refusals_without_address};
use crate::features::auth::sessions::{self, Stage};
use crate::features::memberships::Holder;
use crate::features::organizations;
use crate::paths;
use crate::platform::audit::{self, Cause};
use crate::platform::db::{self, Read, Tx};
use crate::platform::incidents::Fault;
use crate::platform::request::Working;
use crate::platform::state::AppState;
use crate::platform::{clock, sealing};
use crate::values::display_name::{Label, OrganizationName};
use crate::values::email_address::EmailAddress;
use crate::values::go_to::GoTo;
use crate::values::ids::LinkId;
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenDigest, TokenPurpose};

/// The absolute address of a new set-up link, for the operator's eyes; `None` when somebody has an account.
pub async fn issue_link(state: &AppState) -> Result<Option<String>, Fault> {
    let mut tx = Tx::begin(&state.pool).await?;
    if db::store::has_people(&mut tx).await? {
        return Ok(None);
    }
    let now = clock::now(&mut tx).await?;
    let link = NewLink {
        purpose: Purpose::SetUp,
        channel: Channel::Printed,
        membership: None,
        email: None,
        issued_at: now,
        expires_at: now.plus(rules::LINK_SECONDS),
    };
    let token = links::issue(&mut tx, state, &link).await?;
    tx.commit().await?;
    Ok(Some(state.settings.absolute(&paths::set_up(token.expose()))))
}

/// What the page of a link shows.
pub async fn read_link(request: Working, token: String) -> Result<SetUpLink, Failure<NoRefusal>> {
    let Ok(token) = Token::parse_for(TokenPurpose::Link, &token) else {
        return Ok(SetUpLink::Unknown);
    };
    let mut reading = request.reading().await?;
    let decision = decide(&mut reading, &sealing::digest(&token)).await?;
    let settings = &request.state().settings;
    Ok(match decision {
        Ok(_) => SetUpLink::Open { password_minimum: settings.password_minimum, terms_url: settings.terms_url.clone() },
        Err(SetUpRefusal::Done) => SetUpLink::Done,
        Err(SetUpRefusal::Expired) => SetUpLink::Expired,
        Err(_) => SetUpLink::Unknown,
    })
}

/// Creates the first account and its organization, and signs the person in.
pub async fn set_up(request: Working, form: SetUpForm, registration: RegistrationFields) -> Result<GoTo, Failure<SetUpRefusal>> {
    let token = Token::parse_for(TokenPurpose::Link, &form.token).map_err(|_| SetUpRefusal::Unknown)?;
    let digest = sealing::digest(&token);
    // Before any password is hashed: that costs time, which strangers are not given.
    let mut reading = request.reading().await?;
    decide(&mut reading, &digest).await??;
    drop(reading);
    let draft = SetUpDraft::parse(&request, &form, &registration).await?;

    let mut tx = request.begin().await?;
    // Two forms sent at once: the second waits here, and then sees the first one's account.
    db::store::lock(&mut tx, "set_up").await?;
    let (link, now) = decide(&mut tx, &digest).await??;

    let cause = Cause::of(&request, now);
    let user = create_account(&mut tx, &request, &draft.account, Mailbox::Claimed, None, &cause).await.map_err(in_our_words)?;
    let founder = Holder {
        user,
        first_name: draft.account.first_name.as_str(),
        last_name: draft.account.last_name.as_str(),
        username: draft.account.username.key(),
        email: &draft.email,
    };
    let slug = organizations::create(&mut tx, &request, &draft.organization_name, &draft.label, &founder, &cause).await?;
    if !links::mark_used(&mut tx, link, user, now).await? {
        return Err(SetUpRefusal::Done.into());
    }
    sessions::begin(&mut tx, &request, user, Stage::Full, now).await?;
    let cause = cause.by(user);
    audit::record(&mut tx, request.state(), &cause, &sessions::Event::SignedIn { user, with: "registration" }).await?;
    tx.commit().await?;
    Ok(GoTo::page_afresh(paths::account_two_factor_then(&paths::members(&slug))))
}

/// A form that is in order.
struct SetUpDraft {
    account: PreparedAccount,
    email: EmailAddress,
    organization_name: OrganizationName,
    label: Label,
}

impl SetUpDraft {
    /// Tells everything that is wrong at once.
    async fn parse(request: &Working, form: &SetUpForm, registration: &RegistrationFields) -> Result<Self, Failure<SetUpRefusal>> {
        let mut refusals = Vec::new();
        let email = EmailAddress::parse(&form.email).map_err(|error| refusals.push(SetUpRefusal::Email(error))).ok();
        let organization_name =
            OrganizationName::parse(&form.organization_name).map_err(|error| refusals.push(SetUpRefusal::OrganizationName(error))).ok();
        let label = Label::parse(&form.label).map_err(|error| refusals.push(SetUpRefusal::Label(error))).ok();

        let weak_words = [form.organization_name.as_str()];
        let account = if let Some(email) = &email {
            match prepare(request, registration, email, &weak_words).await.map_err(in_our_words) {
                Ok(account) => Some(account),
                Err(Failure::Refused(of_the_account)) => {
                    // In the order of the form: the account stands before the organization.
                    refusals.splice(..0, of_the_account);
                    None
                }
                Err(failure) => return Err(failure),
            }
        } else {
            let of_the_account = refusals_without_address(request, registration, &weak_words);
            refusals.splice(..0, of_the_account.into_iter().map(SetUpRefusal::Registration));
            None
        };
        match (account, email, organization_name, label) {
            (Some(account), Some(email), Some(organization_name), Some(label)) => Ok(Self { account, email, organization_name, label }),
            _ => Err(Failure::Refused(refusals)),
        }
    }
}

/// The link with this digest, if it may be used now, and when that is.
async fn decide(reading: &mut Read, digest: &TokenDigest) -> Result<Result<(LinkId, Moment), SetUpRefusal>, Fault> {
    let Some(link) = links::find(reading, Purpose::SetUp, digest).await? else {
        return Ok(Err(SetUpRefusal::Unknown));
    };
    let has_people = db::store::has_people(reading).await?;
    Ok(rules::may_set_up(link.life, has_people, link.now).map(|()| (link.id, link.now)))
}

fn in_our_words(failure: Failure<RegistrationRefusal>) -> Failure<SetUpRefusal> {
    failure.map_refusals(SetUpRefusal::Registration)
}
