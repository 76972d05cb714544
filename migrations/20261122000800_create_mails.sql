-- The outbox: a mail is a row of the transaction that caused it, so none is lost and none is sent for something that did not happen.
CREATE TABLE mails (
    -- Also the left part of the Message-ID: a mail repeated after a crash can be recognized.
    id uuid PRIMARY KEY,
    organization_id uuid REFERENCES organizations (id),
    membership_id uuid,
    kind text NOT NULL,
    recipient text NOT NULL,
    -- Subject and bodies, sealed because they hold links; erased once delivered or given up.
    sealed_message bytea,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    claim uuid,
    leased_until timestamptz,
    delivered_at timestamptz,
    dead_at timestamptz,
    last_error text,
    CONSTRAINT mails_delivered_or_dead CHECK (delivered_at IS NULL OR dead_at IS NULL),
    CONSTRAINT mails_waiting_has_message CHECK (sealed_message IS NOT NULL OR delivered_at IS NOT NULL OR dead_at IS NOT NULL)
) WITH (fillfactor = 70);
CREATE INDEX mails_waiting ON mails (due_at) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX mails_dead ON mails (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX mails_by_organization ON mails (organization_id, created_at) WHERE kind = 'invitation';

-- Where mail is delivered while no mail server is set (development only).
CREATE TABLE development_mailbox (
    id uuid PRIMARY KEY,
    recipient text NOT NULL,
    subject text NOT NULL,
    plain text NOT NULL,
    html text NOT NULL,
    received_at timestamptz NOT NULL
);
CREATE INDEX development_mailbox_by_time ON development_mailbox (received_at DESC, id);
