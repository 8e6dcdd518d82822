-- What may be purged, and how far it was (07-protocol, section 11.7).

-- What the other side needs no longer, as it has told: its position, or that of the oldest backup it would restore.
CREATE TABLE stream_released (
    stream    text     NOT NULL,
    partition smallint NOT NULL,
    sequence  bigint   NOT NULL,
    PRIMARY KEY (stream, partition)
);

-- How far rows were purged. A position at a cut below it cannot be stated.
CREATE TABLE stream_floor (
    stream    text     NOT NULL,
    partition smallint NOT NULL,
    side      text     NOT NULL CHECK (side IN ('SENT', 'APPLIED')),
    sequence  bigint   NOT NULL,
    PRIMARY KEY (stream, partition, side)
);

-- The settlements after which no copy of their revocation is still to come, and those that wait to be known as such.
CREATE TABLE revocation_proof (
    partition smallint PRIMARY KEY,
    settled   bigint   NOT NULL DEFAULT 0,
    awaited   bigint   NOT NULL DEFAULT 0,
    head      bigint   NOT NULL DEFAULT 0
);
CREATE INDEX outbox_settlement ON outbox (business_key) WHERE type = 'RevocationSettled';

-- When a purge that left nothing out has last ended, per partition of the work, whichever replica did it.
CREATE TABLE purge_done (
    partition smallint    PRIMARY KEY,
    done_at   timestamptz NOT NULL
);

-- Backups that somebody would restore: no other side forgets what they would need.
CREATE TABLE backup (
    backup_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number        text        NOT NULL UNIQUE,
    registered_at timestamptz NOT NULL DEFAULT now(),
    registered_by text        NOT NULL,
    closed_at     timestamptz,
    closed_by     text
);
CREATE INDEX backup_open ON backup (backup_id) WHERE closed_at IS NULL;

CREATE TABLE backup_position (
    backup_id bigint   NOT NULL REFERENCES backup,
    stream    text     NOT NULL,
    partition smallint NOT NULL,
    sequence  bigint   NOT NULL,
    PRIMARY KEY (backup_id, stream, partition)
);
