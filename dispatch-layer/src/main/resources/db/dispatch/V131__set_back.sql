-- What sales and warehouses are rebuilt from when their databases are set back (protocol 11.8), beside their messages.

-- The order with this cancel in it, as sales keeps it. Opaque here.
ALTER TABLE line_cancel ADD COLUMN sheet text NOT NULL DEFAULT '';

CREATE OR REPLACE VIEW held_answer AS
    SELECT 'sales' AS peer, 'CANCEL' AS kind, rank AS place,
           json_build_object('cancel', cancel, 'order', order_number, 'line', line, 'accepted', accepted,
                             'sheet', sheet)::text AS content
    FROM line_cancel
    UNION ALL
    -- Outbounds that the warehouse has answered, or has told something of. Of others it is asked again.
    SELECT 'warehouse', 'OUTBOUND', o.rank,
           json_build_object('outbound', o.outbound, 'number', o.number, 'order', o.order_number, 'line', o.order_line,
                             'sku', o.sku, 'warehouse', o.node, 'virtualWarehouse', o.virtual_warehouse,
                             'owner', o.owner, 'quality', o.quality, 'quantity', o.quantity,
                             'addressReference', d.address_reference, 'shipRegion', d.ship_region,
                             'deliveryMethod', d.delivery_method, 'traceParent', d.trace_parent,
                             'answered', o.state = 'ANSWERED', 'refused', o.refused, 'shipped', o.shipped,
                             'lost', o.lost, 'released', o.cancelled)::text
    FROM outbound o JOIN dispatch_order d USING (order_number)
    WHERE o.state = 'ANSWERED' OR o.shipped + o.lost > 0;
