-- What a layer keeps for the day on which it, or a peer, is set back to a backup (protocol 11.8).

-- Who sends a stream, and who applies it.
CREATE FUNCTION sender_of(stream text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE left(stream, 1) WHEN 'S' THEN 'sales' WHEN 'D' THEN 'dispatch' ELSE 'warehouse' END;
CREATE FUNCTION receiver_of(stream text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE left(stream, 1) WHEN 'D' THEN 'sales' ELSE 'dispatch' END;

-- The message itself: a sender that has lost it reads it back from here.
ALTER TABLE inbox ADD COLUMN payload text NOT NULL DEFAULT '';

-- The epoch that a peer has begun by a repair. What comes from an older one has no effect any more, and from a later one none
-- yet.
CREATE TABLE peer_epoch (
    peer  text   PRIMARY KEY,
    epoch bigint NOT NULL
);

-- When what a peer lacked was last carried again since it had started, and how often that was asked for again so soon.
CREATE TABLE peer_met (
    peer             text        PRIMARY KEY,
    carried_again_at timestamptz NOT NULL DEFAULT now(),
    again            integer     NOT NULL DEFAULT 0
);

-- The highest transaction number of a peer among the rows that a purge has taken away.
CREATE TABLE peer_seen_before (
    peer    text   NOT NULL,
    epoch   bigint NOT NULL,
    journal bigint NOT NULL,
    PRIMARY KEY (peer, epoch)
);
CREATE FUNCTION remember_purged_inbox() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.peer_seen_before (peer, epoch, journal)
    SELECT public.sender_of(stream), epoch, max(journal) FROM gone GROUP BY 1, 2
    ON CONFLICT (peer, epoch) DO UPDATE SET journal = greatest(peer_seen_before.journal, excluded.journal);
    RETURN NULL;
END $$;
CREATE TRIGGER remember_purged AFTER DELETE ON inbox REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION remember_purged_inbox();
REVOKE ALL ON FUNCTION sender_of(text), receiver_of(text), remember_purged_inbox() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sender_of(text), receiver_of(text) TO "${runtime-role}";

-- A time at which this database was found set back, and how far its repair has come.
CREATE TABLE restoration (
    number      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state       text        NOT NULL CHECK (state IN ('DETECTED', 'EPOCH_BEGUN', 'REBUILT', 'CLOSED')),
    reason      text        NOT NULL,
    epoch       bigint      NOT NULL,
    detected_at timestamptz NOT NULL DEFAULT now(),
    closed_at   timestamptz,
    closed_by   text
);
CREATE UNIQUE INDEX restoration_open ON restoration ((true)) WHERE state <> 'CLOSED';

-- Which line of history this server writes: another one after every failover. Empty where a server does not say.
CREATE FUNCTION database_line() RETURNS text LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN left(pg_walfile_name(pg_current_wal_lsn()), 8);
EXCEPTION WHEN OTHERS THEN
    RETURN '';
END $$;
REVOKE ALL ON FUNCTION database_line() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION database_line() TO "${runtime-role}";

-- Replicas that have compared what they have seen committed with this database, and on which line. One that is open does so
-- every second, and counts: as long as it counts on, nothing that it knows of has been lost here.
CREATE TABLE open_replica (
    owner   uuid        PRIMARY KEY,
    epoch   bigint      NOT NULL,
    line    text        NOT NULL,
    beats   bigint      NOT NULL DEFAULT 0,
    seen_at timestamptz NOT NULL DEFAULT now()
);

-- The last numbers that the database knew of when it was found.
CREATE TABLE restoration_head (
    number    bigint   NOT NULL REFERENCES restoration,
    stream    text     NOT NULL,
    partition smallint NOT NULL,
    sequence  bigint   NOT NULL,
    PRIMARY KEY (number, stream, partition)
);
