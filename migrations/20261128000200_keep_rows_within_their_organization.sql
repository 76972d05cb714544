-- Nothing points across organizations: what names a row of an organization names the organization with it. Links, mails and audit
-- rows outlive a membership; theirs is emptied when it goes.
ALTER TABLE links DROP CONSTRAINT links_invitation_has_membership;
UPDATE links SET membership_id = NULL, voided_at = coalesce(voided_at, CASE WHEN used_at IS NULL THEN now() END),
    voided_because = coalesce(voided_because, CASE WHEN used_at IS NULL THEN 'withdrawn' END)
WHERE membership_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM memberships WHERE memberships.organization_id = links.organization_id AND memberships.id = links.membership_id);
UPDATE mails SET membership_id = NULL
WHERE membership_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM memberships WHERE memberships.organization_id = mails.organization_id AND memberships.id = mails.membership_id);
UPDATE memberships SET invited_by = NULL
WHERE invited_by IS NOT NULL
    AND NOT EXISTS (SELECT FROM memberships AS inviting WHERE inviting.organization_id = memberships.organization_id AND inviting.user_id = memberships.invited_by);

ALTER TABLE links
    -- A link of an open invitation has its membership: whoever removes that one ends its links first.
    ADD CONSTRAINT links_invitation_has_membership CHECK (purpose <> 'invitation' OR organization_id IS NOT NULL
        AND (membership_id IS NOT NULL OR voided_at IS NOT NULL OR used_at IS NOT NULL)),
    ADD CONSTRAINT links_membership_names_organization CHECK (membership_id IS NULL OR organization_id IS NOT NULL),
    ADD CONSTRAINT links_membership_within_organization FOREIGN KEY (organization_id, membership_id)
        REFERENCES memberships (organization_id, id) ON DELETE SET NULL (membership_id) NOT VALID;
ALTER TABLE links VALIDATE CONSTRAINT links_membership_within_organization;

ALTER TABLE mails
    ADD CONSTRAINT mails_membership_names_organization CHECK (membership_id IS NULL OR organization_id IS NOT NULL),
    ADD CONSTRAINT mails_membership_within_organization FOREIGN KEY (organization_id, membership_id)
        REFERENCES memberships (organization_id, id) ON DELETE SET NULL (membership_id) NOT VALID;
ALTER TABLE mails VALIDATE CONSTRAINT mails_membership_within_organization;
CREATE INDEX mails_by_membership ON mails (organization_id, membership_id) WHERE membership_id IS NOT NULL;

ALTER TABLE audit_details
    ADD CONSTRAINT audit_details_membership_names_organization CHECK (membership_id IS NULL OR organization_id IS NOT NULL);

ALTER TABLE usernames
    ADD CONSTRAINT usernames_membership_names_organization CHECK (membership_id IS NULL OR organization_id IS NOT NULL);

ALTER TABLE memberships
    DROP CONSTRAINT memberships_invited_by_fkey,
    ADD CONSTRAINT memberships_inviter_within_organization FOREIGN KEY (organization_id, invited_by)
        REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL (invited_by) NOT VALID;
ALTER TABLE memberships VALIDATE CONSTRAINT memberships_inviter_within_organization;

ALTER TABLE access_levels
    RENAME CONSTRAINT access_levels_organization_id_application_id_fkey TO access_levels_application_within_organization;
ALTER TABLE application_access
    RENAME CONSTRAINT application_access_organization_id_membership_id_fkey TO application_access_membership_within_organization;
ALTER TABLE application_access
    RENAME CONSTRAINT application_access_organization_id_application_id_level_fkey TO application_access_level_within_organization;

-- An audit row's subject lies in one of several tables, so no key can hold it.
CREATE FUNCTION refuse_subject_of_another_organization() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_elsewhere boolean;
BEGIN
    is_elsewhere := CASE NEW.subject_kind
        WHEN 'membership' THEN
            EXISTS (SELECT FROM memberships WHERE id = NEW.subject_id AND organization_id IS DISTINCT FROM NEW.organization_id)
        WHEN 'application' THEN
            EXISTS (SELECT FROM applications WHERE id = NEW.subject_id AND organization_id IS DISTINCT FROM NEW.organization_id)
        WHEN 'mail' THEN
            EXISTS (SELECT FROM mails WHERE id = NEW.subject_id AND organization_id IS DISTINCT FROM NEW.organization_id)
        WHEN 'organization' THEN NEW.subject_id IS DISTINCT FROM NEW.organization_id
        ELSE false END;
    IF is_elsewhere THEN
        RAISE EXCEPTION 'the subject belongs to another organization'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'audit_events_subject_within_organization', TABLE = 'audit_events';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_events_subject_within_organization BEFORE INSERT ON audit_events
    FOR EACH ROW EXECUTE FUNCTION refuse_subject_of_another_organization();
