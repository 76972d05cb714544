-- How many invitations an organization has mailed since its day began. Counting them anew for each would grow with the day.
CREATE TABLE invitation_days (
    organization_id uuid PRIMARY KEY REFERENCES organizations (id),
    began_at timestamptz NOT NULL,
    mails bigint NOT NULL
) WITH (fillfactor = 70);

INSERT INTO invitation_days (organization_id, began_at, mails)
SELECT organization_id, min(created_at), count(*)
FROM mails
WHERE kind = 'invitation' AND created_at > now() - interval '1 day'
GROUP BY organization_id;

DROP INDEX mails_by_organization;
