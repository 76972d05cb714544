//! The short stories of accounts coming to be.

use super::events::Event;
use super::model::{PasswordJudgement, RegistrationFields, UsernameSuggestion};
use super::refusal::RegistrationRefusal;
use super::store::{self, LiveLink};
use super::{rules, usernames};
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::people::{self, Mailbox, NewPerson};
use crate::platform::audit::{self, Cause};
use crate::platform::db::{Read, Tx};
use crate::platform::passwords;
use crate::platform::request::Working;
use crate::platform::sealing;
use crate::platform::settings::Settings;
use crate::platform::throttle::{self, Limit};
use crate::values::display_name::PersonName;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::values::token::{Token, TokenPurpose};
use crate::values::username::Username;

/// Passwords judged while they are typed, from one network.
const JUDGEMENT_BY_NETWORK: Limit = Limit { scope: "judgement.network", attempts: 600, window_seconds: 300, lock_seconds: 60 };
/// How many free usernames are offered instead of a taken one.
const ALTERNATIVES_OFFERED: usize = 3;
/// The highest number that is tried for them, in one query.
const ALTERNATIVES_TRIED: u32 = 40;

/// An account that can be created: everything typed is in order and the password is hashed.
pub struct PreparedAccount {
    /// Given name.
    pub first_name: PersonName,
    /// Family name.
    pub last_name: PersonName,
    /// The username.
    pub username: Username,
    /// Whether the username was made from the names.
    is_automatic: bool,
    email: EmailAddress,
    password_hash: String,
}

/// Checks everything that was typed and hashes the password. `weak_words` are what somebody who knows the person would try:
/// the organization's name and the like; names and address are added here. Holds no connection.
pub async fn prepare(
    request: &Working,
    fields: &RegistrationFields,
    email: &EmailAddress,
    weak_words: &[&str],
) -> Result<PreparedAccount, Failure<RegistrationRefusal>> {
    let state = request.state();
    let CheckedFields { first_name, last_name, username, is_automatic, password } =
        check(&state.settings, fields, Some(email), weak_words)?;

    let password_hash = match state.passwords.hash(password.expose(), &state.randomness).await? {
        Ok(hash) => hash,
        Err(passwords::Overloaded) => return Err(Failure::TooManyAttempts { wait_seconds: 2 }),
    };
    Ok(PreparedAccount { first_name, last_name, username, is_automatic, email: email.clone(), password_hash })
}

/// What is wrong with the rest of a form whose address is, so that everything is told at once.
pub fn refusals_without_address(request: &Working, fields: &RegistrationFields, weak_words: &[&str]) -> Vec<RegistrationRefusal> {
    check(&request.state().settings, fields, None, weak_words).err().unwrap_or_default()
}

/// What was typed, in order.
struct CheckedFields {
    first_name: PersonName,
    last_name: PersonName,
    username: Username,
    is_automatic: bool,
    password: NewPassword,
}

fn check(
    settings: &Settings,
    fields: &RegistrationFields,
    email: Option<&EmailAddress>,
    weak_words: &[&str],
) -> Result<CheckedFields, Vec<RegistrationRefusal>> {
    let mut refusals = Vec::new();
    let (address, local_part) = email.map_or(("", ""), |email| (email.as_str(), email.local_part()));

    let first_name = PersonName::parse(&fields.first_name).map_err(|error| refusals.push(RegistrationRefusal::FirstName(error)));
    let last_name = PersonName::parse(&fields.last_name).map_err(|error| refusals.push(RegistrationRefusal::LastName(error)));
    let is_automatic = rules::is_automatic(fields);
    let username = match (is_automatic, &first_name, &last_name) {
        (true, Ok(first_name), Ok(last_name)) => {
            let generated = usernames::generate(first_name.as_str(), last_name.as_str(), local_part);
            if rules::is_typed_in_vain(fields, generated.key()) {
                let typed = limited(fields.username.trim());
                refusals.push(RegistrationRefusal::UsernameBesideTickedBox { typed, generated: generated.key().to_owned() });
            }
            Ok(generated)
        }
        (true, _, _) => Err(()),
        (false, _, _) => Username::parse(&fields.username).map_err(|error| refusals.push(RegistrationRefusal::Username(error))),
    };
    let password = NewPassword::parse(&fields.password, settings.password_minimum)
        .map_err(|error| refusals.push(RegistrationRefusal::Password(error)));
    if let Ok(password) = &password {
        let mut known = vec![fields.first_name.as_str(), fields.last_name.as_str(), fields.username.as_str(), address, local_part];
        known.extend_from_slice(weak_words);
        let strength = passwords::strength(password.expose(), &every_word(&known));
        if strength.score < rules::FEWEST_POINTS {
            let advice = strength.advice.filter(|advice| !advice.is_empty());
            refusals.push(RegistrationRefusal::WeakPassword(
                advice.unwrap_or_else(|| "Use a longer one, or several unrelated words.".to_owned()),
            ));
        }
    }
    if settings.terms_url.is_some() && fields.terms != "on" {
        refusals.push(RegistrationRefusal::Terms);
    }
    let (Ok(first_name), Ok(last_name), Ok(username), Ok(password), true) =
        (first_name, last_name, username, password, refusals.is_empty())
    else {
        return Err(refusals);
    };
    Ok(CheckedFields { first_name, last_name, username, is_automatic, password })
}

/// Creates the account in the caller's transaction. `draft_of` is the membership whose username draft the person may take over.
pub async fn create_account(
    tx: &mut Tx,
    request: &Working,
    account: &PreparedAccount,
    mailbox: Mailbox,
    draft_of: Option<MembershipId>,
    cause: &Cause,
) -> Result<UserId, Failure<RegistrationRefusal>> {
    let user = UserId::from_uuid(request.random_id(cause.at())?);

    let person = NewPerson {
        user,
        email: &account.email,
        mailbox,
        username: &account.username,
        first_name: account.first_name.as_str(),
        last_name: account.last_name.as_str(),
        password_hash: &account.password_hash,
    };
    // Who follows an invitation is told of the address first: two links may be used at once.
    if draft_of.is_some() || !free_usernames(tx, std::slice::from_ref(&account.username), None).await?.is_empty() {
        let is_inserted = people::insert(tx, &person, cause.at()).await.map_err(refused_by_constraint)?;
        if is_inserted && store::claim_username(tx, &account.username, user, draft_of, cause.at()).await? {
            let event = Event::Completed { user, username: account.username.key().to_owned() };
            audit::record(tx, request.state(), &cause.clone().by(user), &event).await?;
            return Ok(user);
        }
        // The same person may have sent two forms: then the address says more than the username.
        if !is_inserted && people::has_account(tx, &account.email).await? {
            return Err(RegistrationRefusal::AddressTaken.into());
        }
    }

    let username = account.username.key().to_owned();
    let alternatives = free_alternatives(tx, &account.username, draft_of).await?;
    Err(Failure::from(if account.is_automatic {
        RegistrationRefusal::AutomaticUsernameTaken { username, alternatives }
    } else {
        RegistrationRefusal::UsernameTaken { username, alternatives }
    }))
}

/// What the form shows while the names are typed.
pub async fn suggest_username(
    request: Working,
    token: String,
    first_name: String,
    last_name: String,
) -> Result<UsernameSuggestion, Failure<NoRefusal>> {
    let token = Token::parse_for(TokenPurpose::Link, &token).map_err(|_| Failure::NotFound)?;
    let mut reading = request.reading().await?;
    let link = store::find_live_link(&mut reading, &sealing::digest(&token)).await?.ok_or(Failure::NotFound)?;

    let username = usernames::generate(&limited(&first_name), &limited(&last_name), link.local_part());
    let draft_of = link.membership.map(MembershipId::from_uuid);
    let is_free = !free_usernames(&mut reading, std::slice::from_ref(&username), draft_of).await?.is_empty();
    let alternatives = if is_free { Vec::new() } else { free_alternatives(&mut reading, &username, draft_of).await? };

    Ok(UsernameSuggestion { username: username.key().to_owned(), is_free, alternatives })
}

/// The meter's judgement, by the same words as when the form is sent: what the link knows, and `typed`, the names and the
/// username beside the password. Limited per network, because the estimate costs time.
pub async fn judge_password(
    request: Working,
    password: String,
    token: String,
    typed: [String; 3],
) -> Result<PasswordJudgement, Failure<NoRefusal>> {
    let network = request.origin().network.map(|network| throttle::network_key(network.ip())).unwrap_or_default();
    throttle::pass(request.state(), JUDGEMENT_BY_NETWORK, &network).await?;

    let link = live_link(&request, &token).await?;
    let typed = typed.map(|word| limited(&word));
    let mut known: Vec<&str> = typed.iter().map(String::as_str).collect();
    known.extend([link.email.as_str(), link.local_part(), link.organization_name.as_str(), link.label.as_str()]);
    let strength = passwords::strength(&password, &every_word(&known));
    Ok(rules::judge(password.chars().count(), request.state().settings.password_minimum, strength.score, strength.advice))
}

/// What a link knows; nothing when it is not live, as where somebody judges a password without one.
async fn live_link(request: &Working, token: &str) -> Result<LiveLink, sqlx::Error> {
    let Ok(token) = Token::parse_for(TokenPurpose::Link, token) else {
        return Ok(LiveLink::default());
    };
    let mut reading = request.reading().await?;
    let link = store::find_live_link(&mut reading, &sealing::digest(&token)).await?;
    Ok(link.unwrap_or_default())
}

/// What somebody who knows the person would try first: each of `known`, as a whole and word by word, and the product's name.
fn every_word<'known>(known: &[&'known str]) -> Vec<&'known str> {
    let mut words = vec!["nexus"];
    words.extend(
        known.iter().copied().flat_map(|words| std::iter::once(words).chain(words.split_whitespace())).filter(|word| !word.is_empty()),
    );
    words
}

/// As much of a name as can be one.
fn limited(typed: &str) -> String {
    typed.chars().take(PersonName::MAXIMUM_LENGTH).collect()
}

/// The username that an organization drafted is free again, once its person has one: at the latest when they join.
pub async fn free_draft(tx: &mut Tx, draft_of: MembershipId) -> Result<(), sqlx::Error> {
    store::free_draft(tx, draft_of).await
}

/// Takes a username for an account that another process creates: the example organization's. False when somebody has or had it.
pub async fn claim_username(tx: &mut Tx, username: &Username, user: UserId, now: Moment) -> Result<bool, sqlx::Error> {
    store::claim_username(tx, username, user, None, now).await
}

/// Keeps a username for the person of a membership that waits. False when somebody has or had it.
pub async fn draft_username(
    tx: &mut Tx,
    username: &Username,
    organization: OrganizationId,
    membership: MembershipId,
    now: Moment,
) -> Result<bool, sqlx::Error> {
    store::draft_username(tx, username, organization, membership, now).await
}

async fn free_usernames(reading: &mut Read, candidates: &[Username], draft_of: Option<MembershipId>) -> Result<Vec<String>, sqlx::Error> {
    let candidates: Vec<String> = candidates.iter().map(|candidate| candidate.key().to_owned()).collect();
    store::list_free_usernames(reading, &candidates, draft_of).await
}

async fn free_alternatives(reading: &mut Read, taken: &Username, draft_of: Option<MembershipId>) -> Result<Vec<String>, sqlx::Error> {
    let candidates: Vec<Username> = (2..=ALTERNATIVES_TRIED).map(|number| usernames::numbered(taken, number)).collect();
    let mut free = free_usernames(reading, &candidates, draft_of).await?;
    free.truncate(ALTERNATIVES_OFFERED);
    Ok(free)
}

fn refused_by_constraint(error: sqlx::Error) -> Failure<RegistrationRefusal> {
    match error.as_database_error().and_then(|error| error.constraint()) {
        Some("users_one_per_address") => RegistrationRefusal::AddressTaken.into(),
        _ => error.into(),
    }
}
