-- The words of the search are stored beside the organization, so that a small organization's search does not
-- pay for a large one's rows, and can't be timed across organizations.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE TABLE memberships (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    id uuid NOT NULL CONSTRAINT memberships_id_is_unique UNIQUE,
    -- Null while the invitation waits for its person.
    user_id uuid REFERENCES users (id),
    role text NOT NULL CONSTRAINT memberships_role_is_known CHECK (role IN ('administrator', 'user', 'restricted')),
    permissions integer NOT NULL,
    -- What this organization typed; cleared on acceptance, when the account's own words take over.
    email text,
    email_key text,
    first_name text,
    last_name text,
    username text,
    invited_by uuid REFERENCES users (id),
    created_at timestamptz NOT NULL,
    -- When a link was last put into the mail queue; null: not notified.
    invited_at timestamptz,
    link_expires_at timestamptz,
    activated_at timestamptz,
    deactivated_at timestamptz,
    last_active_at timestamptz,
    sort_name text NOT NULL,
    search text NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT memberships_one_per_person UNIQUE (organization_id, user_id),
    CONSTRAINT memberships_active_has_person CHECK ((user_id IS NULL) = (activated_at IS NULL)),
    CONSTRAINT memberships_pending_has_address CHECK (user_id IS NOT NULL OR email_key IS NOT NULL),
    CONSTRAINT memberships_only_active_is_deactivated CHECK (deactivated_at IS NULL OR activated_at IS NOT NULL),
    CONSTRAINT memberships_administrator_holds_everything CHECK (role <> 'administrator' OR permissions = 63)
);

CREATE UNIQUE INDEX memberships_one_pending_per_address ON memberships (organization_id, email_key) WHERE user_id IS NULL;
CREATE INDEX memberships_by_person ON memberships (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX memberships_by_pending_address ON memberships (email_key) WHERE user_id IS NULL;
CREATE INDEX memberships_by_name ON memberships (organization_id, sort_name, id);
CREATE INDEX memberships_by_search ON memberships USING gin (organization_id, search gin_trgm_ops);
-- Whoever changes an administrator counts those that are left.
CREATE INDEX memberships_administrators ON memberships (organization_id) WHERE role = 'administrator';
CREATE INDEX memberships_by_inviter ON memberships (organization_id, invited_by) WHERE user_id IS NULL;

CREATE FUNCTION count_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE organizations SET member_count = member_count + added.members
            FROM (SELECT organization_id, count(*) AS members FROM changed GROUP BY organization_id) AS added
            WHERE organizations.id = added.organization_id;
    ELSE
        UPDATE organizations SET member_count = member_count - removed.members
            FROM (SELECT organization_id, count(*) AS members FROM changed GROUP BY organization_id) AS removed
            WHERE organizations.id = removed.organization_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER memberships_count_added AFTER INSERT ON memberships
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_members();
CREATE TRIGGER memberships_count_removed AFTER DELETE ON memberships
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_members();

-- Every username ever: drafts are freed with their membership, activated ones are never given again.
CREATE TABLE usernames (
    username text CONSTRAINT usernames_never_reused PRIMARY KEY,
    user_id uuid REFERENCES users (id) ON DELETE SET NULL,
    organization_id uuid,
    membership_id uuid,
    reserved_at timestamptz NOT NULL,
    CONSTRAINT usernames_draft_or_account CHECK (user_id IS NULL OR membership_id IS NULL),
    CONSTRAINT usernames_draft_of_membership FOREIGN KEY (organization_id, membership_id)
        REFERENCES memberships (organization_id, id) ON DELETE CASCADE
);
