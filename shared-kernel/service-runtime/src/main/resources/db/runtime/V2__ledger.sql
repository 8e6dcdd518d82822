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
-- By time, and by number: movements are written nearly in the order of both, so that a few pages' summary finds either, and costs a
-- posting next to nothing. Pages are summed up as soon as the next ones are written, not only when autovacuum comes by.
CREATE INDEX ledger_time ON ledger USING brin (moved_at, movement_id) WITH (pages_per_range = 16, autosummarize = on);

-- What has been written stays: in the ledger, in each of its months, and in a month that has been detached.
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER ledger_rows_stay BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_is_kept BEFORE TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger FROM "${runtime-role}";

CREATE FUNCTION ledger_month_table(month date) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT 'ledger_' || to_char(month, 'YYYY_MM')
$$;
-- Months are those of UTC, whatever the session's time zone.
CREATE FUNCTION ledger_month_begins(month date) RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT date_trunc('month', month::timestamp) AT TIME ZONE 'UTC'
$$;

-- Makes the partition of a month apart, and attaches it when it is whole. CREATE TABLE ... PARTITION OF would lock out every
-- reader and every posting, and wait for them; this waits for neither, and neither for it.
CREATE FUNCTION make_ledger_month(month date) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    partition text := public.ledger_month_table(month);
BEGIN
    EXECUTE format('CREATE TABLE public.%I (LIKE public.ledger INCLUDING ALL)', partition);
    -- Months have no rights of their own, so that they are reached through the ledger only.
    IF current_user <> '${runtime-role}' THEN
        EXECUTE format('REVOKE ALL ON public.%I FROM "${runtime-role}"', partition);
    END IF;
    -- The ledger's own triggers for statements do not hear of one that names a month.
    EXECUTE format('CREATE TRIGGER ledger_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_is_append_only()', partition);
    EXECUTE format('ALTER TABLE public.ledger ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', partition,
        public.ledger_month_begins(month), public.ledger_month_begins((month + interval '1 month')::date));
END
$$;

CREATE FUNCTION has_ledger_month(month date) RETURNS boolean LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                   WHERE inhparent = 'public.ledger'::regclass AND relname = public.ledger_month_table(month))
$$;

-- Makes the months that are missing, of the present one and so many ahead; answers how many. The runtime role may call it,
-- the owner's rights make the tables. Whoever finds one missing while another session is at it waits for that one, a second at
-- most: what is missing then is not passed over in silence.
CREATE FUNCTION ensure_ledger_partitions(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
    month date := date_trunc('month', now() AT TIME ZONE 'UTC')::date;
    made integer := 0;
BEGIN
    -- A posting looks at all months there are when its statements are planned.
    IF ahead IS NULL OR ahead NOT BETWEEN 0 AND 24 THEN
        RAISE EXCEPTION 'Months ahead are 0 to 24, not %', ahead USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR i IN 0..ahead LOOP
        IF NOT public.has_ledger_month(month) THEN
            PERFORM pg_advisory_xact_lock(hashtextextended('ensure_ledger_partitions', 0));
            IF NOT public.has_ledger_month(month) THEN
                PERFORM public.make_ledger_month(month);
                made := made + 1;
            END IF;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END
$$;
SELECT ensure_ledger_partitions(6);

-- Functions are everybody's unless that is said.
REVOKE ALL ON FUNCTION ledger_is_append_only(), ledger_month_table(date), ledger_month_begins(date), has_ledger_month(date),
    make_ledger_month(date), ensure_ledger_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_ledger_partitions(integer) TO "${runtime-role}";
