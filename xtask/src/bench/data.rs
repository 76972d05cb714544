//! The data that is measured on: organizations filled by Postgres itself.

/// An organization.
#[derive(Clone, Copy)]
pub struct Size {
    /// Its part of addresses.
    pub slug: &'static str,
    /// Its people.
    pub members: u32,
    /// Tells its rows from those of others.
    number: u32,
}

/// A small organization.
pub const THOUSAND: Size = Size { slug: "bench-thousand", members: 1_000, number: 1 };
/// A large one.
pub const MILLION: Size = Size { slug: "bench-million", members: 1_000_000, number: 2 };

/// The session of an administrator of every organization: 32 bytes of zero in base64url.
pub const TOKEN: &str = "nxs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Identifiers grow with the row, as those of version 7 do.
const IDENTIFIERS: &str = "
    CREATE OR REPLACE FUNCTION pg_temp.identifier(kind integer, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
        SELECT (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || substr(md5(kind || ' ' || n), 1, 15))::uuid
    $$;";

/// Statements that put one administrator into an empty database, with a second factor and a session.
pub fn administrator(password_hash: &str) -> String {
    format!(
        "{IDENTIFIERS}
        SET session_replication_role = replica;
        INSERT INTO users (id, email, email_key, email_proved_at, username, first_name, last_name, password_hash, created_at)
            VALUES (pg_temp.identifier(0, 0), 'administrator@bench.example', 'administrator@bench.example', now(), 'bench.administrator',
                'Bench', 'Administrator', '{password_hash}', now());
        INSERT INTO two_factors (user_id, sealed_secret, created_at, confirmed_at) VALUES (pg_temp.identifier(0, 0), '\\x00', now(), now());"
    )
}

/// Statements that begin the administrator's session anew, so that it lasts as long as the run.
pub fn session() -> String {
    format!(
        "{IDENTIFIERS}
        DELETE FROM sessions WHERE digest = sha256('{TOKEN}');
        INSERT INTO sessions (id, digest, user_id, stage, created_at, last_used_at, proved_at)
            VALUES (pg_temp.identifier(9, 0), sha256('{TOKEN}'), pg_temp.identifier(0, 0), 'full', now(), now(), now());"
    )
}

/// Statements that fill an organization. Foreign keys and triggers are off meanwhile: checking a million rows one by one takes long.
///
/// A name is one of 40 first names and three of 20 syllables: 320,000 different ones, in an order that has nothing to do with theirs.
pub fn organization(size: Size, password_hash: &str) -> String {
    let Size { slug, members, number } = size;
    format!(
        "{IDENTIFIERS}
        SET session_replication_role = replica;
        INSERT INTO organizations (id, slug, name, created_at, member_count)
            VALUES (pg_temp.identifier(1, {number}), '{slug}', 'Bench {members}', now() - interval '400 days', {members});
        INSERT INTO applications (organization_id, id, name, address, created_at)
            SELECT pg_temp.identifier(1, {number}), pg_temp.identifier(2 + {number}, a), 'Application ' || a, 'https://bench.example/', now()
            FROM generate_series(1, 2) AS a;
        INSERT INTO access_levels (organization_id, application_id, level, name)
            SELECT pg_temp.identifier(1, {number}), pg_temp.identifier(2 + {number}, a), 1, 'Use' FROM generate_series(1, 2) AS a;
        CREATE TEMPORARY TABLE made AS
        WITH parts AS (
            SELECT n, abs(hashint4(n + {number} * 10000000)) AS h,
                '{{ada,amelie,ann,arjun,bjorn,callum,carmen,chen,chloe,daniel,elena,emma,fatima,george,hannah,ines,ivan,james,jose,kwame,laura,lily,lucas,maria,mei,mohammed,nadia,niamh,oliver,omar,peter,priya,rhys,rosa,samuel,sofia,tariq,thomas,yuki,zoe}}'::text[] AS firsts,
                '{{ash,bar,ben,brook,dal,den,fair,field,gar,hart,ker,lan,mar,nor,ol,ros,stan,ton,wal,win}}'::text[] AS syllables
            FROM generate_series(1, {members} - 1) AS n
        ), named AS (
            SELECT n, firsts[1 + h % 40] AS first_name,
                syllables[1 + h / 40 % 20] || syllables[1 + h / 800 % 20] || syllables[1 + h / 16000 % 20] AS last_name
            FROM parts
        )
        SELECT n, pg_temp.identifier(10 + {number}, n) AS user_id, pg_temp.identifier(20 + {number}, n) AS id, first_name, last_name,
            first_name || '.' || last_name || '-' || {number} || '-' || n AS username,
            now() - n % 300 * interval '1 day' - interval '5 days' AS joined_at
        FROM named;
        INSERT INTO users (id, email, email_key, email_proved_at, username, first_name, last_name, password_hash, created_at)
            SELECT user_id, username || '@bench.example', username || '@bench.example', joined_at, username, initcap(first_name), initcap(last_name),
                '{password_hash}', joined_at
            FROM made;
        INSERT INTO usernames (username, user_id, reserved_at) SELECT username, user_id, joined_at FROM made;
        INSERT INTO memberships (organization_id, id, user_id, role, permissions, created_at, activated_at, sort_name, search)
            SELECT pg_temp.identifier(1, {number}), id, user_id, 'user', 1, joined_at, joined_at, first_name || ' ' || last_name,
                ' ' || first_name || ' ' || last_name || ' ' || username || ' ' || username || '@bench.example'
            FROM made
            UNION ALL
            SELECT pg_temp.identifier(1, {number}), pg_temp.identifier(20 + {number}, 0), pg_temp.identifier(0, 0), 'administrator', 63, now(), now(),
                'bench administrator', ' bench administrator bench.administrator administrator@bench.example';
        INSERT INTO last_visits (organization_id, membership_id, visited_at)
            SELECT organization_id, id, activated_at FROM memberships WHERE organization_id = pg_temp.identifier(1, {number});
        INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
            SELECT pg_temp.identifier(1, {number}), id, pg_temp.identifier(2 + {number}, 1 + n % 2), 1, joined_at FROM made;
        DROP TABLE made;"
    )
}
