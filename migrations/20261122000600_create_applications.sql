CREATE TABLE applications (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    id uuid NOT NULL CONSTRAINT applications_id_is_unique UNIQUE,
    name text NOT NULL,
    address text NOT NULL CONSTRAINT applications_address_is_http CHECK (address ~ '^https?://'),
    description text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT applications_one_per_name UNIQUE (organization_id, name)
);

-- Levels are ordered: each contains those with a smaller number.
CREATE TABLE access_levels (
    organization_id uuid NOT NULL,
    application_id uuid NOT NULL,
    level integer NOT NULL CONSTRAINT access_levels_start_at_one CHECK (level >= 1),
    name text NOT NULL,
    sensitive boolean NOT NULL DEFAULT false,
    PRIMARY KEY (organization_id, application_id, level),
    FOREIGN KEY (organization_id, application_id) REFERENCES applications (organization_id, id) ON DELETE CASCADE
);

CREATE TABLE application_access (
    organization_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    application_id uuid NOT NULL,
    level integer NOT NULL,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, membership_id, application_id),
    FOREIGN KEY (organization_id, membership_id) REFERENCES memberships (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, application_id, level) REFERENCES access_levels (organization_id, application_id, level) ON DELETE CASCADE
);
CREATE INDEX application_access_by_application ON application_access (organization_id, application_id);
