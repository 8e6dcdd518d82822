-- Audits and reconciliations, as they are begun and end. Whoever works on one says so every few seconds.
CREATE TABLE check_run (
    run_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number      text        NOT NULL UNIQUE,
    kind        text        NOT NULL CHECK (kind IN ('AUDIT', 'RECONCILIATION')),
    state       text        NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'DONE', 'FAILED')),
    -- what it compares; null for all
    warehouse   text,
    sku         text,
    asked_by    text        NOT NULL,
    asked_at    timestamptz NOT NULL DEFAULT now(),
    seen_at     timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    compared    bigint      NOT NULL DEFAULT 0,
    failure     text,
    CHECK ((state = 'RUNNING') = (finished_at IS NULL))
);
-- One of a kind at a time.
CREATE UNIQUE INDEX check_run_running ON check_run (kind) WHERE state = 'RUNNING';
CREATE INDEX check_run_list ON check_run (kind, run_id);
CREATE INDEX check_run_finished ON check_run (finished_at);

-- Results of audits (S113).
CREATE TABLE audit (
    number    text    PRIMARY KEY REFERENCES check_run (number),
    snapshots integer NOT NULL
);

CREATE TABLE audit_difference (
    number  text    NOT NULL REFERENCES audit (number),
    place   integer NOT NULL,
    key     text    NOT NULL,
    bucket  text    NOT NULL,
    balance bigint  NOT NULL,
    ledger  bigint  NOT NULL,
    PRIMARY KEY (number, place)
);
CREATE INDEX audit_difference_key ON audit_difference (key, bucket);

-- Results of reconciliations, with the cut at which each scope was compared that has a difference (07-protocol, section 8).
CREATE TABLE reconciliation (
    number           text   PRIMARY KEY REFERENCES check_run (number),
    peer             text   NOT NULL,
    difference_count bigint NOT NULL
);

CREATE TABLE reconciliation_cut (
    number       text     NOT NULL REFERENCES reconciliation (number),
    scope        text     NOT NULL,
    stream       text     NOT NULL,
    partition    smallint NOT NULL,
    contiguous   bigint   NOT NULL,
    beyond_count bigint   NOT NULL,
    PRIMARY KEY (number, scope, stream, partition)
);

CREATE TABLE reconciliation_difference (
    number text   NOT NULL REFERENCES reconciliation (number),
    scope  text   NOT NULL,
    key    text   NOT NULL,
    here   bigint NOT NULL,
    there  bigint NOT NULL,
    PRIMARY KEY (number, scope, key)
);

-- The documents around the differences, by key, those to be looked at first in front. Found once: that reads every message.
CREATE TABLE reconciliation_document (
    number    text        NOT NULL REFERENCES reconciliation (number),
    place     bigint      NOT NULL,
    key       text        NOT NULL,
    type      text        NOT NULL,
    -- null when the business key had been applied before under another number
    document  text,
    stream    text        NOT NULL,
    partition smallint    NOT NULL,
    sequence  bigint      NOT NULL,
    at        timestamptz NOT NULL,
    given_up  boolean     NOT NULL,
    PRIMARY KEY (number, place)
);
