-- A link is a secret sent to somebody. Only the digest of its token is stored, and the row, not the link, says what it is for.
-- Its membership may be gone (a withdrawn invitation): the row stays, so that the link's page can say what happened.
CREATE TABLE links (
    id uuid PRIMARY KEY,
    digest bytea NOT NULL CONSTRAINT links_one_per_digest UNIQUE,
    purpose text NOT NULL CONSTRAINT links_purpose_is_known CHECK (purpose IN ('set_up', 'invitation')),
    channel text NOT NULL CONSTRAINT links_channel_is_known CHECK (channel IN ('mailed', 'printed')),
    organization_id uuid REFERENCES organizations (id),
    membership_id uuid,
    -- Comparison form of the address the link was sent to.
    email_key text,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    used_by uuid REFERENCES users (id),
    voided_at timestamptz,
    voided_because text CONSTRAINT links_void_reason_is_known CHECK (voided_because IN ('withdrawn', 'replaced', 'declined')),
    CONSTRAINT links_void_has_reason CHECK ((voided_at IS NULL) = (voided_because IS NULL)),
    CONSTRAINT links_used_or_void CHECK (used_at IS NULL OR voided_at IS NULL),
    CONSTRAINT links_invitation_has_membership CHECK (purpose <> 'invitation' OR (organization_id IS NOT NULL AND membership_id IS NOT NULL))
);
CREATE INDEX links_by_membership ON links (organization_id, membership_id);
