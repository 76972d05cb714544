-- The secret is sealed with the server's key, bound to its person: a row moved to somebody else can't be opened.
CREATE TABLE two_factors (
    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    sealed_secret bytea NOT NULL,
    created_at timestamptz NOT NULL,
    -- Null until a first code proved that the app holds the secret.
    confirmed_at timestamptz,
    -- The last accepted time step (RFC 6238 §5.2: a code is accepted once).
    last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    digest bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (user_id, digest)
);
