-- A parked message that was closed before its effect could happen. Its number counts as applied; what it would have changed
-- is told with every reconciliation that differs there.
ALTER TABLE parked_message
    ADD COLUMN given_up    boolean NOT NULL DEFAULT false,
    -- null when the message cannot be read, or was not given up
    ADD COLUMN document    text,
    -- the keys whose position it would change; none when it cannot be read
    ADD COLUMN effect_keys text[]  NOT NULL DEFAULT '{}';

-- What never comes is looked up by its document, among any number that wait.
CREATE INDEX parked_message_given_up ON parked_message (document) WHERE given_up;

-- Those that a purge has still something to take of.
CREATE INDEX parked_message_settled ON parked_message (settled_at)
    WHERE state <> 'PARKED' AND (NOT given_up OR payload <> '');
