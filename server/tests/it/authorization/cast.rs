//! The people who call and open everything, and what they ask for.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::ACTORS;
use crate::support::{Answer, ORGANIZATION, Person, World, token_in};

/// Organizations in which the other administrator is one, too: one for each thing that can be done with an invitation.
const INVITING: [(&str, &str); 4] = [
    ("link to accept", "globex"),
    ("link to decline", "initech"),
    ("invitation to accept", "umbrella"),
    ("invitation to decline", "wonka"),
];

/// Somebody of [`ACTORS`], and what is theirs alone.
struct Actor {
    person: Person,
    recovery_codes: Vec<String>,
    own: BTreeMap<&'static str, String>,
}

/// Everybody.
pub struct Cast {
    pub world: World,
    actors: Vec<Actor>,
    facts: BTreeMap<&'static str, String>,
}

impl Cast {
    /// Seven people in and around `Acme`, and one of everything that they can ask for. No mail waits, and none is delivered any more.
    pub async fn assemble(world: World) -> Self {
        let mut ada = world.administrator().await;
        let user = world.member(&mut ada, "Una").await;
        let outsider = world.member(&mut ada, "Otto").await;
        let mut deactivated = world.member(&mut ada, "Dora").await;
        let mut olga = world.member(&mut ada, "Olga").await;
        let mut half = world.member(&mut ada, "Hal").await;
        world.member(&mut ada, "Sam").await;

        world.remove_from_acme(&outsider).await;
        world.remove_from_acme(&olga).await;
        for (_, organization) in INVITING {
            world.found(organization, organization, &olga).await;
        }
        olga.set_up_second_factor(&world).await;
        let recovery_codes = half.set_up_second_factor(&world).await;
        half.browser = world.browser();
        half.enter_password().await.expect(200);
        let dora = world.membership(&deactivated.email).await;
        ada.call("deactivate_member", &[("organization", ORGANIZATION), ("form[member]", &dora)]).await.expect(200);
        // Their session is open, but leads nowhere in this organization.
        deactivated.get("/account").await.expect(200);

        let people = [Person::new(world.browser(), ""), half, outsider, user, deactivated, olga, ada];
        let actors = people.into_iter().map(|person| Actor { person, recovery_codes: Vec::new(), own: BTreeMap::new() }).collect();
        let mut cast = Self { world, actors, facts: BTreeMap::new() };
        cast.actors[1].recovery_codes = recovery_codes;
        cast.add_applications().await;
        cast.invite().await;
        cast.world.server.stop_worker().await;
        cast
    }

    /// One of [`ACTORS`].
    pub fn person(&mut self, actor: usize) -> &mut Person {
        &mut self.actors[actor].person
    }

    /// The text with everything in braces filled in, as it is for this actor.
    pub async fn filled_in(&mut self, actor: usize, text: &str) -> String {
        let Some((before, rest)) = text.split_once('{') else { return text.to_owned() };
        let (name, after) = rest.split_once('}').unwrap();
        format!("{before}{}{after}", self.fact(actor, name).await)
    }

    /// The arguments with everything in braces filled in, as they are for this actor.
    pub async fn arguments<'table>(&mut self, actor: usize, arguments: &[(&'table str, &str)]) -> Vec<(&'table str, String)> {
        let mut filled_in = Vec::new();
        for (name, value) in arguments {
            filled_in.push((*name, self.filled_in(actor, value).await));
        }
        filled_in
    }

    /// Calls a server function as this actor. A session that this changed is put back into its place afterwards.
    pub async fn call(&mut self, actor: usize, function: &str, arguments: &[(&str, String)]) -> Answer {
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let before = self.person(actor).browser.cookies.clone();
        let answer = self.person(actor).call(function, &arguments).await;
        if self.person(actor).browser.cookies != before {
            self.send_home(actor).await;
        }
        answer
    }

    /// Puts this actor where they began: at a browser that has come as far as they do.
    async fn send_home(&mut self, actor: usize) {
        let browser = self.world.browser();
        let person = &mut self.actors[actor].person;
        person.browser = browser;
        match ACTORS[actor] {
            "stranger" => {}
            "half session" => drop(person.enter_password().await.expect(200)),
            _ => person.sign_in(&self.world).await,
        }
    }

    /// What stands between braces.
    async fn fact(&mut self, actor: usize, name: &str) -> String {
        let Actor { person, recovery_codes, own } = &mut self.actors[actor];
        if let Some(fact) = own.get(name).or_else(|| self.facts.get(name)) {
            return fact.clone();
        }
        match name {
            "email" => person.email.clone(),
            "password" => person.password.clone(),
            // Who has no authenticator app can only guess.
            "code" if person.secret.is_none() => "000000".to_owned(),
            "code" => person.code(&self.world).await,
            "recovery code" => recovery_codes.pop().unwrap_or_else(|| "0000-0000-0000-0000".to_owned()),
            // From now on, "code" is a code of it.
            "new factor" => person.scan_new_secret().await.unwrap_or_default(),
            "first name" => ["Rae", "Ray", "Rea", "Rex", "Ria", "Rob", "Ron"][actor].to_owned(),
            // Nobody has invited them: it is somebody else's.
            name if name.starts_with("link") => self.facts["token"].clone(),
            name if name.starts_with("invitation") => Uuid::from_u128(99).to_string(),
            other => panic!("there is no {other}"),
        }
    }

    /// An application of each organization, which everybody who belongs there may open.
    async fn add_applications(&mut self) {
        self.world
            .alter(
                "INSERT INTO applications (organization_id, id, name, address, created_at)
                 SELECT id, gen_random_uuid(), 'Atlas', 'https://atlas.example.org/', now() FROM organizations;
                 INSERT INTO access_levels (organization_id, application_id, level, name)
                 SELECT organization_id, id, 1, 'Reader' FROM applications;
                 INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
                 SELECT organization_id, memberships.id, applications.id, 1, now()
                 FROM applications JOIN memberships USING (organization_id) WHERE user_id IS NOT NULL",
            )
            .await;
        let application: Uuid = sqlx::query_scalar(
            "SELECT applications.id FROM applications JOIN organizations ON organizations.id = organization_id WHERE slug = 'acme'",
        )
        .fetch_one(&self.world.owner)
        .await
        .unwrap();
        self.facts.insert("application", application.to_string());
    }

    /// Invitations: some of `Acme` that only wait, and some for each actor to do something with.
    async fn invite(&mut self) {
        let waiting = ["waiting@example.org", "invited@example.org"].map(str::to_owned);
        let of_actors = |what: &str| (0..ACTORS.len()).map(|actor| format!("{what}{actor}@example.org")).collect::<Vec<_>>();
        let (registering, renewing, withdrawn) = (of_actors("registering"), of_actors("renewing"), of_actors("withdrawn"));
        let all = [&waiting[..], &registering, &renewing, &withdrawn].concat();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let Self { world, actors, facts } = self;
        let [.., olga, ada] = &mut actors[..] else { panic!("the cast is too small") };
        world.invite_to(&mut ada.person, ORGANIZATION, &all).await;
        let accounts = ["hal@example.org", "otto@example.org", "una@example.org", "dora@example.org", "ada@example.org"];
        for (_, organization) in INVITING {
            world.invite_to(&mut olga.person, organization, &accounts).await;
        }
        facts.insert("token", world.token_for("invited@example.org").await);
        facts.insert("spare", world.membership("sam@example.org").await);
        facts.insert("waiting", world.membership("waiting@example.org").await);
        let mail: Uuid = sqlx::query_scalar("SELECT id FROM development_mailbox LIMIT 1").fetch_one(&world.owner).await.unwrap();
        facts.insert("mail", mail.to_string());
        for address in &withdrawn {
            let member = world.membership(address).await;
            ada.person.call("cancel_invitation", &[("organization", ORGANIZATION), ("form[member]", &member)]).await.expect(200);
        }
        for (number, actor) in actors.iter_mut().enumerate() {
            for (fact, addresses) in [("link to register", &registering), ("link to renew", &renewing), ("withdrawn link", &withdrawn)] {
                actor.own.insert(fact, world.token_for(&addresses[number]).await);
            }
            if actor.person.email.is_empty() || actor.person.email == "olga@example.org" {
                continue;
            }
            for (fact, organization) in INVITING {
                let is_link = fact.starts_with("link");
                let own = if is_link {
                    token_in(&world.mail_about(&actor.person.email, organization).await)
                } else {
                    world.membership_in(organization, &actor.person.email).await
                };
                actor.own.insert(fact, own);
            }
        }
    }
}
