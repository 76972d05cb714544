-- Sessions belong to the account. Only the digest of the cookie's token is stored.
CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    digest bytea NOT NULL CONSTRAINT sessions_one_per_digest UNIQUE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- 'password': the second factor is still owed; reaches nothing but the code page.
    stage text NOT NULL CONSTRAINT sessions_stage_is_known CHECK (stage IN ('password', 'full')),
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    -- When the person last proved who they are with everything they have.
    proved_at timestamptz NOT NULL,
    wrong_codes integer NOT NULL DEFAULT 0,
    -- The organization opened last: the current one on pages that belong to none.
    organization_id uuid REFERENCES organizations (id) ON DELETE SET NULL,
    network inet,
    user_agent text
) WITH (fillfactor = 80);
CREATE INDEX sessions_by_person ON sessions (user_id);

-- Browsers that have signed in to an account before: they have a counter of their own, so that a stranger can't lock the owner out.
CREATE TABLE known_browsers (
    digest bytea NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    last_used_at timestamptz NOT NULL,
    PRIMARY KEY (digest, user_id)
);

-- Counters of failed attempts, shared by all servers. Logged: a restart must not forgive.
CREATE TABLE throttles (
    scope text NOT NULL,
    key bytea NOT NULL,
    failures integer NOT NULL,
    window_started_at timestamptz NOT NULL,
    locked_until timestamptz,
    PRIMARY KEY (scope, key)
) WITH (fillfactor = 70);
