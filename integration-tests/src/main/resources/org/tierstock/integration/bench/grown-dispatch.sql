-- A dispatch layer that has shipped so many orders of one line each; see grown-sales.sql.
INSERT INTO sku_head (sku, partition, rules_version)
SELECT 'OLD-' || n, n % 16, 1000000 FROM generate_series(0, 999) AS n;
INSERT INTO cell_stock (partition, sku, node, virtual_warehouse, owner, quality)
SELECT n % 16, 'OLD-' || n, 'OLD', 'MAIN', 'ACME', 'NORMAL' FROM generate_series(0, 999) AS n;
CREATE TEMP TABLE old_row AS SELECT row_id, substr(sku, 5)::int AS k FROM cell_stock WHERE node = 'OLD';
CREATE UNIQUE INDEX ON old_row (k);
INSERT INTO journal (written_at) SELECT now() - interval '1 day' FROM generate_series(1, :rows);
INSERT INTO dispatch_order (order_number, ship_region, delivery_method, address_reference, trace_parent, handed_over_at)
SELECT 'OLD:' || n, 'OLD', 'PARCEL', 'address-' || n, '', now() - interval '1 day' FROM generate_series(1, :rows) AS n;
INSERT INTO dispatch_line (order_number, line, partition, order_rank, sku, channel, delivery_method, quality, ship_region, quantity,
                           allocated, shipped, shortage, cancelled, open, asked)
SELECT o.order_number, 1, n % 16, o.rank, 'OLD-' || n % 1000, 'OLD', 'PARCEL', 'NORMAL', 'OLD', 1, 0, 1, 0, 0, 0, 0
FROM dispatch_order o CROSS JOIN LATERAL (SELECT substr(o.order_number, 5)::bigint AS n) AS number
WHERE starts_with(o.order_number, 'OLD:');
INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku, node, virtual_warehouse, owner,
                      quality, quantity, state, shipped, answerer_epoch, answerer_journal, requested_at)
SELECT 'OLD-OB-' || n, n % 16, 'OLD', n, 'OLD:' || n, 1, 'OLD-' || n % 1000, 'OLD', 'MAIN', 'ACME', 'NORMAL', 1,
       'ANSWERED', 1, 1, n, now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO outbound_counter (warehouse, number) VALUES ('OLD', :rows);
INSERT INTO ledger (moved_at, action, from_row, from_bucket, to_row, to_bucket, quantity, document_kind, document_number,
                    document_line, stream, partition, sequence)
SELECT now(), CASE WHEN n % 2 = 1 THEN 'INCREASE' ELSE 'DEDUCT' END,
       o.row_id, CASE WHEN n % 2 = 1 THEN 'EXTERNAL' ELSE 'FREE' END,
       o.row_id, CASE WHEN n % 2 = 1 THEN 'FREE' ELSE 'EXTERNAL' END,
       1, CASE WHEN n % 2 = 1 THEN 'PURCHASE_RECEIPT' ELSE 'STOCKTAKE' END, 'OLD-' || n, 0, NULL, NULL, NULL
FROM generate_series(1, :rows) AS n JOIN old_row o ON o.k = (n / 2) % 1000;
INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload, effect_keys,
                    effect_quantities, trace_parent, written_at)
SELECT 'D>S', n % 16, (n + 15) / 16, 'BROKER', n, 'StockGranted', 'OLD-' || n, 'OLD-' || n % 1000,
       json_build_object('grant', 'OLD-' || n, 'filler', repeat('x', 200))::text,
       ARRAY['OLD/PARCEL/NORMAL/OLD/OLD-' || n % 1000], ARRAY[1::bigint], '', now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, business_key, payload, effect_keys, effect_quantities,
                   applied_at)
SELECT 'S>D', n % 16, (n + 15) / 16, 1, n, 'HandOver', 'OLD:' || n || '~1',
       json_build_object('order', 'OLD:' || n, 'line', 1, 'filler', repeat('x', 200))::text,
       ARRAY['OLD/PARCEL/NORMAL/OLD/OLD-' || n % 1000], ARRAY[-1::bigint], now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, business_key, payload, effect_keys, effect_quantities,
                   applied_at)
SELECT 'W>D:OLD', n % 16, (n + 15) / 16, 1, n, 'GoodsShipped', 'OLD-' || n || '/1',
       json_build_object('shipmentLine', 'OLD-' || n || '/1', 'filler', repeat('x', 200))::text,
       ARRAY['OLD/MAIN/ACME/NORMAL/OLD-' || n % 1000], ARRAY[-1::bigint], now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO stream_head (stream, partition, sequence) SELECT 'D>S', p, :rows / 16 FROM generate_series(0, 15) AS p
ON CONFLICT (stream, partition) DO UPDATE SET sequence = excluded.sequence;
INSERT INTO stream_carried (stream, partition, carrier, sequence)
SELECT 'D>S', p, 'BROKER', :rows / 16 FROM generate_series(0, 15) AS p
ON CONFLICT (stream, partition, carrier) DO UPDATE SET sequence = excluded.sequence;
INSERT INTO stream_mark (stream, partition, applied)
SELECT s, p, int8multirange(int8range(0, :rows / 16, '[]'))
FROM generate_series(0, 15) AS p, unnest(ARRAY['S>D', 'W>D:OLD']) AS s
ON CONFLICT (stream, partition) DO UPDATE SET applied = excluded.applied;
