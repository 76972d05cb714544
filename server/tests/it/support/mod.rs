//! A world to test in: servers, browsers and people.

pub mod client;
pub mod contents;
pub mod crowd;
pub mod html;
pub mod mail_servers;
pub mod people;
pub mod program;
pub mod server;
pub mod wiretap;

use std::time::Duration;

use sqlx::PgPool;
use tokio::time::{Instant, sleep};

pub use client::{Answer, Browser, Draft};
pub use people::{PASSWORD, Person};
pub use program::Program;
pub use server::{Options, Server};
use wiretap::{Asked, Wiretap};

/// The organization that the first person creates.
pub const ORGANIZATION: &str = "acme";
/// Its page of members.
pub const MEMBERS: &str = "/organizations/acme/members";
/// Its page for inviting.
pub const INVITE: &str = "/organizations/acme/members/invite";

/// A database, and the server on it.
pub struct World {
    /// As the operator sees the database: for looking at what is stored, and for letting time pass.
    pub owner: PgPool,
    /// The server.
    pub server: Server,
    wiretap: Option<Wiretap>,
}

impl World {
    /// The usual server on an empty database.
    pub async fn new(owner: PgPool) -> Self {
        Self::with(owner, Options::default()).await
    }

    /// A server of another kind.
    pub async fn with(owner: PgPool, options: Options) -> Self {
        let server = Server::start(&owner, options).await;
        Self { owner, server, wiretap: None }
    }

    /// The usual server, with an ear on every statement of its requests.
    pub async fn tapped(owner: PgPool, options: Options) -> Self {
        let wiretap = Wiretap::new(&owner).await;
        let server = Server::start_on(&owner, Some(wiretap.options.clone()), options).await;
        Self { owner, server, wiretap: Some(wiretap) }
    }

    /// Whether Postgres tells how many rows a statement looks at: npm's doesn't.
    pub fn tells_rows(&self) -> bool {
        self.wiretap.as_ref().is_some_and(|wiretap| wiretap.tells_rows)
    }

    /// What the server has asked of the database since the last look, if somebody listens.
    pub fn asked(&self) -> Asked {
        self.wiretap.as_ref().map(Wiretap::news).unwrap_or_default()
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        self.server.browser()
    }

    /// The token of a new set-up link.
    pub async fn set_up_token(&self) -> String {
        token_in(&app::features::auth::set_up::issue_link(&self.server.state).await.unwrap().expect("nobody is here yet"))
    }

    /// Ada, who sets Nexus up and has no second factor yet.
    pub async fn founder(&self) -> Person {
        let token = self.set_up_token().await;
        let mut browser = self.browser();
        let answer = browser.call("set_up_installation", &set_up_form(&token)).await.expect(200);
        assert_eq!(answer.json()["afresh"], true);
        Person::new(browser, "ada@example.org")
    }

    /// Ada, who may do everything in `Acme`.
    pub async fn administrator(&self) -> Person {
        let mut ada = self.founder().await;
        ada.set_up_second_factor(self).await;
        ada
    }

    /// Somebody who was invited by `administrator` as a User and has completed the registration.
    pub async fn member(&self, administrator: &mut Person, first_name: &str) -> Person {
        let email = format!("{}@example.org", first_name.to_lowercase());
        self.invite(administrator, &email).await;
        let token = self.token_for(&email).await;
        self.complete(&token, &email, first_name).await
    }

    /// Invites an address as a User of `Acme`.
    pub async fn invite(&self, administrator: &mut Person, email: &str) {
        self.invite_to(administrator, ORGANIZATION, &[email]).await;
    }

    /// Invites addresses as Users.
    pub async fn invite_to(&self, administrator: &mut Person, organization: &str, emails: &[&str]) {
        let emails_typed = emails.join("\n");
        let form = [("organization", organization), ("form[emails]", emails_typed.as_str()), ("form[role]", "user")];
        let answer = administrator.call("invite_members", &form).await.expect(200);
        let invited = answer.text().matches("\"Invited\"").count();
        assert_eq!(invited, emails.len(), "{}", answer.excerpt());
    }

    /// Completes a registration.
    pub async fn complete(&self, token: &str, email: &str, first_name: &str) -> Person {
        let mut browser = self.browser();
        browser.call("complete_registration", &registration_form(token, first_name)).await.expect(200);
        Person::new(browser, email)
    }

    /// The token of the link in the newest mail to an address, once it has arrived.
    pub async fn token_for(&self, email: &str) -> String {
        token_in(&self.mail_to(email).await)
    }

    /// The plain text of the newest mail to an address with a link, once no mail waits any more.
    pub async fn mail_to(&self, email: &str) -> String {
        self.mail_about(email, "").await
    }

    /// The same, of those whose subject ends with these words.
    pub async fn mail_about(&self, email: &str, words: &str) -> String {
        self.mail_is_out().await;
        sqlx::query_scalar(
            "SELECT plain FROM development_mailbox WHERE recipient = $1 AND plain LIKE '%token=%' AND subject LIKE '%' || $2
             ORDER BY received_at DESC, id DESC LIMIT 1",
        )
        .bind(email)
        .bind(words)
        .fetch_optional(&self.owner)
        .await
        .unwrap()
        .unwrap_or_else(|| panic!("no mail to {email}"))
    }

    /// Waits until no mail waits any more.
    pub async fn mail_is_out(&self) {
        self.until("no mail waits", "SELECT NOT EXISTS (SELECT FROM mails WHERE delivered_at IS NULL AND dead_at IS NULL)").await;
    }

    /// Waits until the database says `true`.
    pub async fn until(&self, what: &str, query: &'static str) {
        self.until_within(Duration::from_secs(20), what, query).await;
    }

    /// Waits until the database says `true`, and no longer than `limit`.
    pub async fn until_within(&self, limit: Duration, what: &str, query: &'static str) {
        let patience = Instant::now() + limit;
        while !sqlx::query_scalar::<_, bool>(query).fetch_one(&self.owner).await.unwrap() {
            assert!(Instant::now() < patience, "{what}: waited in vain");
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// A number that the database counts.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.owner).await.unwrap()
    }

    /// Fails the test if a connection of the application has stood in a transaction, doing nothing, for longer than `limit_seconds`.
    pub async fn no_transaction_is_idle(&self, limit_seconds: f64) {
        let idle: Vec<String> = sqlx::query_scalar(
            "SELECT query FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'nexus' AND state LIKE 'idle in transaction%'
             AND state_change <= clock_timestamp() - make_interval(secs => $1)",
        )
        .bind(limit_seconds)
        .fetch_all(&self.owner)
        .await
        .unwrap();
        assert!(idle.is_empty(), "idle in a transaction for {limit_seconds} s, after {idle:?}");
    }

    /// Does something to the database that no page can: let time pass, break things.
    pub async fn alter(&self, statement: &'static str) {
        sqlx::raw_sql(statement).execute(&self.owner).await.unwrap();
    }

    /// The membership of an address in `Acme`, whether it waits or not.
    pub async fn membership(&self, email: &str) -> String {
        self.membership_in(ORGANIZATION, email).await
    }

    /// The membership of an address in an organization, whether it waits or not.
    pub async fn membership_in(&self, organization: &str, email: &str) -> String {
        let id: uuid::Uuid = sqlx::query_scalar(
            "SELECT memberships.id FROM memberships
             JOIN organizations ON organizations.id = organization_id AND slug = $1
             LEFT JOIN users ON users.id = user_id
             WHERE coalesce(users.email, memberships.email) = $2",
        )
        .bind(organization)
        .bind(email)
        .fetch_one(&self.owner)
        .await
        .unwrap();
        id.to_string()
    }

    /// Founds another organization with this administrator. No page can create a second organization yet.
    pub async fn found(&self, slug: &str, name: &str, administrator: &Person) {
        let statement = "WITH founded AS (
                INSERT INTO organizations (id, slug, name, created_at) VALUES (gen_random_uuid(), $1, $2, now()) RETURNING id
            )
            INSERT INTO memberships (organization_id, id, user_id, role, permissions, created_at, activated_at, sort_name, search)
            SELECT founded.id, gen_random_uuid(), users.id, 'administrator', 63, now(), now(), users.last_name, users.email_key
            FROM founded, users WHERE users.email = $3";
        sqlx::query(statement).bind(slug).bind(name).bind(&administrator.email).execute(&self.owner).await.unwrap();
    }

    /// Moves somebody from `Acme` to another organization, as its administrator.
    pub async fn move_to_another_organization(&self, person: &Person) {
        self.found("globex", "Globex", person).await;
        self.remove_from_acme(person).await;
    }

    /// Deletes somebody's membership: a person without any organization.
    pub async fn remove_from_acme(&self, person: &Person) {
        sqlx::query(
            "DELETE FROM memberships USING users, organizations
             WHERE users.id = user_id AND organizations.id = organization_id AND slug = 'acme' AND users.email = $1",
        )
        .bind(&person.email)
        .execute(&self.owner)
        .await
        .unwrap();
    }
}

/// What Ada types to set Nexus up.
pub fn set_up_form(token: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("form[token]", token),
        ("registration[first_name]", "Ada"),
        ("registration[last_name]", "Lovelace"),
        ("form[email]", "ada@example.org"),
        ("registration[automatic_username]", "on"),
        ("registration[password]", PASSWORD),
        ("form[organization_name]", "Acme"),
        ("form[label]", "Organization"),
    ]
}

/// What somebody types to complete their registration.
pub fn registration_form<'form>(token: &'form str, first_name: &'form str) -> Vec<(&'static str, &'form str)> {
    vec![
        ("form[token]", token),
        ("registration[first_name]", first_name),
        ("registration[last_name]", "Example"),
        ("registration[automatic_username]", "on"),
        ("registration[password]", PASSWORD),
    ]
}

/// The token of the first link in a text.
pub fn token_in(text: &str) -> String {
    let (_, rest) = text.split_once("token=").unwrap_or_else(|| panic!("no link in {text}"));
    rest.chars().take_while(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '-')).collect()
}
