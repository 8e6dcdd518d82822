-- A parked message that was closed before its effect could happen. Its number counts as applied; what it would have changed
-- is told with every reconciliation that differs there.
ALTER TABLE parked_message
    ADD COLUMN given_up    boolean NOT NULL DEFAULT false,
    -- the document line that it tells of; null when it cannot be read and came by no call that says so
    ADD COLUMN document    text,
    -- the keys whose position it would change; none when it cannot be read
    ADD COLUMN effect_keys text[]  NOT NULL DEFAULT '{}';

-- What never comes is looked up by its document, among any number that wait.
CREATE INDEX parked_message_given_up ON parked_message (document) WHERE given_up;

-- Those that a purge has still something to take of.
CREATE INDEX parked_message_settled ON parked_message (settled_at)
    WHERE state <> 'PARKED' AND (NOT given_up OR payload <> '');

-- Of those that were given up a purge takes what nothing differs by any more, the first ones first; but for hand-overs, by
-- which cancels are answered: known by their way, since their type may be what nobody could read.
CREATE INDEX parked_message_made_good ON parked_message (settled_at)
    WHERE given_up AND payload = '' AND queue <> 'hand-over';

-- What a person has need not be sent again: looked up at every start and, to tell the peers, every minute.
CREATE INDEX parked_message_taken ON parked_message (stream, partition, sequence)
    WHERE stream IS NOT NULL AND state <> 'REPLAYED' AND NOT given_up;

-- Whether anything of a key waits: looked up while its goods are locked, however much of others waits. What is parked is to
-- be found at once, and not after a list of what is still to be put into the index.
CREATE INDEX parked_message_waiting_keys ON parked_message USING gin (effect_keys) WITH (fastupdate = off)
    WHERE state = 'PARKED';
