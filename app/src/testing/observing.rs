//! What can be seen of a world that no page shows.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

use super::people::Person;
use super::world::{World, slug};
use crate::platform::letter::RenderedLetter;
use crate::platform::sealing::Purpose;
use crate::values::ids::MembershipId;

/// A mail that waits in the outbox, opened.
#[derive(Debug)]
pub struct ReceivedMail {
    /// What it is about.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its plain part.
    pub plain: String,
}

impl World {
    /// The membership of somebody.
    pub async fn membership_of(&self, person: &Person, organization: &str) -> MembershipId {
        let id: Uuid = sqlx::query_scalar(
            "SELECT memberships.id FROM memberships JOIN organizations ON organizations.id = organization_id WHERE user_id = $1 AND slug = $2",
        )
        .bind(person.user.as_uuid())
        .bind(slug(organization))
        .fetch_one(&self.owner)
        .await
        .unwrap();
        MembershipId::from_uuid(id)
    }

    /// The invitation that waits for an address.
    pub async fn pending(&self, organization: &str, email: &str) -> Option<MembershipId> {
        let id: Option<Uuid> = sqlx::query_scalar(
            "SELECT memberships.id FROM memberships JOIN organizations ON organizations.id = organization_id WHERE email_key = lower($1) AND slug = $2",
        )
        .bind(email)
        .bind(slug(organization))
        .fetch_optional(&self.owner)
        .await
        .unwrap();
        id.map(MembershipId::from_uuid)
    }

    /// Everything that waits in the outbox for an address, oldest first.
    pub async fn mails_to(&self, email: &str) -> Vec<ReceivedMail> {
        let rows = sqlx::query("SELECT id, kind, sealed_message FROM mails WHERE lower(recipient) = lower($1) AND sealed_message IS NOT NULL ORDER BY created_at, id")
            .bind(email)
            .fetch_all(&self.owner)
            .await
            .unwrap();
        let open = |row: sqlx::postgres::PgRow| {
            let message = self.state.keys.open(Purpose::Mail, row.get("id"), row.get("sealed_message")).unwrap();
            let letter: RenderedLetter = serde_json::from_slice(&message).unwrap();
            ReceivedMail { kind: row.get("kind"), subject: letter.subject, plain: letter.plain }
        };
        rows.into_iter().map(open).collect()
    }

    /// The token of the link in the newest mail to an address that has one.
    pub async fn link_in_mail_to(&self, email: &str) -> String {
        let mails = self.mails_to(email).await;
        let (_, behind) = mails.iter().rev().find_map(|mail| mail.plain.split_once("token=")).unwrap();
        behind.chars().take_while(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_')).collect()
    }

    /// What the activity log says, oldest first.
    pub async fn audit_actions(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT action FROM audit_events ORDER BY position").fetch_all(&self.owner).await.unwrap()
    }

    /// Everything that every table holds, as text; what is binary, in hexadecimal digits.
    pub async fn everything_stored(&self) -> BTreeMap<String, String> {
        let tables: Vec<String> =
            sqlx::query_scalar("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_sqlx_migrations'")
                .fetch_all(&self.owner)
                .await
                .unwrap();
        let mut stored = BTreeMap::new();
        for table in tables {
            let statement = format!("SELECT coalesce(string_agg(row_to_json(stored)::text, ' '), '') FROM {table} AS stored");
            let text: String = sqlx::query_scalar(AssertSqlSafe(statement)).fetch_one(&self.owner).await.unwrap();
            stored.insert(table, text);
        }
        stored
    }

    /// How many rows a table has.
    pub async fn count(&self, rows: &'static str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {rows}"))).fetch_one(&self.owner).await.unwrap()
    }

    /// One identifier, for what no page shows.
    pub async fn id(&self, statement: &'static str) -> Uuid {
        sqlx::query_scalar(statement).fetch_one(&self.owner).await.unwrap()
    }

    /// One value, for what no page shows.
    pub async fn number(&self, statement: &'static str) -> i64 {
        sqlx::query_scalar(statement).fetch_one(&self.owner).await.unwrap()
    }
}
