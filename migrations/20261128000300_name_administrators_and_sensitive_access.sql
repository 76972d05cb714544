-- Two facts that several rooms ask for, each in one place.

-- Role Administrator, active, and the account is not being closed; a missing second factor still counts.
CREATE VIEW reachable_administrators AS
SELECT memberships.organization_id, memberships.id AS membership_id, users.email
FROM memberships
JOIN users ON users.id = memberships.user_id
WHERE memberships.role = 'administrator' AND memberships.deactivated_at IS NULL AND users.closing_at IS NULL;

-- Memberships, pending ones included, that hold something sensitive: one of the permissions in the mask (a test compares it with
-- the program's), or a level of an application that is sensitive or contains a sensitive one. More than one row where they hold several.
CREATE VIEW sensitive_access AS
SELECT memberships.organization_id, memberships.id AS membership_id
FROM memberships
WHERE memberships.permissions & 2 <> 0
UNION ALL
SELECT application_access.organization_id, application_access.membership_id
FROM application_access
JOIN access_levels ON access_levels.organization_id = application_access.organization_id
    AND access_levels.application_id = application_access.application_id AND access_levels.level <= application_access.level
WHERE access_levels.sensitive;
