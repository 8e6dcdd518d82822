-- A sales layer that has sold, cancelled and let expire for a long time; see KeptRows.
INSERT INTO stock (partition, channel, delivery_method, quality, ship_region, sku, pool)
SELECT n % :partitions, 'shop', 'EXPRESS', 'NORMAL', 'EAST', 'OLD-' || n, 'REGULAR' FROM generate_series(1, :rows) AS n;
INSERT INTO sales_order (number, order_id, partition, content_hash, state, deduction_mode, delivery_method, ship_region,
                         buyer, address_reference, trace_parent, placed_at, expires_at)
SELECT 'shop:OLD-' || n, -n, n % :partitions, n, (ARRAY['PAID', 'CANCELLED', 'EXPIRED'])[1 + n % 3], 'ORDER_TIME', 'EXPRESS',
       'EAST', 'buyer-' || n, 'address-' || n, '', now() - interval '1 day', now() - interval '1 hour'
FROM generate_series(1, :rows) AS n;
INSERT INTO order_line (order_id, line, partition, row_id, quantity, state, cancelled, reversed, hand_over)
SELECT o.order_id, 1, o.partition, s.row_id, 2, o.state, CASE WHEN o.state = 'PAID' THEN 0 ELSE 2 END,
       CASE WHEN o.state = 'PAID' THEN 1 ELSE 0 END,
       CASE WHEN o.state = 'PAID' THEN (-o.order_id + :partitions - 1) / :partitions END
FROM sales_order o JOIN stock s ON s.sku = 'OLD-' || -o.order_id;
INSERT INTO payment (document, order_number, refund, answered_at)
SELECT 'shop:OLD-' || n, 'shop:OLD-' || n, CASE WHEN n % 3 <> 0 THEN 'EXPIRED' END, now() - interval '1 day'
FROM generate_series(1, :rows) AS n;
INSERT INTO cancellation (document, order_number, reason_code, content_hash, recorded_at)
SELECT 'shop:OLD-' || n, 'shop:OLD-' || n, 'BUYER', n, now() - interval '1 day' FROM generate_series(1, :rows) AS n;
INSERT INTO cancellation_line (document, line, quantity, asked, done, refused, answer_epoch, answer_journal)
SELECT 'shop:OLD-' || n, 1, 1, 1, 1, 0, 1, n FROM generate_series(1, :rows) AS n;
INSERT INTO ledger (action, from_row, from_bucket, to_row, to_bucket, quantity, document_kind, document_number, document_line)
SELECT CASE WHEN n % 2 = 1 THEN 'INCREASE' ELSE 'DEDUCT' END,
       s.row_id, CASE WHEN n % 2 = 1 THEN 'EXTERNAL' ELSE 'SELLABLE' END,
       s.row_id, CASE WHEN n % 2 = 1 THEN 'SELLABLE' ELSE 'EXTERNAL' END,
       1, CASE WHEN n % 2 = 1 THEN 'STOCK_GRANT' ELSE 'STOCK_REVOCATION' END, 'OLD-' || n, 0
FROM generate_series(1, :rows) AS n JOIN stock s ON s.sku = 'OLD-' || (n + 1) / 2;
