-- What warehouses know of the transactions of others beside their messages, and keep of calls for them (protocol 11.8).
CREATE VIEW answer_seen AS
    SELECT 'dispatch' AS peer, asker_epoch AS epoch, asker_journal AS journal FROM outbound
    UNION ALL
    SELECT 'dispatch', asker_epoch, asker_journal FROM outbound_cancellation;
-- The last ones are looked up at every start of a peer, and for every call whose envelope is not believed at once.
CREATE INDEX outbound_seen ON outbound (asker_epoch, asker_journal);
CREATE INDEX outbound_cancellation_seen ON outbound_cancellation (asker_epoch, asker_journal);

-- Outbounds and releases that were answered, for a dispatch layer that has lost them.
CREATE VIEW held_answer AS
    SELECT 'dispatch' AS peer, 'OUTBOUND' AS kind, number AS place,
           json_build_object('outbound', outbound, 'number', number, 'warehouse', warehouse, 'order', order_number,
                             'line', order_line, 'sku', sku, 'virtualWarehouse', virtual_warehouse, 'owner', owner,
                             'quality', quality, 'quantity', quantity, 'refused', refused, 'epoch', 1,
                             'journal', 0)::text AS content
    FROM outbound
    UNION ALL
    SELECT 'dispatch', 'RELEASE', o.number,
           json_build_object('outbound', c.outbound, 'request', c.request, 'asked', c.asked,
                             'released', c.released)::text
    FROM outbound_cancellation c JOIN outbound o USING (outbound);
