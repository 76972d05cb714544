//! A world to test in: servers, browsers and people.

pub mod client;
pub mod html;
pub mod mail_servers;
pub mod people;
pub mod program;
pub mod server;

use std::time::Duration;

use sqlx::PgPool;
use tokio::time::{Instant, sleep};

pub use client::{Answer, Browser, Draft};
pub use people::{PASSWORD, Person};
pub use program::Program;
pub use server::{Options, Server};

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
}

impl World {
    /// The usual server on an empty database.
    pub async fn new(owner: PgPool) -> Self {
        Self::with(owner, Options::default()).await
    }

    /// A server of another kind.
    pub async fn with(owner: PgPool, options: Options) -> Self {
        let server = Server::start(&owner, options).await;
        Self { owner, server }
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

    /// Invites an address as a User.
    pub async fn invite(&self, administrator: &mut Person, email: &str) {
        let answer = administrator
            .call("invite_members", &[("organization", ORGANIZATION), ("form[emails]", email), ("form[role]", "user")])
            .await
            .expect(200);
        assert!(answer.text().contains("Invited"), "{}", answer.excerpt());
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
        self.mail_is_out().await;
        sqlx::query_scalar("SELECT plain FROM development_mailbox WHERE recipient = $1 AND plain LIKE '%token=%' ORDER BY received_at DESC, id DESC LIMIT 1")
            .bind(email)
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
        let id: uuid::Uuid = sqlx::query_scalar(
            "SELECT memberships.id FROM memberships
             JOIN organizations ON organizations.id = organization_id AND slug = 'acme'
             LEFT JOIN users ON users.id = user_id
             WHERE coalesce(users.email, memberships.email) = $1",
        )
        .bind(email)
        .fetch_one(&self.owner)
        .await
        .unwrap();
        id.to_string()
    }

    /// Moves somebody from `Acme` to another organization, as its administrator. No page can create a second organization yet.
    pub async fn move_to_another_organization(&self, person: &Person) {
        sqlx::raw_sql(
            "INSERT INTO organizations (id, slug, name, created_at)
             VALUES ('01900000-0000-7000-8000-00000000ffff', 'globex', 'Globex', now()) ON CONFLICT DO NOTHING",
        )
        .execute(&self.owner)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO memberships (organization_id, id, user_id, role, permissions, created_at, activated_at, sort_name, search)
             SELECT '01900000-0000-7000-8000-00000000ffff', gen_random_uuid(), users.id, 'administrator', 63, now(), now(), users.last_name, users.email_key
             FROM users WHERE email = $1",
        )
        .bind(&person.email)
        .execute(&self.owner)
        .await
        .unwrap();
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
