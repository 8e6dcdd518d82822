-- What every layer keeps; see KeptRows.
INSERT INTO journal (written_at) SELECT now() - interval '1 day' FROM generate_series(1, :rows);
INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload, effect_keys,
                    effect_quantities, trace_parent, written_at)
SELECT s, n % :partitions, (n + :partitions - 1) / :partitions,
       CASE s WHEN 'S>D' THEN 'CALL' ELSE 'BROKER' END, n, 'Old', 'OLD-' || n, 'OLD-' || n % 1000, '{}',
       ARRAY['OLD-' || n % 1000], ARRAY[1::bigint], '', now() - interval '1 day'
FROM unnest(:sent) AS s, generate_series(1, :rows) AS n;
INSERT INTO stream_head (stream, partition, sequence)
SELECT s, p, :rows / :partitions FROM unnest(:sent) AS s, generate_series(0, :partitions - 1) AS p;
INSERT INTO stream_carried (stream, partition, carrier, sequence)
SELECT s, p, c, :rows / :partitions
FROM unnest(:sent) AS s, generate_series(0, :partitions - 1) AS p, unnest(ARRAY['BROKER', 'CALL']) AS c;
INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, business_key, payload, effect_keys, effect_quantities,
                   applied_at)
SELECT s, n % :partitions, (n + :partitions - 1) / :partitions, 1, n, 'Old', 'OLD-' || n, '{}', ARRAY['OLD-' || n % 1000],
       ARRAY[1::bigint], now() - interval '1 day'
FROM unnest(:applied) AS s, generate_series(1, :rows) AS n;
INSERT INTO stream_mark (stream, partition, applied)
SELECT s, p, int8multirange(int8range(0, :rows / :partitions, '[]'))
FROM unnest(:applied) AS s, generate_series(0, :partitions - 1) AS p;
INSERT INTO parked_message (queue, message_id, type, stream, partition, sequence, properties, payload, reason, reason_code, state,
                            parked_at, settled_at, settled_by, given_up, document, effect_keys)
SELECT 'old', n, 'Old', 'OLD', n % :partitions, n, '{}', '', 'old', 'DOES_NOT_FIT', 'CLOSED', now() - interval '2 days',
       now() - interval '1 day', 'somebody', true, 'OLD-' || n, ARRAY['OLD-' || n % 1000]
FROM generate_series(1, :rows) AS n;
INSERT INTO stuck_work (work, subject, reason, retry_after)
SELECT 'old', 'OLD-' || n, 'old', now() + interval '1 day' FROM generate_series(1, :rows) AS n;
INSERT INTO change (subject, trace_id, kind, code, version, after)
SELECT 'somebody', '', 'OLD', 'OLD-' || n % 1000, n / 1000 + 1, '{}' FROM generate_series(1, :rows) AS n;
-- Checks of everything, of which the first ones differed in many places and the last ones in none.
INSERT INTO check_run (number, kind, state, asked_by, asked_at, finished_at)
SELECT k || '-OLD-' || n, k, 'DONE', 'somebody', now() - interval '1 day', now() - interval '1 day'
FROM generate_series(1, :rows) AS n, unnest(ARRAY['AUDIT', 'RECONCILIATION']) AS k ORDER BY n;
INSERT INTO audit (number, snapshots) SELECT 'AUDIT-OLD-' || n, 1 FROM generate_series(1, :rows) AS n;
INSERT INTO audit_difference (number, place, key, bucket, balance, ledger)
SELECT 'AUDIT-OLD-1', n, 'OLD-' || n, 'OLD', 1, 2 FROM generate_series(1, :rows) AS n;
INSERT INTO reconciliation (number, peer, difference_count)
SELECT 'RECONCILIATION-OLD-' || n, 'old', CASE n WHEN 1 THEN :rows ELSE 0 END FROM generate_series(1, :rows) AS n;
INSERT INTO reconciliation_cut (number, scope, stream, partition, contiguous, beyond_count)
SELECT 'RECONCILIATION-OLD-1', 'OLD-' || n, 'OLD', n % :partitions, 1, 0 FROM generate_series(1, :rows) AS n;
INSERT INTO reconciliation_difference (number, scope, key, here, there)
SELECT 'RECONCILIATION-OLD-1', 'OLD-' || n, 'OLD-' || n, 1, 2 FROM generate_series(1, :rows) AS n;
INSERT INTO reconciliation_document (number, place, key, type, document, stream, partition, sequence, at, given_up)
SELECT 'RECONCILIATION-OLD-1', n, 'OLD-' || n, 'Old', 'OLD-' || n, 'OLD', n % :partitions, n, now() - interval '1 day', false
FROM generate_series(1, :rows) AS n;
INSERT INTO reconciliation_adjustment (number, reconciliation, scope, key, here, there, cause, note, state, proposed_by,
                                       decided_at, decided_by)
SELECT 'OLD-' || n, 'RECONCILIATION-OLD-1', 'OLD-' || n, 'OLD-' || n, 1, 2, 'DEFECT', 'old', 'BOOKED', 'somebody',
       now() - interval '1 day', 'another'
FROM generate_series(1, :rows) AS n;
INSERT INTO difference_report (day, made_at, open_count)
SELECT current_date - n, now() - interval '1 day', :rows FROM generate_series(1, 300) AS n;
INSERT INTO difference_report_line (day, scope, key, here, there, first_seen_at, first_seen_in, last_seen_at, last_seen_in)
SELECT current_date - 1 - n % 300, 'OLD-' || n, 'OLD-' || n, 1, 2, now() - interval '2 days', 'RECONCILIATION-OLD-1',
       now() - interval '2 days', 'RECONCILIATION-OLD-1'
FROM generate_series(1, :rows) AS n;
INSERT INTO backup (number, registered_at, registered_by, closed_at, closed_by)
SELECT 'OLD-' || n, now() - interval '2 days', 'somebody', now() - interval '1 day', 'somebody' FROM generate_series(1, 60) AS n;
INSERT INTO backup_position (backup_id, stream, partition, sequence)
SELECT backup_id, 'OLD-' || n, n % :partitions, 1 FROM backup, generate_series(1, :rows / 60 + 1) AS n;
INSERT INTO ledger_closing (month, opens_at, checked_at)
SELECT m, m + interval '1 month', m + interval '1 month'
FROM generate_series(date_trunc('month', now()) - interval '60 months', now() - interval '1 month', interval '1 month') AS m;
INSERT INTO ledger_opening (opens_at, row_id, bucket, quantity)
SELECT c.opens_at, -n, 'OLD', 0 FROM ledger_closing c, generate_series(1, :rows / 60 + 1) AS n;
