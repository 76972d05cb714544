-- Which organization an active administrator stands for. A column of its own, because Postgres keeps statistics of columns: of the
-- organization and the role apart it expects a large organization to have many administrators, and reads all of it to find two.
ALTER TABLE memberships ADD COLUMN administers uuid
    GENERATED ALWAYS AS (CASE WHEN role = 'administrator' AND deactivated_at IS NULL THEN organization_id END) STORED;
DROP INDEX memberships_administrators;
CREATE INDEX memberships_administrators ON memberships (administers) WHERE administers IS NOT NULL;

CREATE OR REPLACE VIEW reachable_administrators AS
SELECT memberships.administers AS organization_id, memberships.id AS membership_id, users.email
FROM memberships
JOIN users ON users.id = memberships.user_id
WHERE memberships.administers IS NOT NULL AND users.closing_at IS NULL;
