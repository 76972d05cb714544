//! One installation.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Executor, PgPool};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::builders::{self, Builder};
use super::people::{Browser, Person};
use crate::features::permissions::Role;
use crate::platform::db;
use crate::platform::passwords::Passwords;
use crate::platform::randomness::Randomness;
use crate::platform::sealing::Keys;
use crate::platform::settings::{MailDelivery, Settings};
use crate::platform::state::AppState;
use crate::values::ids::{ApplicationId, MembershipId};

/// One installation with a database of its own.
pub struct World {
    /// What every request shares.
    pub state: AppState,
    pub(super) owner: PgPool,
    people: AtomicU32,
}

impl World {
    /// With the settings of most tests.
    pub async fn new(owner: PgPool) -> Self {
        Self::with_settings(owner, |_| {}).await
    }

    /// With other settings.
    pub async fn with_settings(owner: PgPool, change: impl FnOnce(&mut Settings)) -> Self {
        builders::ensure_application_role(&owner).await;
        db::store::grant_to_application_role(&owner).await.unwrap();
        let pool = PgPoolOptions::new()
            .max_connections(12)
            .acquire_timeout(Duration::from_mins(1))
            .after_connect(|connection, _| Box::pin(async move { connection.execute("SET ROLE nexus_app").await.map(|_| ()) }))
            .connect_lazy_with(owner.connect_options().as_ref().clone());
        let mut settings = Settings {
            public_url: "https://people.example.org".to_owned(),
            is_https: true,
            session_idle: Duration::from_hours(1),
            session_max: Duration::from_hours(24),
            password_minimum: 15,
            terms_url: None,
            mail_from: "Nexus <nexus@example.org>".to_owned(),
            mail_delivery: MailDelivery::DevelopmentMailbox,
            invitations_per_day: 2_000,
        };
        change(&mut settings);
        let state = AppState {
            pool,
            settings: Arc::new(settings),
            keys: Keys::derive(&[7; 32]).unwrap(),
            // Two at once, so that of two who send in passwords neither waits for the other.
            passwords: Passwords::new(2),
            randomness: Randomness::seeded(1),
            tasks: TaskTracker::new(),
            mail_waiting: Arc::new(Notify::new()),
        };
        Self { state, owner, people: AtomicU32::new(0) }
    }

    /// An active administrator with a second factor, signed in. The organization is made when there is none of that name.
    pub async fn administrator_of(&self, organization: &str) -> Person {
        self.member(organization, Role::Administrator).await
    }

    /// An active member, signed in; administrators with a second factor. The organization is made when there is none of that
    /// name.
    pub async fn member(&self, organization: &str, role: Role) -> Person {
        let person = self.stranger().await;
        self.join(&person, organization, role).await;
        person
    }

    /// The same with names of one's own.
    pub async fn member_called(&self, organization: &str, first_name: &str, last_name: &str, role: Role) -> Person {
        let email = format!("person{}@example.org", self.next_number());
        let person = self.account(first_name, last_name, &email).await;
        self.join(&person, organization, role).await;
        person
    }

    /// Somebody with an account who belongs nowhere, signed in.
    pub async fn stranger(&self) -> Person {
        let number = self.next_number();
        self.account("Person", &format!("Number {number}"), &format!("person{number}@example.org")).await
    }

    /// An account with this address, signed in.
    pub async fn account_with(&self, email: &str) -> Person {
        self.account("Person", &format!("Number {}", self.next_number()), email).await
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(self.state.clone(), None)
    }

    /// The person in one more browser, signed in there, too.
    pub async fn another_browser_of(&self, person: &Person) -> Person {
        let token = self.build().session(person.user).await;
        Person { browser: Browser::new(self.state.clone(), Some(token)), ..person.clone() }
    }

    /// Makes somebody an active member.
    pub async fn join(&self, person: &Person, organization: &str, role: Role) -> MembershipId {
        let slug = slug(organization);
        self.build().organization(&slug, organization).await;
        if role == Role::Administrator {
            self.build().factor(person.user).await;
        }
        self.build().membership(&slug, person, role).await
    }

    /// Adds many active users in one statement, by their names.
    pub async fn add_users(&self, organization: &str, names: &[(String, String)]) {
        self.build().users(&slug(organization), names).await;
    }

    /// An application with its levels, lowest first, each sensitive or not.
    pub async fn application(&self, organization: &str, name: &str, levels: &[(&str, bool)]) -> ApplicationId {
        self.build().application(&slug(organization), name, levels).await
    }

    /// Gives somebody a level of an application.
    pub async fn grant(&self, person: &Person, application: ApplicationId, level: i32) {
        self.build().access(person.user, application, level).await;
    }

    /// An invitation that waits, sent by `inviter`, with the token of its link.
    pub async fn invitation(&self, inviter: &Person, organization: &str, email: &str) -> (MembershipId, String) {
        self.build().invitation(inviter.user, &slug(organization), email).await
    }

    /// Takes a second factor away.
    pub async fn remove_factor(&self, person: &Person) {
        self.run("DELETE FROM two_factors WHERE user_id = $1", person.user.as_uuid()).await;
    }

    /// Gives a member another role, as another administrator would.
    pub async fn change_role(&self, person: &Person, organization: &str, role: Role) {
        sqlx::query("UPDATE memberships SET role = $3, permissions = $4 WHERE user_id = $1 AND organization_id = (SELECT id FROM organizations WHERE slug = $2)")
            .bind(person.user.as_uuid())
            .bind(slug(organization))
            .bind(role.as_str())
            .bind(i32::from(role.permissions().bits()))
            .execute(&self.owner)
            .await
            .unwrap();
    }

    /// Ends a membership, as another administrator would.
    pub async fn deactivate(&self, person: &Person, organization: &str) {
        sqlx::query("UPDATE memberships SET deactivated_at = now() WHERE user_id = $1 AND organization_id = (SELECT id FROM organizations WHERE slug = $2)")
            .bind(person.user.as_uuid())
            .bind(slug(organization))
            .execute(&self.owner)
            .await
            .unwrap();
    }

    /// Begins to close an account.
    pub async fn begin_closing(&self, person: &Person) {
        self.run("UPDATE users SET closing_at = now() WHERE id = $1", person.user.as_uuid()).await;
    }

    /// The code that an authenticator app with this secret shows now.
    pub async fn code_of(&self, secret: &[u8]) -> String {
        let seconds: i64 = self.number("SELECT floor(extract(epoch FROM now()))::bigint").await;
        let app = totp_rs::Builder::new().with_secret(secret.to_vec()).build().unwrap();
        app.generate(u64::try_from(seconds).unwrap()).to_string()
    }

    /// The code that every administrator's authenticator app shows now.
    pub async fn code(&self) -> String {
        self.code_of(builders::FACTOR_SECRET).await
    }

    /// Recovery codes for somebody who has a factor.
    pub async fn recovery_codes(&self, person: &Person, codes: &[&str]) {
        for code in codes {
            let digest = self.state.keys.recovery_code_digest(person.user.as_uuid(), code).unwrap();
            sqlx::query("INSERT INTO recovery_codes (user_id, digest, created_at) VALUES ($1, $2, now())")
                .bind(person.user.as_uuid())
                .bind(digest)
                .execute(&self.owner)
                .await
                .unwrap();
        }
    }

    /// Lets time pass for everything but sessions: people go on clicking meanwhile.
    pub async fn time_passes(&self, seconds: i64) {
        let statement = format!(
            "DO $$
             DECLARE passing record;
             BEGIN
                 FOR passing IN
                     SELECT table_name, string_agg(format('%1$I = %1$I - make_interval(secs => {seconds})', column_name), ', ') AS earlier
                     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
                     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type = 'timestamp with time zone'
                         AND table_name NOT IN ('audit_events', 'sessions', '_sqlx_migrations')
                     GROUP BY table_name
                 LOOP
                     EXECUTE format('UPDATE %I SET %s', passing.table_name, passing.earlier);
                 END LOOP;
             END
             $$"
        );
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&self.owner).await.unwrap();
    }

    /// Lets links run out in so many seconds from now; fewer than none, and they have run out.
    pub async fn links_end_in(&self, seconds: f64) {
        sqlx::query("UPDATE links SET expires_at = now() + make_interval(secs => $1)").bind(seconds).execute(&self.owner).await.unwrap();
        sqlx::query("UPDATE memberships SET link_expires_at = now() + make_interval(secs => $1) WHERE link_expires_at IS NOT NULL")
            .bind(seconds)
            .execute(&self.owner)
            .await
            .unwrap();
    }

    /// Connections under the owner's role, for what the product itself can't do.
    pub const fn owner(&self) -> &PgPool {
        &self.owner
    }

    async fn run(&self, statement: &'static str, id: Uuid) {
        sqlx::query(statement).bind(id).execute(&self.owner).await.unwrap();
    }

    async fn account(&self, first_name: &str, last_name: &str, email: &str) -> Person {
        let (user, username) = self.build().account(first_name, last_name, email).await;
        let token = self.build().session(user).await;
        Person {
            user,
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: email.to_owned(),
            username,
            browser: Browser::new(self.state.clone(), Some(token)),
        }
    }

    fn build(&self) -> Builder<'_> {
        Builder { state: &self.state, owner: &self.owner }
    }

    fn next_number(&self) -> u32 {
        self.people.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// The part of addresses of an organization called so.
pub(super) fn slug(organization: &str) -> String {
    organization.to_ascii_lowercase().replace(' ', "-")
}
