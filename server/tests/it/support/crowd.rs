//! Very many people beside those of a test, with everything that people leave behind: links, mails, sessions, rows of activity.

use sqlx::{AssertSqlSafe, PgPool};

/// Fills `Acme` with that many members and with invitations, the installation with other organizations, and every other table
/// with about as many rows. Foreign keys and triggers are off meanwhile: checking every single row takes long.
pub async fn fill(owner: &PgPool, people: u32) {
    let statements = format!(
        "SET session_replication_role = replica;
        CREATE TEMPORARY TABLE crowd AS
            SELECT n, gen_random_uuid() AS user_id, gen_random_uuid() AS id, 'crowd' || n AS name, now() - n % 300 * interval '1 day' - interval '5 days' AS joined_at
            FROM generate_series(1, {people}) AS n;
        INSERT INTO users (id, email, email_key, email_proved_at, username, first_name, last_name, password_hash, created_at)
            SELECT user_id, name || '@crowd.example', name || '@crowd.example', joined_at, name, 'Crowd', name, '', joined_at FROM crowd;
        INSERT INTO usernames (username, user_id, reserved_at) SELECT name, user_id, joined_at FROM crowd;

        INSERT INTO memberships (organization_id, id, user_id, role, permissions, created_at, activated_at, sort_name, search)
            SELECT organizations.id, crowd.id, user_id, 'user', 1, joined_at, joined_at, 'crowd ' || crowd.name,
                ' crowd ' || crowd.name || ' ' || crowd.name || '@crowd.example'
            FROM crowd, organizations WHERE slug = 'acme';
        INSERT INTO memberships (organization_id, id, role, permissions, email, email_key, username, invited_by, created_at, invited_at, link_expires_at,
                sort_name, search)
            SELECT organizations.id, gen_random_uuid(), 'user', 1, crowd.name || '@waiting.example', crowd.name || '@waiting.example', 'waiting' || n,
                CASE WHEN n > 100 THEN user_id END, joined_at, joined_at, now() + interval '3 days', crowd.name || '@waiting.example', ' ' || crowd.name || '@waiting.example'
            FROM crowd, organizations WHERE slug = 'acme' AND n % 10 = 0;
        UPDATE organizations SET member_count = (SELECT count(*) FROM memberships WHERE organization_id = organizations.id);
        INSERT INTO organizations (id, slug, name, created_at, member_count)
            SELECT gen_random_uuid(), 'acme-' || n || '-crowd', 'Crowd ' || n, joined_at, 1 FROM crowd WHERE n % 10 = 0;
        INSERT INTO memberships (organization_id, id, user_id, role, permissions, created_at, activated_at, sort_name, search)
            SELECT organizations.id, gen_random_uuid(), user_id, 'administrator', 63, joined_at, joined_at, 'crowd ' || crowd.name,
                ' crowd ' || crowd.name || ' ' || crowd.name || '@crowd.example'
            FROM crowd JOIN organizations ON slug = 'acme-' || n || '-crowd';
        INSERT INTO last_visits (organization_id, membership_id, visited_at)
            SELECT organization_id, id, activated_at FROM memberships WHERE user_id IS NOT NULL AND sort_name LIKE 'crowd%';
        INSERT INTO usernames (username, organization_id, membership_id, reserved_at)
            SELECT username, organization_id, id, created_at FROM memberships WHERE username IS NOT NULL;

        INSERT INTO links (id, digest, purpose, channel, organization_id, membership_id, email_key, issued_at, expires_at)
            SELECT gen_random_uuid(), sha256(id::text::bytea), 'invitation', 'mailed', organization_id, id, email_key, created_at, now() + interval '3 days'
            FROM memberships WHERE user_id IS NULL;
        INSERT INTO links (id, digest, purpose, channel, organization_id, membership_id, email_key, issued_at, expires_at, used_at)
            SELECT gen_random_uuid(), sha256(id::text::bytea), 'invitation', 'mailed', organization_id, id, 'gone@crowd.example', created_at, created_at, created_at
            FROM memberships WHERE user_id IS NOT NULL;
        INSERT INTO mails (id, organization_id, membership_id, kind, recipient, created_at, due_at, delivered_at)
            SELECT gen_random_uuid(), organization_id, id, 'invitation', 'gone@crowd.example', now(), now(), now() FROM memberships;
        INSERT INTO development_mailbox (id, recipient, subject, plain, html, received_at)
            SELECT gen_random_uuid(), name || '@crowd.example', 'Subject', 'Plain', 'HTML', joined_at FROM crowd;

        INSERT INTO sessions (id, digest, user_id, stage, created_at, last_used_at, proved_at)
            SELECT gen_random_uuid(), sha256(user_id::text::bytea), user_id, 'full', now(), now(), now() FROM crowd;
        INSERT INTO known_browsers (digest, user_id, last_used_at) SELECT sha256(user_id::text::bytea), user_id, now() FROM crowd;
        INSERT INTO throttles (scope, key, failures, window_started_at) SELECT 'password.account', sha256(user_id::text::bytea), 1, now() FROM crowd;
        INSERT INTO two_factors (user_id, sealed_secret, created_at, confirmed_at) SELECT user_id, '', joined_at, joined_at FROM crowd WHERE n % 2 = 0;
        INSERT INTO recovery_codes (user_id, digest, created_at) SELECT user_id, sha256(id::text::bytea), joined_at FROM crowd WHERE n % 2 = 0;

        INSERT INTO applications (organization_id, id, name, address, created_at)
            SELECT id, gen_random_uuid(), 'Crowd', 'https://crowd.example', created_at FROM organizations;
        INSERT INTO access_levels (organization_id, application_id, level, name)
            SELECT organization_id, id, 1, 'Use' FROM applications;
        INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
            SELECT memberships.organization_id, memberships.id, applications.id, 1, memberships.created_at
            FROM memberships JOIN applications ON applications.organization_id = memberships.organization_id AND applications.name = 'Crowd';
        INSERT INTO audit_events (id, organization_id, actor_kind, actor_id, action, subject_kind, subject_id, at, difference)
            SELECT gen_random_uuid(), organization_id, 'person', user_id, 'member.activated', 'membership', id, created_at, '{{}}'
            FROM memberships WHERE user_id IS NOT NULL;
        INSERT INTO audit_details (event_id, organization_id, actor_id, user_id, membership_id, at, words)
            SELECT id, organization_id, actor_id, actor_id, subject_id, at, '{{}}' FROM audit_events WHERE action = 'member.activated';
        DROP TABLE crowd;
        RESET session_replication_role;"
    );
    let mut connection = owner.acquire().await.unwrap();
    // Filling an index of words row by row takes many times as long as building it.
    let index: String =
        sqlx::query_scalar("SELECT pg_get_indexdef('memberships_by_search'::regclass)").fetch_one(&mut *connection).await.unwrap();
    sqlx::raw_sql("DROP INDEX memberships_by_search").execute(&mut *connection).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut *connection).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(index)).execute(&mut *connection).await.unwrap();
    sqlx::raw_sql("VACUUM ANALYZE").execute(&mut *connection).await.unwrap();
}
