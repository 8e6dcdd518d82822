-- Closed months of the ledger: what it opened with after them, so that sums begin there and older months may be put away.

-- Balances at the first instant of a month: what all movements before it sum up to. One that is not there is 0.
CREATE TABLE ledger_opening (
    opens_at timestamptz NOT NULL,
    row_id   bigint      NOT NULL,
    bucket   text        NOT NULL,
    quantity bigint      NOT NULL,
    PRIMARY KEY (opens_at, row_id, bucket)
);

-- The closing of a month, which the opening of what follows it belongs to. It counts when it has been checked.
CREATE TABLE ledger_closing (
    month      date        PRIMARY KEY,
    opens_at   timestamptz NOT NULL UNIQUE,
    checked_at timestamptz
);
REVOKE INSERT, UPDATE, DELETE ON ledger_opening, ledger_closing FROM "${runtime-role}";

CREATE FUNCTION ledger_month_is_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % has been closed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Closes a month, given as 2026-10. For the owner. It waits for nobody but a posting that still writes into that month, and
-- nobody waits for it: it works through the stock rows in transactions of their own. Interrupted, it is called again. One
-- session does so at a time; one whose call has failed is at it until it calls again or ends.
CREATE PROCEDURE close_ledger_month(given text) LANGUAGE plpgsql AS $$
DECLARE
    this_month date := pg_catalog.to_date(given || '-01', 'YYYY-MM-DD');
    begins timestamptz := public.ledger_month_begins(this_month);
    ends timestamptz := public.ledger_month_begins((this_month + interval '1 month')::date);
    partition text := public.ledger_month_table(this_month);
    width constant integer := 10000;
    -- Of the session, since a transaction's lock would end with the first of many.
    turn constant bigint := pg_catalog.hashtextextended('close_ledger_month', 0);
    base timestamptz;
    first_row bigint := 0;
    last_row bigint;
    wrong text;
BEGIN
    IF EXISTS (SELECT FROM public.ledger_closing c WHERE c.month = this_month AND c.checked_at IS NOT NULL) THEN
        RAISE NOTICE 'Month % is closed', given;
        RETURN;
    END IF;
    -- A posting takes a minute at most; the hour is for clocks.
    IF now() < ends + interval '1 hour' THEN
        RAISE EXCEPTION 'Month % can be closed from % on', given, ends + interval '1 hour';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
                   WHERE i.inhparent = 'public.ledger'::regclass AND c.relname = partition) THEN
        RAISE EXCEPTION 'Month % is not part of the ledger', given;
    END IF;
    -- Months are named so that their names have their order.
    SELECT string_agg(c.relname, ', ' ORDER BY c.relname) INTO wrong
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.ledger'::regclass AND c.relname < partition
      AND NOT EXISTS (SELECT FROM public.ledger_closing l
                      WHERE public.ledger_month_table(l.month) = c.relname AND l.checked_at IS NOT NULL);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'Close the months before % first: %', given, wrong;
    END IF;

    IF NOT pg_catalog.pg_try_advisory_lock(turn) THEN
        RAISE EXCEPTION 'Another session is closing a month';
    END IF;
    -- What it has closed since the first look must not be begun again: an opening that was checked would be taken away.
    IF EXISTS (SELECT FROM public.ledger_closing c WHERE c.month = this_month AND c.checked_at IS NOT NULL) THEN
        RAISE NOTICE 'Month % is closed', given;
        PERFORM pg_catalog.pg_advisory_unlock(turn);
        RETURN;
    END IF;

    -- From here on nothing comes into the month any more.
    PERFORM pg_catalog.set_config('lock_timeout', '1s', true);
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger
                   WHERE tgrelid = ('public.' || partition)::regclass AND tgname = 'ledger_is_closed') THEN
        EXECUTE format('CREATE TRIGGER ledger_is_closed BEFORE INSERT ON public.%I
                        FOR EACH ROW EXECUTE FUNCTION public.ledger_month_is_closed()', partition);
    END IF;
    INSERT INTO public.ledger_closing (month, opens_at) VALUES (this_month, ends) ON CONFLICT DO NOTHING;
    DELETE FROM public.ledger_opening o WHERE o.opens_at = ends;
    COMMIT;

    SELECT max(c.opens_at) INTO base FROM public.ledger_closing c WHERE c.checked_at IS NOT NULL AND c.opens_at <= begins;
    SELECT greatest(
        (SELECT max(l.from_row) FROM public.ledger l WHERE l.moved_at >= begins AND l.moved_at < ends),
        (SELECT max(l.to_row) FROM public.ledger l WHERE l.moved_at >= begins AND l.moved_at < ends),
        (SELECT max(o.row_id) FROM public.ledger_opening o WHERE o.opens_at = base)) INTO last_row;
    WHILE first_row < last_row LOOP
        INSERT INTO public.ledger_opening (opens_at, row_id, bucket, quantity)
        SELECT ends, b.row_id, b.bucket, sum(b.quantity)
        FROM (SELECT o.row_id, o.bucket, o.quantity FROM public.ledger_opening o
              WHERE o.opens_at = base AND o.row_id > first_row AND o.row_id <= first_row + width
              UNION ALL
              SELECT l.from_row, l.from_bucket, -l.quantity FROM public.ledger l
              WHERE l.moved_at >= begins AND l.moved_at < ends AND l.from_row > first_row AND l.from_row <= first_row + width
              UNION ALL
              SELECT l.to_row, l.to_bucket, l.quantity FROM public.ledger l
              WHERE l.moved_at >= begins AND l.moved_at < ends AND l.to_row > first_row AND l.to_row <= first_row + width) b
        GROUP BY b.row_id, b.bucket HAVING sum(b.quantity) <> 0;
        first_row := first_row + width;
        COMMIT;
    END LOOP;

    -- Checked by another way: not row by row, but what each bucket has gained and lost in all.
    SELECT string_agg(t.bucket, ', ') INTO wrong
    FROM (SELECT b.bucket
          FROM (SELECT o.bucket, o.quantity FROM public.ledger_opening o WHERE o.opens_at = ends
                UNION ALL
                SELECT o.bucket, -o.quantity FROM public.ledger_opening o WHERE o.opens_at = base
                UNION ALL
                SELECT l.from_bucket, l.quantity FROM public.ledger l
                WHERE l.moved_at >= begins AND l.moved_at < ends AND l.from_row IS NOT NULL
                UNION ALL
                SELECT l.to_bucket, -l.quantity FROM public.ledger l
                WHERE l.moved_at >= begins AND l.moved_at < ends AND l.to_row IS NOT NULL) b
          GROUP BY b.bucket HAVING sum(b.quantity) <> 0) t;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'The opening after month % does not sum up: %. The month stays as it is', given, wrong;
    END IF;
    UPDATE public.ledger_closing c SET checked_at = now() WHERE c.month = this_month;
    COMMIT;

    -- The last opening but one stays: the last one can be checked again while its month is there.
    LOOP
        DELETE FROM public.ledger_opening WHERE ctid = ANY (ARRAY(
            SELECT o.ctid FROM public.ledger_opening o WHERE o.opens_at < base LIMIT 10000));
        EXIT WHEN NOT FOUND;
        COMMIT;
    END LOOP;
    PERFORM pg_catalog.pg_advisory_unlock(turn);
END
$$;

-- The command that takes a month out of the ledger, when it has been closed and checked. For the owner: psql runs it by
-- \gexec, outside of a transaction. A table of that name stays, with all that it says, until somebody drops it.
CREATE FUNCTION detach_ledger_month(given text) RETURNS text LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    this_month date := to_date(given || '-01', 'YYYY-MM-DD');
    partition text := public.ledger_month_table(this_month);
    begun boolean;
BEGIN
    SELECT i.inhdetachpending INTO begun FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.ledger'::regclass AND c.relname = partition;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Month % is not part of the ledger', given;
    END IF;
    IF NOT EXISTS (SELECT FROM public.ledger_closing l WHERE l.month = this_month AND l.checked_at IS NOT NULL) THEN
        RAISE EXCEPTION 'Month % is not closed', given;
    END IF;
    RETURN format('ALTER TABLE public.ledger DETACH PARTITION public.%I %s', partition,
        CASE WHEN begun THEN 'FINALIZE' ELSE 'CONCURRENTLY' END);
END
$$;

REVOKE ALL ON FUNCTION ledger_month_is_closed(), detach_ledger_month(text) FROM PUBLIC;
REVOKE ALL ON PROCEDURE close_ledger_month(text) FROM PUBLIC;
