-- What sales knows of the transactions of others beside their messages, and keeps of calls for them (protocol 11.8).
CREATE VIEW answer_seen AS
    SELECT 'dispatch' AS peer, answer_epoch AS epoch, answer_journal AS journal
    FROM cancellation_line WHERE answer_epoch IS NOT NULL;
-- The last ones are looked up at every start of a peer, and for every call whose envelope is not believed at once.
CREATE INDEX cancellation_line_seen ON cancellation_line (answer_epoch, answer_journal) WHERE answer_epoch IS NOT NULL;

-- Cancels that dispatch has answered, for a dispatch layer that has lost them.
CREATE VIEW held_answer AS
    SELECT 'dispatch' AS peer, 'CANCEL' AS kind, c.recorded_at AS place,
           json_build_object('cancel', x.document || '~' || x.line, 'order', c.order_number, 'line', x.line,
                             'sku', k.sku, 'asked', x.asked, 'refused', x.refused, 'epoch', x.answer_epoch,
                             'journal', x.answer_journal)::text AS content
    FROM cancellation_line x
    JOIN cancellation c USING (document)
    JOIN sales_order o ON o.number = c.order_number
    JOIN order_line l ON l.order_id = o.order_id AND l.line = x.line
    JOIN stock_row k ON k.row_id = l.row_id
    WHERE x.answer_epoch IS NOT NULL;
