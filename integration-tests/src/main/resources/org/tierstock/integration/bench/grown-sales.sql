-- A sales layer that has handed over so many orders of one line each, and was granted and settled as much as that.
-- :rows is divisible by 16; order n is of the SKU OLD-(n mod 1000) and of the partition n mod 16.
INSERT INTO stock (partition, channel, delivery_method, quality, ship_region, sku, pool)
SELECT n % 16, 'OLD', 'PARCEL', 'NORMAL', 'OLD', 'OLD-' || n, 'REGULAR' FROM generate_series(0, 999) AS n;
CREATE TEMP TABLE old_row AS SELECT row_id, substr(sku, 5)::int AS k FROM stock WHERE channel = 'OLD';
CREATE UNIQUE INDEX ON old_row (k);
INSERT INTO journal (written_at) SELECT now() - interval '1 day' FROM generate_series(1, :rows);
INSERT INTO sales_order (number, order_id, partition, content_hash, state, deduction_mode, delivery_method, ship_region,
                         buyer, address_reference, trace_parent, placed_at)
SELECT 'OLD:' || n, -n, n % 16, n, 'PAID', 'ORDER_TIME', 'PARCEL', 'OLD', 'buyer-' || n, 'address-' || n, '',
       now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO order_line (order_id, line, partition, row_id, quantity, state, reversed, hand_over)
SELECT -n, 1, n % 16, o.row_id, 1, 'PAID', 1, (n + 15) / 16
FROM generate_series(1, :rows) AS n JOIN old_row o ON o.k = n % 1000;
INSERT INTO payment (document, order_number, answered_at)
SELECT 'OLD:P' || n, 'OLD:' || n, now() - interval '1 day' FROM generate_series(1, :rows) AS n;
INSERT INTO ledger (moved_at, action, from_row, from_bucket, to_row, to_bucket, quantity, document_kind, document_number,
                    document_line, stream, partition, sequence)
SELECT now(), CASE WHEN n % 2 = 1 THEN 'INCREASE' ELSE 'DEDUCT' END,
       o.row_id, CASE WHEN n % 2 = 1 THEN 'EXTERNAL' ELSE 'SELLABLE' END,
       o.row_id, CASE WHEN n % 2 = 1 THEN 'SELLABLE' ELSE 'EXTERNAL' END,
       1, CASE WHEN n % 2 = 1 THEN 'STOCK_GRANT' ELSE 'STOCK_REVOCATION' END, 'OLD-' || n, 0, NULL, NULL, NULL
FROM generate_series(1, :rows) AS n JOIN old_row o ON o.k = (n / 2) % 1000;
INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload, effect_keys,
                    effect_quantities, trace_parent, written_at)
SELECT 'S>D', n % 16, (n + 15) / 16, 'CALL', n, 'HandOver', 'OLD:' || n || '~1', 'OLD-' || n % 1000,
       json_build_object('order', 'OLD:' || n, 'line', 1, 'filler', repeat('x', 200))::text,
       ARRAY['OLD/PARCEL/NORMAL/OLD/OLD-' || n % 1000], ARRAY[-1::bigint], '', now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, business_key, payload, effect_keys, effect_quantities,
                   applied_at)
SELECT 'D>S', n % 16, (n + 15) / 16, 1, n, 'StockGranted', 'OLD-' || n,
       json_build_object('grant', 'OLD-' || n, 'filler', repeat('x', 200))::text,
       ARRAY['OLD/PARCEL/NORMAL/OLD/OLD-' || n % 1000], ARRAY[1::bigint], now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO stream_head (stream, partition, sequence) SELECT 'S>D', p, :rows / 16 FROM generate_series(0, 15) AS p
ON CONFLICT (stream, partition) DO UPDATE SET sequence = excluded.sequence;
INSERT INTO stream_carried (stream, partition, carrier, sequence)
SELECT 'S>D', p, c, :rows / 16 FROM generate_series(0, 15) AS p, unnest(ARRAY['CALL', 'BROKER']) AS c
ON CONFLICT (stream, partition, carrier) DO UPDATE SET sequence = excluded.sequence;
INSERT INTO stream_mark (stream, partition, applied)
SELECT 'D>S', p, int8multirange(int8range(0, :rows / 16, '[]')) FROM generate_series(0, 15) AS p
ON CONFLICT (stream, partition) DO UPDATE SET applied = excluded.applied;
