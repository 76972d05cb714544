-- Newest first, also among mails of one instant: the other way round Postgres would sort all of that instant before it shows one.
DROP INDEX development_mailbox_by_time;
CREATE INDEX development_mailbox_by_time ON development_mailbox (received_at DESC, id DESC);
