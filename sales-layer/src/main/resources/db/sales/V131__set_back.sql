-- What dispatch keeps of orders for the day on which this database is set back to a backup (protocol 11.8).

-- In the collation of the orders' numbers: in another one the join would not find them.
CREATE INDEX payment_order ON payment (order_number COLLATE "C");
CREATE INDEX cancellation_order ON cancellation (order_number COLLATE "C");

-- An order with its documents, as it goes with its hand-overs and cancels.
CREATE VIEW order_sheet AS
SELECT o.number,
       json_build_object(
           'contentHash', o.content_hash, 'deductionMode', o.deduction_mode, 'deliveryMethod', o.delivery_method,
           'shipRegion', o.ship_region, 'buyer', o.buyer, 'addressReference', o.address_reference,
           'traceParent', o.trace_parent, 'placedAt', (extract(epoch FROM o.placed_at) * 1000000)::bigint,
           'expiresAt', (extract(epoch FROM o.expires_at) * 1000000)::bigint,
           'lines', (SELECT json_agg(json_build_object(
                         'line', l.line, 'channel', s.channel, 'deliveryMethod', s.delivery_method,
                         'quality', s.quality, 'shipRegion', s.ship_region, 'sku', s.sku, 'pool', s.pool,
                         'quantity', l.quantity, 'state', l.state, 'cancelled', l.cancelled) ORDER BY l.line)
                     FROM order_line l JOIN stock s USING (row_id) WHERE l.order_id = o.order_id),
           'payments', (SELECT coalesce(json_agg(json_build_object('document', p.document, 'refund', p.refund)), '[]')
                        FROM payment p WHERE p.order_number = o.number),
           'cancellations', (SELECT coalesce(json_agg(json_build_object(
                                 'document', c.document, 'reason', c.reason_code, 'contentHash', c.content_hash,
                                 'lines', (SELECT coalesce(json_agg(json_build_object(
                                               'line', x.line, 'quantity', x.quantity, 'asked', x.asked,
                                               'done', x.done, 'refused', x.refused) ORDER BY x.line), '[]')
                                           FROM cancellation_line x WHERE x.document = c.document))
                                 ORDER BY c.recorded_at, c.document), '[]')
                             FROM cancellation c WHERE c.order_number = o.number))::text AS sheet
FROM sales_order o;
