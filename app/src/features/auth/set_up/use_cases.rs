//! The short stories of the first person and organization.

use super::model::{SetUpForm, SetUpLink};
use super::refusal::SetUpRefusal;
use super::{rules, store};
use crate::failure::{Failure, NoRefusal};
use crate::features::audit::event::Event;
use crate::features::audit::{self, Cause};
use crate::features::auth::registration::use_cases::{PreparedAccount, create_account, prepare, refusals_without_address};
use crate::features::auth::sessions::{self, Stage};
use crate::features::organizations::use_cases::{NewAdministrator, create};
use crate::paths;
use crate::platform::db::{self, Tx};
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
    let mut tx = state.pool.begin().await?;
    if db::store::has_people(&mut tx).await? {
        return Ok(None);
    }
    let now = clock::now(&mut tx).await?;
    let token = Token::from_bytes(TokenPurpose::Link, &state.randomness.bytes::<{ Token::BYTES }>()?);
    let id = LinkId::from_uuid(state.randomness.uuid(now)?);
    store::insert_link(&mut tx, id, &sealing::digest(&token), now, now.plus(rules::LINK_SECONDS)).await?;
    tx.commit().await?;
    Ok(Some(state.settings.absolute(&paths::set_up(token.expose()))))
}

/// What the page of a link shows.
pub(super) async fn read_link(request: Working, token: String) -> Result<SetUpLink, Failure<NoRefusal>> {
    let Ok(token) = Token::parse_for(TokenPurpose::Link, &token) else {
        return Ok(SetUpLink::Unknown);
    };
    let mut tx = request.begin().await?;
    let decision = decide(&mut tx, &sealing::digest(&token)).await?;
    tx.commit().await?;
    let settings = &request.state().settings;
    Ok(match decision {
        Ok(_) => SetUpLink::Open { password_minimum: settings.password_minimum, terms_url: settings.terms_url.clone() },
        Err(SetUpRefusal::Done) => SetUpLink::Done,
        Err(SetUpRefusal::Expired) => SetUpLink::Expired,
        Err(_) => SetUpLink::Unknown,
    })
}

/// Creates the first account and its organization, and signs the person in.
pub(super) async fn set_up(request: Working, form: SetUpForm) -> Result<GoTo, Failure<SetUpRefusal>> {
    let token = Token::parse_for(TokenPurpose::Link, &form.token).map_err(|_| SetUpRefusal::Unknown)?;
    let digest = sealing::digest(&token);
    // Before any password is hashed: that costs time, which strangers are not given.
    let mut tx = request.begin().await?;
    decide(&mut tx, &digest).await??;
    tx.commit().await?;
    let draft = SetUpDraft::parse(&request, &form).await?;

    let mut tx = request.begin().await?;
    // Two forms sent at once: the second waits here, and then sees the first one's account.
    db::store::lock(&mut tx, "set_up").await?;
    let now = decide(&mut tx, &digest).await??;

    let cause = Cause { organization: None, actor: None, at: now, origin: request.origin().clone() };
    let user = create_account(&mut tx, &request, &draft.account, false, None, &cause).await.map_err(in_our_words)?;
    let founder = NewAdministrator {
        user,
        first_name: draft.account.first_name.as_str(),
        last_name: draft.account.last_name.as_str(),
        username: draft.account.username.as_str(),
        email: draft.email.as_str(),
    };
    let slug = create(&mut tx, &request, &draft.organization_name, &draft.label, &founder, &cause).await?;
    if !store::mark_used(&mut tx, &digest, user, now).await? {
        return Err(SetUpRefusal::Done.into());
    }
    sessions::begin(&mut tx, &request, user, Stage::Full, now).await?;
    let cause = Cause { actor: Some(user), ..cause };
    audit::record(&mut tx, request.state(), &cause, &Event::SignedIn { user, with: "registration" }).await?;
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
    async fn parse(request: &Working, form: &SetUpForm) -> Result<Self, Failure<SetUpRefusal>> {
        let mut refusals = Vec::new();
        let email = EmailAddress::parse(&form.email).map_err(|error| refusals.push(SetUpRefusal::Email(error))).ok();
        let organization_name =
            OrganizationName::parse(&form.organization_name).map_err(|error| refusals.push(SetUpRefusal::OrganizationName(error))).ok();
        let label = Label::parse(&form.label).map_err(|error| refusals.push(SetUpRefusal::Label(error))).ok();

        let weak_words = [form.organization_name.as_str()];
        let account = if let Some(email) = &email {
            match prepare(request, &form.registration(), email, &weak_words).await.map_err(in_our_words) {
                Ok(account) => Some(account),
                Err(Failure::Refused(of_the_account)) => {
                    // In the order of the form: the account stands before the organization.
                    refusals.splice(..0, of_the_account);
                    None
                }
                Err(failure) => return Err(failure),
            }
        } else {
            let of_the_account = refusals_without_address(request, &form.registration(), &weak_words);
            refusals.splice(..0, of_the_account.into_iter().map(SetUpRefusal::Registration));
            None
        };
        match (account, email, organization_name, label) {
            (Some(account), Some(email), Some(organization_name), Some(label)) => Ok(Self { account, email, organization_name, label }),
            _ => Err(Failure::Refused(refusals)),
        }
    }
}

/// Whether the link with this digest may be used now, and when that is.
async fn decide(tx: &mut Tx, digest: &TokenDigest) -> Result<Result<Moment, SetUpRefusal>, sqlx::Error> {
    let now = clock::now(tx).await?;
    let link = store::find_link(tx, digest).await?;
    let has_people = db::store::has_people(tx).await?;
    Ok(rules::may_set_up(link, has_people, now).map(|()| now))
}

fn in_our_words(failure: Failure<crate::features::auth::registration::refusal::RegistrationRefusal>) -> Failure<SetUpRefusal> {
    failure.map_refusals(SetUpRefusal::Registration)
}
