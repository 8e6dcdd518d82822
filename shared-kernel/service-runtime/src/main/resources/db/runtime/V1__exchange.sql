-- What every layer needs to exchange numbered messages (07-protocol, section 2). The owner role runs this; the runtime
-- role may read and write rows, never change tables.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${runtime-role}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO "${runtime-role}";

-- The history this database belongs to (11.8): a restore begins the next one.
CREATE TABLE installation (
    only_row     boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch        bigint      NOT NULL,
    -- what has never been done has been owed since then
    installed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO installation (epoch) VALUES (1);

-- Every transaction that another layer may come to know of takes a number here. A table and not a sequence: a sequence
-- may come back from a backup further ahead than the transactions it has counted.
CREATE TABLE journal (
    number     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    written_at timestamptz NOT NULL DEFAULT now()
);

CREATE SEQUENCE document_number;

-- Last number given per outgoing stream partition. The row lock orders the numbers by commit.
CREATE TABLE stream_head (
    stream    text     NOT NULL,
    partition smallint NOT NULL,
    sequence  bigint   NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    PRIMARY KEY (stream, partition)
);

-- Messages are sent as of the epoch that is when they are: what a repair has left here still holds in the next one.
CREATE TABLE outbox (
    stream            text        NOT NULL,
    partition         smallint    NOT NULL,
    sequence          bigint      NOT NULL,
    carrier           text        NOT NULL,
    journal           bigint      NOT NULL,
    type              text        NOT NULL,
    business_key      text        NOT NULL,
    subject           text        NOT NULL,
    payload           text        NOT NULL,
    effect_keys       text[]      NOT NULL,
    effect_quantities bigint[]    NOT NULL,
    trace_parent      text        NOT NULL,
    written_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream, partition, sequence)
);

-- How far a carrier has brought a stream partition, in order.
CREATE TABLE stream_carried (
    stream    text     NOT NULL,
    partition smallint NOT NULL,
    carrier   text     NOT NULL,
    sequence  bigint   NOT NULL DEFAULT 0,
    PRIMARY KEY (stream, partition, carrier)
);

-- The first number of those carried that the receiver lacked when it last told, since when that is so, and how often all from
-- there has been carried again. What waits in a queue moves on; what does not, a broker has lost.
CREATE TABLE stream_awaited (
    stream    text        NOT NULL,
    partition smallint    NOT NULL,
    carrier   text        NOT NULL,
    sequence  bigint      NOT NULL,
    since     timestamptz NOT NULL DEFAULT now(),
    again     integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (stream, partition, carrier)
);

-- When each receiver has last told what has arrived.
CREATE TABLE peer_told (
    peer    text        PRIMARY KEY,
    told_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE inbox (
    stream            text        NOT NULL,
    partition         smallint    NOT NULL,
    sequence          bigint      NOT NULL,
    epoch             bigint      NOT NULL,
    journal           bigint      NOT NULL,
    type              text        NOT NULL,
    -- null when the business key had been applied before under another number
    business_key      text,
    effect_keys       text[]      NOT NULL,
    effect_quantities bigint[]    NOT NULL,
    applied_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream, partition, sequence)
);
CREATE UNIQUE INDEX inbox_business_key ON inbox (business_key, type, stream) WHERE business_key IS NOT NULL;

-- Which numbers have been applied, 0 among them, as ranges: as many as there are gaps, however much lies behind a gap.
-- Moved forward from time to time; the truth beyond it is the inbox. Everything up to contiguous has been applied.
CREATE TABLE stream_mark (
    stream     text           NOT NULL,
    partition  smallint       NOT NULL,
    applied    int8multirange NOT NULL CHECK (applied @> 0::bigint),
    contiguous bigint         NOT NULL GENERATED ALWAYS AS (lower('{[0,)}'::int8multirange - applied) - 1) STORED,
    PRIMARY KEY (stream, partition)
);
CREATE INDEX stream_mark_gap ON stream_mark (stream, partition) WHERE upper(applied) - 1 > contiguous;

-- Messages that could not be applied. Never dropped: a person replays or closes them.
CREATE TABLE parked_message (
    parked_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue      text        NOT NULL,
    message_id text        NOT NULL,
    type       text        NOT NULL,
    stream     text,
    partition  smallint,
    sequence   bigint,
    properties text        NOT NULL,
    payload    bytea       NOT NULL,
    reason     text        NOT NULL,
    -- the kind of reason: what was parked for one of them may be replayed together
    reason_code text       NOT NULL,
    state      text        NOT NULL DEFAULT 'PARKED' CHECK (state IN ('PARKED', 'REPLAYED', 'CLOSED')),
    parked_at  timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    settled_by text
);
-- The same message is kept once. An id alone says little: whoever guesses it may not keep what truly has it from being shown.
CREATE UNIQUE INDEX parked_message_once ON parked_message (queue, message_id, stream, partition, sequence) NULLS NOT DISTINCT
    WHERE state = 'PARKED';
-- Lists of one state, and above all of those that wait, behind any number of others.
CREATE INDEX parked_message_state ON parked_message (state, parked_id);

-- Which replica does the work of a partition until when, by the database's clock.
CREATE TABLE lease (
    name      text        NOT NULL,
    partition smallint    NOT NULL,
    owner     text        NOT NULL DEFAULT '',
    until     timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (name, partition)
);
-- The replicas that do a work, or would if they could.
CREATE TABLE replica (
    work          text        NOT NULL,
    owner         text        NOT NULL,
    seen_at       timestamptz NOT NULL DEFAULT now(),
    -- since when it cannot do the work, and why; null when it can
    failing_since timestamptz,
    failure       text,
    PRIMARY KEY (work, owner)
);

-- Subjects that a work could not be done for, set aside until they are tried again. Gone when they have been done, or are due
-- no more.
CREATE TABLE stuck_work (
    work        text        NOT NULL,
    subject     text        NOT NULL,
    reason      text        NOT NULL,
    since       timestamptz NOT NULL DEFAULT now(),
    tries       integer     NOT NULL DEFAULT 1,
    retry_after timestamptz NOT NULL,
    -- when somebody has last found it due, to within half of the longest time that it is left alone
    due_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (work, subject)
);
-- All rows may be of one work. Those that look for another's must not be planned as if they would find them all.
ALTER TABLE stuck_work ALTER COLUMN work SET (n_distinct = 100);
