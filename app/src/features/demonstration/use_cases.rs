//! The short story of filling in.

use super::people::{APPLICATIONS, LABEL, ORGANIZATION, PEOPLE, Person, SLUG, Standing};
use super::refusal::FillRefusal;
use super::rules::{self, Times};
use super::store::{self, NewMembership, NewUser, Typed};
use crate::features::audit::event::Event;
use crate::features::audit::{self, Cause};
use crate::features::auth::two_factor::{self, ShownSecret};
use crate::features::permissions::Role;
use crate::paths;
use crate::platform::db::{self, Tx};
use crate::platform::incidents::Fault;
use crate::platform::passwords::Verdict;
use crate::platform::request::Origin;
use crate::platform::state::AppState;
use crate::platform::{clock, folding};
use crate::values::ids::{ApplicationId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;

/// What was found or made.
pub struct Filled {
    /// The organization's name.
    pub organization: &'static str,
    /// How many belong to it, or are to.
    pub people: usize,
    /// How many of them are administrators.
    pub administrators: usize,
    /// How many applications it has.
    pub applications: usize,
    /// Whether it was there before, so that nothing was changed.
    pub was_there: bool,
    /// How to sign in.
    pub sign_in: SignInFacts,
}

/// How to sign in as the first administrator.
pub struct SignInFacts {
    /// The sign-in page.
    pub address: String,
    /// The organization's people, for after signing in.
    pub members_address: String,
    /// The username.
    pub username: String,
    /// The password of every example person; `None` when this one has chosen another since.
    pub password: Option<String>,
    /// The second factor; `None` when it was removed since.
    pub second_factor: Option<ShownSecret>,
    /// Usernames of others worth signing in as, without a second factor, and what they are.
    pub others: Vec<(String, &'static str)>,
}

/// An example person with everything that is derived of them.
struct Member<'person> {
    person: &'person Person,
    username: String,
    email: String,
    email_key: String,
    times: Times,
    user: Option<UserId>,
    membership: MembershipId,
}

/// Fills the example organization in, or finds it, and says how to sign in.
pub async fn fill(state: &AppState) -> Result<Filled, FillRefusal> {
    let password = password(state)?;
    let mut tx = state.pool.begin().await?;
    // Two runs at once must not both find nothing; creating an organization takes the same lock.
    db::store::lock(&mut tx, "organizations.slug").await?;
    let now = clock::now(&mut tx).await?;
    let members = members(state, now)?;

    if store::has_organization(&mut tx, SLUG).await? {
        return found(state, tx, &members, &password).await;
    }
    let usernames: Vec<String> = members.iter().map(|member| member.username.clone()).collect();
    let email_keys: Vec<String> = members.iter().map(|member| member.email_key.clone()).collect();
    let taken = store::list_taken_names(&mut tx, &usernames, &email_keys).await?;
    if !taken.is_empty() {
        return Err(FillRefusal::NamesTaken { names: taken });
    }
    // Once for all: sixty hashes would take more than a second, and the password is the same.
    let hash = state.passwords.hash(&password, &state.randomness).await?.map_err(|_| FillRefusal::Overloaded)?;

    let events = insert(&mut tx, state, &members, &hash).await?;
    for (cause, event) in &events {
        audit::record(&mut tx, state, cause, event).await?;
    }
    let second_factor = match members.first().and_then(|first| first.user) {
        Some(user) => two_factor::reveal(&mut tx, state, user).await?,
        None => None,
    };
    tx.commit().await?;
    Ok(filled(state, &members, false, Some(password), second_factor))
}

/// What there is to say when it was filled in before.
async fn found(state: &AppState, mut tx: Tx, members: &[Member<'_>], password: &str) -> Result<Filled, FillRefusal> {
    let taken = || FillRefusal::OrganizationTaken { slug: SLUG };
    let first = members.first().ok_or_else(taken)?;
    let administrator = store::find_first_administrator(&mut tx, SLUG, &first.username, &first.email_key).await?.ok_or_else(taken)?;
    let second_factor = two_factor::reveal(&mut tx, state, administrator.user).await?;
    tx.commit().await?;
    let verdict = state.passwords.verify(password, Some(administrator.password_hash)).await?.map_err(|_| FillRefusal::Overloaded)?;
    let password = (verdict != Verdict::Wrong).then(|| password.to_owned());
    Ok(filled(state, members, true, password, second_factor))
}

fn filled(
    state: &AppState,
    members: &[Member<'_>],
    was_there: bool,
    password: Option<String>,
    second_factor: Option<ShownSecret>,
) -> Filled {
    let settings = &state.settings;
    let without_factor = |label: &'static str| {
        let is_it = |member: &&Member<'_>| {
            member.person.role.label() == label && member.person.standing == Standing::Active && !member.person.has_factor
        };
        members.iter().find(is_it).map(|member| (member.username.clone(), label))
    };
    Filled {
        organization: ORGANIZATION,
        people: PEOPLE.len(),
        administrators: PEOPLE.iter().filter(|person| person.role == Role::Administrator).count(),
        applications: APPLICATIONS.len(),
        was_there,
        sign_in: SignInFacts {
            address: settings.absolute(paths::SIGN_IN),
            members_address: settings.absolute(&paths::members(&SLUG)),
            username: members.first().map(|first| first.username.clone()).unwrap_or_default(),
            password,
            second_factor,
            others: ["User", "Restricted"].into_iter().filter_map(without_factor).collect(),
        },
    }
}

/// The example people as of `now`.
fn members(state: &AppState, now: Moment) -> Result<Vec<Member<'static>>, Fault> {
    let member = |(place, person): (usize, &'static Person)| {
        let (username, email) = rules::names(person).map_err(|error| Fault::Inconsistent { table: "users", reason: error.to_string() })?;
        let times = rules::times(place, person, now);
        let user = times.activated_at.map(|at| state.randomness.uuid(at)).transpose()?.map(UserId::from_uuid);
        Ok(Member {
            person,
            username: username.to_string(),
            email_key: email.key(),
            email: email.to_string(),
            user,
            membership: MembershipId::from_uuid(state.randomness.uuid(times.created_at)?),
            times,
        })
    };
    PEOPLE.iter().enumerate().map(member).collect()
}

/// Writes everything but the rows of activity, and returns these in the order of their times.
async fn insert(tx: &mut Tx, state: &AppState, members: &[Member<'_>], password_hash: &str) -> Result<Vec<(Cause, Event)>, FillRefusal> {
    let mut events = Vec::new();
    let administrators: Vec<UserId> = members.iter().take(3).filter_map(|member| member.user).collect();
    let (Some(first), Some(founder)) = (members.first(), administrators.first().copied()) else {
        return Ok(events);
    };
    let founded_at = first.times.created_at;
    let organization = OrganizationId::from_uuid(state.randomness.uuid(founded_at)?);
    store::insert_organization(tx, organization, SLUG, ORGANIZATION, LABEL, founded_at).await?;
    let cause = |actor: UserId, at: Moment| Cause { organization: Some(organization), actor: Some(actor), at, origin: Origin::default() };
    events.push((cause(founder, founded_at), Event::OrganizationCreated { organization, name: ORGANIZATION.to_owned() }));

    let mut applications = Vec::new();
    for application in &APPLICATIONS {
        let id = ApplicationId::from_uuid(state.randomness.uuid(founded_at)?);
        store::insert_application(tx, organization, id, application, founded_at).await?;
        applications.push(id);
    }
    for (place, member) in members.iter().enumerate() {
        // The second and third administrator were invited by the first; everybody else by one of the three.
        let inviter = match place {
            0 => None,
            1 | 2 => Some(founder),
            _ => administrators.get(place % administrators.len()).copied(),
        };
        insert_member(tx, state, organization, member, inviter, place, password_hash).await?;
        let granted: Vec<_> = applications.iter().zip(member.person.access).filter(|(_, level)| *level > 0).collect();
        for (application, level) in &granted {
            store::insert_access(tx, organization, member.membership, **application, *level, member.times.created_at).await?;
        }
        if let Some(inviter) = inviter {
            let offered = granted.iter().map(|(application, level)| (application.to_string(), *level)).collect();
            events.push((cause(inviter, member.times.created_at), invitation_sent(member, offered)));
        }
        events.extend(what_followed(member, &cause, founder));
    }
    events.sort_by_key(|(cause, _)| cause.at);
    Ok(events)
}

async fn insert_member(
    tx: &mut Tx,
    state: &AppState,
    organization: OrganizationId,
    member: &Member<'_>,
    inviter: Option<UserId>,
    place: usize,
    password_hash: &str,
) -> Result<(), FillRefusal> {
    let Member { person, username, email, email_key, times, .. } = member;
    if let (Some(user), Some(created_at)) = (member.user, times.activated_at) {
        let (first_name, last_name) = (person.first_name, person.last_name);
        store::insert_user(tx, &NewUser { id: user, email, email_key, username, first_name, last_name, password_hash, created_at }).await?;
        if person.has_factor {
            two_factor::set_up_unseen(tx, state, user, created_at).await?;
        }
    }
    // Some were invited by their address alone.
    let is_named = member.user.is_some() || person.standing != Standing::Invited || place % 3 != 1;
    let (first_name, last_name) = if is_named { (person.first_name, person.last_name) } else { ("", "") };
    let is_drafted = person.standing == Standing::NotNotified;
    let typed = Typed {
        email,
        email_key,
        first_name: is_named.then_some(first_name),
        last_name: is_named.then_some(last_name),
        username: is_drafted.then_some(username),
    };
    let known_username = if member.user.is_some() || is_drafted { username.as_str() } else { "" };
    let sort_name = if is_named { folding::fold(&format!("{first_name} {last_name}")) } else { email_key.clone() };
    let membership = NewMembership {
        id: member.membership,
        user: member.user,
        role: person.role,
        held: person.role.holds(person.role.permissions().union(person.extra.iter().copied().collect())),
        typed: member.user.is_none().then_some(typed),
        invited_by: inviter,
        times: *times,
        sort_name: &sort_name,
        search: &folding::search_text(first_name, last_name, known_username, email),
    };
    store::insert_membership(tx, organization, &membership).await?;
    Ok(())
}

fn invitation_sent(member: &Member<'_>, applications: Vec<(String, i32)>) -> Event {
    Event::InvitationSent {
        membership: member.membership,
        email: member.email.clone(),
        role: member.person.role,
        applications,
        notified: member.times.invited_at.is_some(),
    }
}

/// What came after somebody was added.
fn what_followed(member: &Member<'_>, cause: &impl Fn(UserId, Moment) -> Cause, founder: UserId) -> Vec<(Cause, Event)> {
    let mut events = Vec::new();
    if let (Some(user), Some(joined_at)) = (member.user, member.times.activated_at) {
        let of_the_account = || Cause { organization: None, ..cause(user, joined_at) };
        events.push((of_the_account(), Event::RegistrationCompleted { user, username: member.username.clone() }));
        if member.times.invited_at.is_some() {
            events.push((cause(user, joined_at), Event::InvitationAccepted { membership: member.membership, role: member.person.role }));
        }
        if member.person.has_factor {
            events.push((of_the_account(), Event::TwoFactorSetUp { user }));
        }
    }
    if let Some(left_at) = member.times.deactivated_at {
        events.push((
            cause(founder, left_at),
            Event::MemberDeactivated { membership: member.membership, sessions: 0, invitations_cancelled: 0 },
        ));
    }
    events
}

/// The password of every example person in this installation: 80 bits in letters that are easy to copy.
fn password(state: &AppState) -> Result<String, Fault> {
    let digest = state.keys.demonstration_digest()?;
    let letters = data_encoding::BASE32_NOPAD.encode(digest.get(..10).unwrap_or_default()).to_lowercase();
    let groups = [letters.get(..4), letters.get(4..8), letters.get(8..12), letters.get(12..)];
    Ok(groups.into_iter().flatten().collect::<Vec<_>>().join("-"))
}
