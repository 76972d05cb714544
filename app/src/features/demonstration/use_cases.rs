//! The short story of filling in.

use super::people::{APPLICATIONS, LABEL, ORGANIZATION, PEOPLE, Person, SLUG, Standing};
use super::refusal::FillRefusal;
use super::rules::{self, Times};
use super::store;
use crate::features::applications::{self, Access, NewApplication};
use crate::features::auth::codes::{self, ShownSecret};
use crate::features::auth::people::{self, Mailbox, NewPerson};
use crate::features::auth::{registration, two_factor};
use crate::features::memberships::{self, Holder, NewMembership, Typed, Who};
use crate::features::organizations::{self, NewOrganization};
use crate::features::permissions::{Role, access};
use crate::features::{accepting, invitations, members};
use crate::paths;
use crate::platform::audit::{self, Cause};
use crate::platform::clock;
use crate::platform::db::{self, Tx};
use crate::platform::incidents::Fault;
use crate::platform::passwords::Verdict;
use crate::platform::state::AppState;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{ApplicationId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::username::Username;

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
    username: Username,
    email: EmailAddress,
    times: Times,
    user: Option<UserId>,
    membership: MembershipId,
}

/// Fills the example organization in, or finds it, and says how to sign in.
pub async fn fill(state: &AppState) -> Result<Filled, FillRefusal> {
    let password = password(state)?;
    let mut tx = Tx::begin(&state.pool).await?;
    // Two runs at once must not both find nothing; creating an organization takes the same lock.
    db::store::lock(&mut tx, "organizations.slug").await?;
    let now = clock::now(&mut tx).await?;
    let members = members(state, now)?;

    if store::has_organization(&mut tx, SLUG).await? {
        return found(state, tx, &members, &password).await;
    }
    let usernames: Vec<String> = members.iter().map(|member| member.username.key().to_owned()).collect();
    let email_keys: Vec<String> = members.iter().map(|member| member.email.key()).collect();
    let taken = store::list_taken_names(&mut tx, &usernames, &email_keys).await?;
    if !taken.is_empty() {
        return Err(FillRefusal::NamesTaken { names: taken });
    }
    // Once for all: sixty hashes would take more than a second, and the password is the same.
    let hash = state.passwords.hash(&password, &state.randomness).await?.map_err(|_| FillRefusal::Overloaded)?;

    let events = insert(&mut tx, state, &members, &hash).await?;
    for (cause, event) in &events {
        audit::record(&mut tx, state, cause, event.as_ref()).await?;
    }
    let second_factor = match members.first().and_then(|first| first.user) {
        Some(user) => codes::reveal(&mut tx, state, user).await?,
        None => None,
    };
    tx.commit().await?;
    Ok(filled(state, &members, false, Some(password), second_factor))
}

/// What there is to say when it was filled in before.
async fn found(state: &AppState, mut tx: Tx, members: &[Member<'_>], password: &str) -> Result<Filled, FillRefusal> {
    let taken = || FillRefusal::OrganizationTaken { slug: SLUG };
    let first = members.first().ok_or_else(taken)?;
    let administrator =
        store::find_first_administrator(&mut tx, SLUG, first.username.key(), &first.email.key()).await?.ok_or_else(taken)?;
    let second_factor = codes::reveal(&mut tx, state, administrator.user).await?;
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
        members.iter().find(is_it).map(|member| (member.username.to_string(), label))
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
            username: members.first().map(|first| first.username.to_string()).unwrap_or_default(),
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
        let user = times.membership.activated_at.map(|at| state.randomness.uuid(at)).transpose()?.map(UserId::from_uuid);
        Ok(Member { person, username, email, user, membership: MembershipId::from_uuid(state.randomness.uuid(times.created_at)?), times })
    };
    PEOPLE.iter().enumerate().map(member).collect()
}

/// What happened, and who caused it.
type Caused = (Cause, Box<dyn audit::Event + Send>);

/// Writes everything but the rows of activity, and returns these in the order of their times.
async fn insert(tx: &mut Tx, state: &AppState, members: &[Member<'_>], password_hash: &str) -> Result<Vec<Caused>, FillRefusal> {
    let mut events: Vec<Caused> = Vec::new();
    let administrators: Vec<UserId> = members.iter().take(3).filter_map(|member| member.user).collect();
    let (Some(first), Some(founder)) = (members.first(), administrators.first().copied()) else {
        return Ok(events);
    };
    let founded_at = first.times.created_at;
    let organization = OrganizationId::from_uuid(state.randomness.uuid(founded_at).map_err(Fault::from)?);
    let new = NewOrganization { id: organization, slug: SLUG, name: ORGANIZATION, label: LABEL, time_zone: "Europe/London" };
    organizations::insert(tx, &new, founded_at).await?;
    let cause = |actor: UserId, at: Moment| Cause::of_system(at).by(actor).within(organization);
    let creation = organizations::Event::Created { organization, name: ORGANIZATION.to_owned() };
    events.push((cause(founder, founded_at), Box::new(creation)));

    let mut applications = Vec::new();
    for example in &APPLICATIONS {
        let id = ApplicationId::from_uuid(state.randomness.uuid(founded_at).map_err(Fault::from)?);
        let new =
            NewApplication { id, name: example.name, address: example.address, description: example.description, levels: example.levels };
        applications::insert(tx, organization, &new, founded_at).await?;
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
        let access: Access = applications.iter().copied().zip(member.person.access).filter(|(_, level)| *level > 0).collect();
        applications::give(tx, organization, member.membership, &access, member.times.created_at).await?;
        if let Some(inviter) = inviter {
            events.push((cause(inviter, member.times.created_at), Box::new(invitation_sent(member, &access))));
        }
        events.extend(what_followed(member, &cause, founder));
    }
    events.sort_by_key(|(cause, _)| cause.at());
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
    let Member { person, username, email, times, .. } = member;
    let (first_name, last_name) = (person.first_name, person.last_name);
    // Some were invited by their address alone, and only those without a mail have a username drafted.
    let is_named = person.standing != Standing::Invited || place % 3 != 1;
    let draft = (person.standing == Standing::NotNotified).then_some(username);
    let who = match member.user {
        Some(user) => Who::Known(Holder { user, first_name, last_name, username: username.key(), email }),
        None => Who::Awaited(Typed {
            email,
            first_name: is_named.then_some(first_name),
            last_name: is_named.then_some(last_name),
            username: draft.map(Username::key),
        }),
    };
    if let (Some(user), Some(created_at)) = (member.user, times.membership.activated_at) {
        let new = NewPerson { user, email, mailbox: Mailbox::Proved, username, first_name, last_name, password_hash };
        let is_new = people::insert(tx, &new, created_at).await? && registration::claim_username(tx, username, user, created_at).await?;
        if !is_new {
            return Err(FillRefusal::NamesTaken { names: vec![username.to_string()] });
        }
        if person.has_factor {
            codes::set_up_unseen(tx, state, user, created_at).await?;
        }
    }
    let new = NewMembership {
        id: member.membership,
        who,
        role: person.role,
        held: person.role.holds(person.role.permissions().union(person.extra.iter().copied().collect())),
        invited_by: inviter,
        created_at: times.created_at,
        times: times.membership,
    };
    if !memberships::insert(tx, organization, &new).await? {
        return Err(Fault::inconsistent("memberships", "two example people have one address").into());
    }
    if let Some(username) = draft {
        registration::draft_username(tx, username, organization, member.membership, times.created_at).await?;
    }
    if let Some(visited_at) = times.visited_at {
        access::note_visit(tx, organization, member.membership, visited_at).await?;
    }
    Ok(())
}

fn invitation_sent(member: &Member<'_>, access: &Access) -> invitations::Event {
    invitations::Event::Sent {
        membership: member.membership,
        email: member.email.as_str().to_owned(),
        role: member.person.role,
        applications: access.iter().collect(),
        notified: member.times.membership.invited_at.is_some(),
    }
}

/// What came after somebody was added.
fn what_followed(member: &Member<'_>, cause: &impl Fn(UserId, Moment) -> Cause, founder: UserId) -> Vec<Caused> {
    let mut events: Vec<Caused> = Vec::new();
    let times = &member.times.membership;
    if let (Some(user), Some(joined_at)) = (member.user, times.activated_at) {
        let of_the_account = || Cause::of_system(joined_at).by(user);
        let completed = registration::Event::Completed { user, username: member.username.key().to_owned() };
        events.push((of_the_account(), Box::new(completed)));
        if times.invited_at.is_some() {
            let accepted = accepting::Event::Accepted { membership: member.membership, role: member.person.role };
            events.push((cause(user, joined_at), Box::new(accepted)));
        }
        if member.person.has_factor {
            events.push((of_the_account(), Box::new(two_factor::Event::SetUp { user })));
        }
    }
    if let Some(left_at) = times.deactivated_at {
        let deactivated = members::Event::Deactivated { membership: member.membership, sessions: 0, invitations_cancelled: 0 };
        events.push((cause(founder, left_at), Box::new(deactivated)));
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
