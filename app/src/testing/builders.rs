//! Rows for a world, each as the product would have written it.

use sqlx::PgPool;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::people::{PASSWORD, Person};
use crate::features::permissions::Role;
use crate::platform::folding;
use crate::platform::sealing::{self, Purpose};
use crate::platform::state::AppState;
use crate::values::ids::{ApplicationId, MembershipId, UserId};
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenPurpose};

/// The secret of everybody's authenticator app.
pub(super) const FACTOR_SECRET: &[u8; 20] = b"12345678901234567890";

/// Hashing takes long, so it is done once.
static PASSWORD_HASH: OnceCell<String> = OnceCell::const_new();

/// Makes the application's role, also when another test does so in the same instant.
pub(super) async fn ensure_application_role(owner: &PgPool) {
    sqlx::raw_sql(
        "DO $$
         BEGIN
             IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nexus_app') THEN
                 CREATE ROLE nexus_app NOLOGIN;
             END IF;
         EXCEPTION WHEN duplicate_object OR unique_violation THEN
             NULL;
         END
         $$",
    )
    .execute(owner)
    .await
    .unwrap();
}

/// Adds rows.
pub(super) struct Builder<'world> {
    pub(super) state: &'world AppState,
    pub(super) owner: &'world PgPool,
}

impl Builder<'_> {
    pub(super) async fn organization(&self, slug: &str, name: &str) {
        sqlx::query("INSERT INTO organizations (id, slug, name, created_at) VALUES ($1, $2, $3, now()) ON CONFLICT (slug) DO NOTHING")
            .bind(self.id())
            .bind(slug)
            .bind(name)
            .execute(self.owner)
            .await
            .unwrap();
    }

    pub(super) async fn account(&self, first_name: &str, last_name: &str, email: &str) -> (UserId, String) {
        let user = self.id();
        let username = email.replace('@', ".at.").to_ascii_lowercase();
        let state = self.state;
        let hash = PASSWORD_HASH.get_or_init(|| async { state.passwords.hash(PASSWORD, &state.randomness).await.unwrap().unwrap() }).await;
        sqlx::query(
            "INSERT INTO users (id, email, email_key, email_proved_at, username, first_name, last_name, password_hash, created_at)
             VALUES ($1, $2, lower($2), now(), $3, $4, $5, $6, now())",
        )
        .bind(user)
        .bind(email)
        .bind(&username)
        .bind(first_name)
        .bind(last_name)
        .bind(hash)
        .execute(self.owner)
        .await
        .unwrap();
        sqlx::query("INSERT INTO usernames (username, user_id, reserved_at) VALUES ($1, $2, now())")
            .bind(&username)
            .bind(user)
            .execute(self.owner)
            .await
            .unwrap();
        (UserId::from_uuid(user), username)
    }

    pub(super) async fn session(&self, user: UserId) -> Token {
        let token = self.token(TokenPurpose::Session);
        sqlx::query(
            "INSERT INTO sessions (id, digest, user_id, stage, created_at, last_used_at, proved_at) VALUES ($1, $2, $3, 'full', now(), now(), now())",
        )
        .bind(self.id())
        .bind(sealing::digest(&token).as_bytes())
        .bind(user.as_uuid())
        .execute(self.owner)
        .await
        .unwrap();
        token
    }

    pub(super) async fn factor(&self, user: UserId) {
        let sealed = self.state.keys.seal(Purpose::TwoFactorSecret, user.as_uuid(), FACTOR_SECRET, &self.state.randomness).unwrap();
        sqlx::query("INSERT INTO two_factors (user_id, sealed_secret, created_at, confirmed_at) VALUES ($1, $2, now(), now()) ON CONFLICT DO NOTHING")
            .bind(user.as_uuid())
            .bind(sealed)
            .execute(self.owner)
            .await
            .unwrap();
    }

    pub(super) async fn membership(&self, slug: &str, person: &Person, role: Role) -> MembershipId {
        let id = self.id();
        sqlx::query(
            "INSERT INTO memberships (organization_id, id, user_id, role, permissions, created_at, activated_at, sort_name, search)
             SELECT organizations.id, $2, $3, $4, $5, now(), now(), $6, $7 FROM organizations WHERE slug = $1",
        )
        .bind(slug)
        .bind(id)
        .bind(person.user.as_uuid())
        .bind(role.as_str())
        .bind(i32::from(role.permissions().bits()))
        .bind(folding::fold(&format!("{} {}", person.first_name, person.last_name)))
        .bind(folding::search_text(&person.first_name, &person.last_name, &person.username, &person.email))
        .execute(self.owner)
        .await
        .unwrap();
        MembershipId::from_uuid(id)
    }

    pub(super) async fn users(&self, slug: &str, names: &[(String, String)]) {
        let (mut users, mut memberships, mut usernames, mut searches) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (number, (first, last)) in names.iter().enumerate() {
            users.push(self.id());
            memberships.push(self.id());
            usernames.push(format!("many{number}.{slug}"));
            searches.push(folding::search_text(first, last, &format!("many{number}.{slug}"), &format!("many{number}@{slug}.example.org")));
        }
        let sort_names: Vec<String> = names.iter().map(|(first, last)| folding::fold(&format!("{first} {last}"))).collect();
        let (first_names, last_names): (Vec<String>, Vec<String>) = names.iter().cloned().unzip();
        sqlx::query(
            "INSERT INTO users (id, email, email_key, email_proved_at, username, first_name, last_name, password_hash, created_at)
             SELECT id, replace(username, '.', '@') || '.example.org', replace(username, '.', '@') || '.example.org', now(), username, first, last, '-', now()
             FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS new (id, username, first, last)",
        )
        .bind(&users)
        .bind(&usernames)
        .bind(&first_names)
        .bind(&last_names)
        .execute(self.owner)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO memberships (organization_id, id, user_id, role, permissions, created_at, activated_at, sort_name, search)
             SELECT organizations.id, new.id, new.person, 'user', $2, now(), now(), new.sort_name, new.search
             FROM organizations, unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[]) AS new (id, person, sort_name, search)
             WHERE slug = $1",
        )
        .bind(slug)
        .bind(i32::from(Role::User.permissions().bits()))
        .bind(&memberships)
        .bind(&users)
        .bind(&sort_names)
        .bind(&searches)
        .execute(self.owner)
        .await
        .unwrap();
    }

    pub(super) async fn application(&self, slug: &str, name: &str, levels: &[(&str, bool)]) -> ApplicationId {
        let id = self.id();
        sqlx::query(
            "INSERT INTO applications (organization_id, id, name, address, created_at)
             SELECT organizations.id, $2, $3, 'https://application.example.org/', now() FROM organizations WHERE slug = $1",
        )
        .bind(slug)
        .bind(id)
        .bind(name)
        .execute(self.owner)
        .await
        .unwrap();
        for (level, (name, sensitive)) in (1_i32..).zip(levels) {
            sqlx::query(
                "INSERT INTO access_levels (organization_id, application_id, level, name, sensitive)
                 SELECT organization_id, id, $2, $3, $4 FROM applications WHERE id = $1",
            )
            .bind(id)
            .bind(level)
            .bind(name)
            .bind(sensitive)
            .execute(self.owner)
            .await
            .unwrap();
        }
        ApplicationId::from_uuid(id)
    }

    pub(super) async fn access(&self, user: UserId, application: ApplicationId, level: i32) {
        sqlx::query(
            "INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
             SELECT organization_id, memberships.id, applications.id, $3, now() FROM applications JOIN memberships USING (organization_id)
             WHERE memberships.user_id = $1 AND applications.id = $2",
        )
        .bind(user.as_uuid())
        .bind(application.as_uuid())
        .bind(level)
        .execute(self.owner)
        .await
        .unwrap();
    }

    pub(super) async fn invitation(&self, inviter: UserId, slug: &str, email: &str) -> (MembershipId, String) {
        let (membership, token) = (self.id(), self.token(TokenPurpose::Link));
        sqlx::query(
            "INSERT INTO memberships (organization_id, id, role, permissions, email, email_key, invited_by, created_at, invited_at, link_expires_at, sort_name, search)
             SELECT organizations.id, $2, 'user', $3, $4, lower($4), $5, now(), now(), now() + interval '72 hours', lower($4), ' ' || lower($4)
             FROM organizations WHERE slug = $1",
        )
        .bind(slug)
        .bind(membership)
        .bind(i32::from(Role::User.permissions().bits()))
        .bind(email)
        .bind(inviter.as_uuid())
        .execute(self.owner)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO links (id, digest, purpose, channel, organization_id, membership_id, email_key, issued_at, expires_at)
             SELECT $1, $2, 'invitation', 'mailed', organization_id, id, email_key, invited_at, link_expires_at FROM memberships WHERE id = $3",
        )
        .bind(self.id())
        .bind(sealing::digest(&token).as_bytes())
        .bind(membership)
        .execute(self.owner)
        .await
        .unwrap();
        (MembershipId::from_uuid(membership), token.expose().to_owned())
    }

    fn id(&self) -> Uuid {
        self.state.randomness.uuid(Moment::from_microseconds(1_795_000_000_000_000)).unwrap()
    }

    fn token(&self, purpose: TokenPurpose) -> Token {
        Token::from_bytes(purpose, &self.state.randomness.bytes().unwrap())
    }
}
