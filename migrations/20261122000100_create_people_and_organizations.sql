-- People have one account for ever. Before an invitation is accepted there is no account: name, address and
-- username draft belong to the inviting organization's membership.
CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL,
    -- Comparison form of the address: one account per mailbox, however it is typed.
    email_key text NOT NULL CONSTRAINT users_one_per_address UNIQUE,
    -- Null until somebody proved that the mailbox is theirs.
    email_proved_at timestamptz,
    username text NOT NULL CONSTRAINT users_one_per_username UNIQUE,
    first_name text NOT NULL,
    last_name text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    closing_at timestamptz
);

CREATE TABLE organizations (
    id uuid PRIMARY KEY,
    slug text NOT NULL CONSTRAINT organizations_one_per_slug UNIQUE,
    name text NOT NULL,
    label text NOT NULL DEFAULT 'Organization',
    time_zone text NOT NULL DEFAULT 'UTC',
    link_validity_seconds integer NOT NULL DEFAULT 259200
        CONSTRAINT organizations_link_validity_between_1_hour_and_30_days CHECK (link_validity_seconds BETWEEN 3600 AND 2592000),
    -- Kept by a trigger on memberships: counting a million rows for every page would be slow.
    member_count bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL
);
