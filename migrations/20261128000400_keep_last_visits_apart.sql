-- When a member was last seen is written by the door, hourly: in a table of its own, that write touches none of the membership's
-- indexes.
CREATE TABLE last_visits (
    organization_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    visited_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, membership_id),
    CONSTRAINT last_visits_membership_within_organization FOREIGN KEY (organization_id, membership_id)
        REFERENCES memberships (organization_id, id) ON DELETE CASCADE
) WITH (fillfactor = 70);

INSERT INTO last_visits (organization_id, membership_id, visited_at)
SELECT organization_id, id, last_active_at FROM memberships WHERE last_active_at IS NOT NULL;

ALTER TABLE memberships DROP COLUMN last_active_at;
