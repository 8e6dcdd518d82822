-- Results of reconciliations, with the cut that each scope was compared at (07-protocol, section 8).
CREATE TABLE reconciliation (
    run_id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number           text        NOT NULL UNIQUE,
    peer             text        NOT NULL,
    finished_at      timestamptz NOT NULL DEFAULT now(),
    keys             bigint      NOT NULL,
    difference_count bigint      NOT NULL
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

-- Until when the scheduled reconciliation has been run: whichever replica moves it runs the next one.
CREATE TABLE reconciliation_turn (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    until    timestamptz NOT NULL
);
