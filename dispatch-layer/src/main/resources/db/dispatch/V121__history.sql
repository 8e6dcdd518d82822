-- What dispatch knows of the transactions of others beside their messages, and keeps of calls for them (protocol 11.8).
CREATE VIEW answer_seen AS
    SELECT 'sales' AS peer, asker_epoch AS epoch, asker_journal AS journal FROM line_cancel
    UNION ALL
    -- Those that are not answered have none. A condition that said so here would have all of them read and sorted.
    SELECT 'warehouse', answerer_epoch, answerer_journal FROM outbound;
-- The last ones are looked up at every start of a peer, and for every call whose envelope is not believed at once.
CREATE INDEX line_cancel_seen ON line_cancel (asker_epoch, asker_journal);
CREATE INDEX outbound_seen ON outbound (answerer_epoch, answerer_journal) WHERE answerer_journal IS NOT NULL;

-- For peers that have lost what they asked or answered: none is repaired from here yet.
CREATE VIEW held_answer AS
    SELECT 'sales' AS peer, 'CANCEL' AS kind, rank AS place,
           json_build_object('cancel', cancel, 'order', order_number, 'line', line, 'accepted', accepted)::text
               AS content
    FROM line_cancel;
