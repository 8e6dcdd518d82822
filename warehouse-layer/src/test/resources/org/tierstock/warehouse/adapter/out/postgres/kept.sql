-- A warehouse layer that has received, locked, picked, shipped, released and counted for a long time; see KeptRows.
INSERT INTO sku (code, name, units_per_case, version) SELECT 'OLD-' || n, 'Old', 1, 1 FROM generate_series(1, :rows) AS n;
INSERT INTO stock_head (warehouse, sku, partition)
SELECT 'WH1', 'OLD-' || n, n % :partitions FROM generate_series(1, :rows) AS n;
INSERT INTO batch (warehouse, sku, owner, batch, partition, received_at)
SELECT 'WH1', 'OLD-' || n, 'OWN', 'B1', n % :partitions, now() - interval '2 days' FROM generate_series(1, :rows) AS n;
INSERT INTO shelf_stock (partition, warehouse, sku, virtual_warehouse, owner, quality, batch, location)
SELECT n % :partitions, 'WH1', 'OLD-' || n, 'MAIN', 'OWN', 'NORMAL', 'B1', 'A-1' FROM generate_series(1, :rows) AS n;
INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku, virtual_warehouse, owner, quality,
                      quantity, address_reference, ship_region, delivery_method, trace_parent, asker_epoch, asker_journal,
                      stored_at, answered_at, locked, shipped, lost, released, refused)
SELECT 'OB-OLD-' || n, n % :partitions, 'WH1', n, 'OLD:' || n, 1, 'OLD-' || n, 'MAIN', 'OWN', 'NORMAL', 2, 'address-' || n,
       'OLD', 'EXPRESS', '', 1, n, now() - interval '1 day', 0, 0, 1, 0, 1, 0
FROM generate_series(1, :rows) AS n;
INSERT INTO outbound_cancellation (outbound, request, asked, released, asker_epoch, asker_journal)
SELECT 'OB-OLD-' || n, 'OLD', 1, 1, 1, n FROM generate_series(1, :rows) AS n;
INSERT INTO outbound_effect (stream, partition, sequence, outbound, quantity)
SELECT 'W>D:WH1', n % :partitions, (n + :partitions - 1) / :partitions, 'OB-OLD-' || n, 1 FROM generate_series(1, :rows) AS n;
INSERT INTO receipt (number, cause, warehouse, received_at)
SELECT 'OLD-' || n, 'PURCHASE', 'WH1', now() - interval '2 days' FROM generate_series(1, :rows) AS n;
INSERT INTO receipt_line (number, place, line, sku, virtual_warehouse, owner, quality, batch, location, cases, units, bad_units,
                          good)
SELECT 'OLD-' || n, 0, 1, 'OLD-' || n, 'MAIN', 'OWN', 'NORMAL', 'B1', 'A-1', 0, 2, 0, 2 FROM generate_series(1, :rows) AS n;
INSERT INTO pick (number, outbound, staging) SELECT 'OLD-' || n, 'OB-OLD-' || n, 'STAGING' FROM generate_series(1, :rows) AS n;
INSERT INTO pick_line (number, place, location, batch, asked, found, lost)
SELECT 'OLD-' || n, 0, 'A-1', 'B1', 1, 1, 0 FROM generate_series(1, :rows) AS n;
INSERT INTO shipment (number, outbound) SELECT 'OLD-' || n, 'OB-OLD-' || n FROM generate_series(1, :rows) AS n;
INSERT INTO shipment_line (number, line, batch, quantity) SELECT 'OLD-' || n, 1, 'B1', 1 FROM generate_series(1, :rows) AS n;
INSERT INTO stocktake (number, warehouse, counted_at)
SELECT 'OLD-' || n, 'WH1', now() - interval '1 day' FROM generate_series(1, :rows) AS n;
INSERT INTO stocktake_line (number, place, line, sku, virtual_warehouse, owner, quality, batch, location, counted, booked,
                            locks_lost)
SELECT 'OLD-' || n, 0, 1, 'OLD-' || n, 'MAIN', 'OWN', 'NORMAL', 'B1', 'A-1', 0, 0, 0 FROM generate_series(1, :rows) AS n;
INSERT INTO ledger (action, from_row, from_bucket, to_row, to_bucket, quantity, document_kind, document_number, document_line)
SELECT CASE WHEN n % 2 = 1 THEN 'INCREASE' ELSE 'DEDUCT' END,
       s.row_id, CASE WHEN n % 2 = 1 THEN 'EXTERNAL' ELSE 'AVAILABLE' END,
       s.row_id, CASE WHEN n % 2 = 1 THEN 'AVAILABLE' ELSE 'EXTERNAL' END,
       1, 'STOCKTAKE', 'OLD-' || n, 0
FROM generate_series(1, :rows) AS n JOIN shelf_stock s ON s.sku = 'OLD-' || (n + 1) / 2;
-- What may go now.
INSERT INTO stream_floor (stream, partition, side, sequence)
SELECT 'W>D:WH1', p, 'SENT', 10 FROM generate_series(0, :partitions - 1) AS p;
INSERT INTO stream_released (stream, partition, sequence) VALUES ('D>W:WH1', 0, :partitions);
-- What it was told after a backup was restored.
INSERT INTO told_line (kind, number, line, type, payload)
SELECT 'RECEIPT', 'OLD-' || n, 1, 'Old', '{}' FROM generate_series(1, :rows) AS n;
