-- A dispatch layer that has shipped, cancelled and taken back for a long time; see KeptRows.
INSERT INTO sku_head (sku, partition, rules_version)
SELECT 'OLD-' || n, n % :partitions, 1000000 FROM generate_series(0, :rows - 1) AS n;
INSERT INTO cell_stock (partition, sku, node, virtual_warehouse, owner, quality)
SELECT n % :partitions, 'OLD-' || n, 'OLD', 'MAIN', 'OWN', 'NORMAL' FROM generate_series(0, :rows - 1) AS n;
INSERT INTO allotment (partition, sku, node, virtual_warehouse, owner, quality, channel, delivery_method, ship_region)
SELECT n % :partitions, 'OLD-' || n, 'OLD', 'MAIN', 'OWN', 'NORMAL', 'WEB', 'EXPRESS', 'OLD' FROM generate_series(0, :rows - 1) AS n;
INSERT INTO dispatch_order (order_number, ship_region, delivery_method, address_reference, trace_parent, handed_over_at)
SELECT 'OLD:' || n, 'OLD', 'EXPRESS', 'address-' || n, '', now() - interval '1 day' FROM generate_series(1, :rows) AS n;
INSERT INTO dispatch_line (order_number, line, partition, order_rank, sku, channel, delivery_method, quality, ship_region, quantity,
                           allocated, shipped, shortage, cancelled, open, asked)
SELECT order_number, 1, rank % :partitions, rank, 'OLD-' || rank % :rows, 'WEB', 'EXPRESS', 'NORMAL', 'OLD', 2, 0, 1, 0, 1, 0, 0
FROM dispatch_order ORDER BY rank;
INSERT INTO line_cancel (order_number, line, cancel, partition, accepted, done, refused, asker_epoch, asker_journal)
SELECT 'OLD:' || n, 1, 'C' || n, n % :partitions, 1, 1, 0, 1, n FROM generate_series(1, :rows) AS n;
INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku, node, virtual_warehouse, owner,
                      quality, quantity, state, shipped, cancelled, answerer_epoch, answerer_journal, requested_at)
SELECT 'OB-OLD-' || w || n, n % :partitions, w, n, 'OLD:' || n, 1, 'OLD-' || n % :rows, w, 'MAIN', 'OWN', 'NORMAL', 2,
       'ANSWERED', 1, 1, 1, n, now() - interval '1 day'
FROM unnest(ARRAY['A', 'OLD']) AS w, generate_series(1, :rows) AS n;
INSERT INTO outbound_counter (warehouse, number) VALUES ('A', :rows), ('OLD', :rows);
INSERT INTO refusal (outbound, warehouse, partition, sku, node, virtual_warehouse, owner, quality, held, at_sequence)
SELECT 'OB-OLD-A' || n, 'A', n % :partitions, 'OLD-' || n % :rows, 'A', 'MAIN', 'OWN', 'NORMAL', 0, 1
FROM generate_series(1, :rows) AS n;
INSERT INTO revocation (revocation, document, partition, sku, channel, delivery_method, quality, ship_region, asked, node, taken,
                        sent_at)
SELECT 'RV-OLD-' || n, CASE WHEN n % 2 = 0 THEN 'OLD-' || n END, n % :partitions, 'OLD-' || n % :rows, 'WEB', 'EXPRESS', 'NORMAL',
       'OLD', 1, 'OLD', 1, now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO hand_grant (document, grant_number, partition, sku, node, virtual_warehouse, owner, quality, channel,
                        delivery_method, ship_region, quantity, granted_at)
SELECT 'OLD-' || n, 'OLD-' || n, n % :partitions, 'OLD-' || n % :rows, 'OLD', 'MAIN', 'OWN', 'NORMAL', 'WEB', 'EXPRESS', 'OLD', 1,
       now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO ledger (action, from_row, from_bucket, to_row, to_bucket, quantity, document_kind, document_number, document_line)
SELECT CASE WHEN n % 2 = 1 THEN 'INCREASE' ELSE 'DEDUCT' END,
       c.row_id, CASE WHEN n % 2 = 1 THEN 'EXTERNAL' ELSE 'FREE' END,
       c.row_id, CASE WHEN n % 2 = 1 THEN 'FREE' ELSE 'EXTERNAL' END,
       1, 'STOCKTAKE', 'OLD-' || n, 0
FROM generate_series(1, :rows) AS n JOIN cell_stock c ON c.sku = 'OLD-' || (n / 2) % :rows;
