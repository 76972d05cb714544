-- Statements that walked through the rows of others, and what leads them straight to their own.

-- Whoever removes a membership, or gives its person another username, looks for its draft.
CREATE INDEX usernames_by_membership ON usernames (membership_id) WHERE membership_id IS NOT NULL;

-- Of a membership's access to one application, also where the planner begins with the application.
DROP INDEX application_access_by_application;
CREATE INDEX application_access_by_application ON application_access (organization_id, application_id, membership_id);

-- The key first: a person's counters begin alike, whatever they count.
ALTER TABLE throttles DROP CONSTRAINT throttles_pkey, ADD PRIMARY KEY (key, scope);
