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
