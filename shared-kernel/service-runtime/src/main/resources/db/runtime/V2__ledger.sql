-- The ledger: one row a movement, append-only, partitioned by month so that cost stays flat as it grows.
-- A row id names a stock row of the layer (its tables share the sequence stock_row_id); null stands for EXTERNAL.
CREATE SEQUENCE stock_row_id;
-- Without a cache: numbers are drawn while the stock row is locked, so those of one row are in the order of its movements.
CREATE SEQUENCE ledger_movement_id;

CREATE TABLE ledger (
    movement_id      bigint      NOT NULL DEFAULT nextval('ledger_movement_id'),
    moved_at         timestamptz NOT NULL DEFAULT now(),
    action           text        NOT NULL,
    from_row         bigint,
    from_bucket      text        NOT NULL,
    to_row           bigint,
    to_bucket        text        NOT NULL,
    quantity         bigint      NOT NULL CHECK (quantity > 0),
    document_kind    text        NOT NULL,
    document_number  text        NOT NULL,
    document_line    integer     NOT NULL,
    stream           text,
    partition        smallint,
    sequence         bigint
) PARTITION BY RANGE (moved_at);

-- Most movements stay within one row, so most have one entry in these two together.
CREATE INDEX ledger_from ON ledger (from_row, movement_id) WHERE from_row IS NOT NULL;
CREATE INDEX ledger_to ON ledger (to_row, movement_id) WHERE to_row IS DISTINCT FROM from_row AND to_row IS NOT NULL;
CREATE INDEX ledger_document ON ledger (document_number, movement_id);
CREATE INDEX ledger_time ON ledger USING brin (moved_at);

CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER ledger_rows_stay BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_is_kept BEFORE TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger FROM "${runtime-role}";

-- Makes the partitions of this month and the next two. The runtime role may call it, the owner's rights make the tables;
-- partitions get no rights of their own, so that they are reached through the ledger only.
CREATE FUNCTION ensure_ledger_partitions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    month date := date_trunc('month', now() AT TIME ZONE 'UTC')::date;
BEGIN
    FOR i IN 0..2 LOOP
        IF to_regclass(format('ledger_%s', to_char(month, 'YYYY_MM'))) IS NULL THEN
            EXECUTE format('CREATE TABLE ledger_%s PARTITION OF ledger FOR VALUES FROM (%L) TO (%L)',
                to_char(month, 'YYYY_MM'), month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
            EXECUTE format('REVOKE ALL ON ledger_%s FROM "${runtime-role}"', to_char(month, 'YYYY_MM'));
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
END
$$;
SELECT ensure_ledger_partitions();
