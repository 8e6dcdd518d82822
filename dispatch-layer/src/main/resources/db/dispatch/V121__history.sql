-- What dispatch knows of the transactions of others beside their messages, and keeps of calls for them (protocol 11.8).
CREATE VIEW answer_seen AS
    SELECT 'sales' AS peer, asker_epoch AS epoch, asker_journal AS journal FROM line_cancel
    UNION ALL
    SELECT 'warehouse', answerer_epoch, answerer_journal FROM outbound WHERE answerer_epoch IS NOT NULL;

-- For peers that have lost what they asked or answered: none is repaired from here yet.
CREATE VIEW held_answer AS
    SELECT 'sales' AS peer, 'CANCEL' AS kind, rank AS place,
           json_build_object('cancel', cancel, 'order', order_number, 'line', line, 'accepted', accepted)::text
               AS content
    FROM line_cancel;
