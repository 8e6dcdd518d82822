-- A warehouse layer that has shipped so many orders of one line each; see grown-sales.sql.
INSERT INTO warehouse (code, name, version) VALUES ('OLD', 'Old', 1);
INSERT INTO stock_head (warehouse, sku, partition) SELECT 'OLD', 'OLD-' || n, n % 16 FROM generate_series(0, 999) AS n;
INSERT INTO shelf_stock (partition, warehouse, sku, virtual_warehouse, owner, quality, batch, location)
SELECT n % 16, 'OLD', 'OLD-' || n, 'MAIN', 'ACME', 'NORMAL', 'B1', 'A-1' FROM generate_series(0, 999) AS n;
CREATE TEMP TABLE old_row AS SELECT row_id, substr(sku, 5)::int AS k FROM shelf_stock WHERE warehouse = 'OLD';
CREATE UNIQUE INDEX ON old_row (k);
INSERT INTO journal (written_at) SELECT now() - interval '1 day' FROM generate_series(1, :rows);
INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku, virtual_warehouse, owner, quality,
                      quantity, address_reference, ship_region, delivery_method, trace_parent, asker_epoch, asker_journal,
                      stored_at, answered_at, locked, shipped, lost, released, refused)
SELECT 'OLD-OB-' || n, n % 16, 'OLD', n, 'OLD:' || n, 1, 'OLD-' || n % 1000, 'MAIN', 'ACME', 'NORMAL', 1, 'address-' || n,
       'OLD', 'PARCEL', '', 1, n, now() - interval '1 day', 0, 0, 1, 0, 0, 0
FROM generate_series(1, :rows) AS n;
INSERT INTO outbound_effect (stream, partition, sequence, outbound, quantity)
SELECT 'W>D:OLD', n % 16, (n + 15) / 16, 'OLD-OB-' || n, 1 FROM generate_series(1, :rows) AS n;
INSERT INTO shipment (number, outbound) SELECT 'OLD-' || n, 'OLD-OB-' || n FROM generate_series(1, :rows) AS n;
INSERT INTO shipment_line (number, line, batch, quantity) SELECT 'OLD-' || n, 1, 'B1', 1 FROM generate_series(1, :rows) AS n;
INSERT INTO ledger (moved_at, action, from_row, from_bucket, to_row, to_bucket, quantity, document_kind, document_number,
                    document_line, stream, partition, sequence)
SELECT now(), CASE WHEN n % 2 = 1 THEN 'INCREASE' ELSE 'DEDUCT' END,
       o.row_id, CASE WHEN n % 2 = 1 THEN 'EXTERNAL' ELSE 'AVAILABLE' END,
       o.row_id, CASE WHEN n % 2 = 1 THEN 'AVAILABLE' ELSE 'EXTERNAL' END,
       1, CASE WHEN n % 2 = 1 THEN 'PURCHASE_RECEIPT' ELSE 'STOCKTAKE' END, 'OLD-' || n, 0, NULL, NULL, NULL
FROM generate_series(1, :rows) AS n JOIN old_row o ON o.k = (n / 2) % 1000;
INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload, effect_keys,
                    effect_quantities, trace_parent, written_at)
SELECT 'W>D:OLD', n % 16, (n + 15) / 16, 'BROKER', n, 'GoodsShipped', 'OLD-' || n || '/1', 'OLD-' || n % 1000,
       json_build_object('shipmentLine', 'OLD-' || n || '/1', 'filler', repeat('x', 200))::text,
       ARRAY['OLD/MAIN/ACME/NORMAL/OLD-' || n % 1000], ARRAY[-1::bigint], '', now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO stream_head (stream, partition, sequence) SELECT 'W>D:OLD', p, :rows / 16 FROM generate_series(0, 15) AS p
ON CONFLICT (stream, partition) DO UPDATE SET sequence = excluded.sequence;
INSERT INTO stream_carried (stream, partition, carrier, sequence)
SELECT 'W>D:OLD', p, 'BROKER', :rows / 16 FROM generate_series(0, 15) AS p
ON CONFLICT (stream, partition, carrier) DO UPDATE SET sequence = excluded.sequence;
