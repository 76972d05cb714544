-- One row for every change and every sign-in event, in the transaction of its cause. Nobody edits or removes one:
-- the application's role is granted INSERT and SELECT only, and the trigger stops everybody else.
CREATE TABLE audit_events (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY,
    organization_id uuid REFERENCES organizations (id),
    actor_id uuid REFERENCES users (id),
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid,
    at timestamptz NOT NULL,
    network inet,
    user_agent text,
    difference jsonb NOT NULL
);
CREATE INDEX audit_events_by_organization ON audit_events (organization_id, at DESC, id);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are never changed';
END
$$;
CREATE TRIGGER audit_events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
