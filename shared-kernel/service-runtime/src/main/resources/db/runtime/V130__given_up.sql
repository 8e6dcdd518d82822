-- A parked message that was closed before its effect could happen. Its number counts as applied; what it would have changed
-- is told with every reconciliation that differs there.
ALTER TABLE parked_message
    ADD COLUMN given_up    boolean NOT NULL DEFAULT false,
    -- null, and no keys, when the message cannot be read
    ADD COLUMN document    text,
    ADD COLUMN missed_keys text[]  NOT NULL DEFAULT '{}';
