-- Differences that people have decided to book away (对账调整单, S123).
CREATE TABLE reconciliation_adjustment (
    adjustment_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number         text        NOT NULL UNIQUE,
    reconciliation text        NOT NULL,
    scope          text        NOT NULL,
    key            text        NOT NULL,
    here           bigint      NOT NULL,
    there          bigint      NOT NULL CHECK (there <> here),
    cause          text        NOT NULL CHECK (cause IN ('MESSAGE_GIVEN_UP', 'RESTORED', 'TAMPERED', 'DEFECT')),
    note           text        NOT NULL,
    -- those of the ledger that were the last ones of the key's stock rows when it was proposed: another last one since, and the
    -- key has moved
    last_movements bigint[]    NOT NULL DEFAULT '{}',
    state          text        NOT NULL DEFAULT 'PROPOSED' CHECK (state IN ('PROPOSED', 'BOOKED', 'REJECTED')),
    proposed_at    timestamptz NOT NULL DEFAULT now(),
    proposed_by    text        NOT NULL,
    decided_at     timestamptz,
    decided_by     text        CHECK (decided_by <> proposed_by OR state = 'REJECTED')
);
CREATE UNIQUE INDEX reconciliation_adjustment_open ON reconciliation_adjustment (scope, key) WHERE state = 'PROPOSED';
CREATE INDEX reconciliation_adjustment_state ON reconciliation_adjustment (state, adjustment_id);

-- Differences from the reconciliation that finds them first to the one that no longer does.
CREATE TABLE open_difference (
    scope         text        NOT NULL COLLATE "C",
    key           text        NOT NULL COLLATE "C",
    here          bigint      NOT NULL,
    there         bigint      NOT NULL,
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    first_seen_in text        NOT NULL,
    last_seen_at  timestamptz NOT NULL DEFAULT now(),
    last_seen_in  text        NOT NULL,
    PRIMARY KEY (scope, key)
);
-- Whether a key differs is asked for each message that was given up.
CREATE INDEX open_difference_key ON open_difference (key);
CREATE INDEX open_difference_age ON open_difference (first_seen_at, scope, key);

-- Those that were open when a day began (每天对账).
CREATE TABLE difference_report (
    day        date        PRIMARY KEY,
    made_at    timestamptz NOT NULL DEFAULT now(),
    open_count bigint      NOT NULL
);
CREATE TABLE difference_report_line (
    day           date        NOT NULL REFERENCES difference_report ON DELETE CASCADE,
    scope         text        NOT NULL,
    key           text        NOT NULL,
    here          bigint      NOT NULL,
    there         bigint      NOT NULL,
    first_seen_at timestamptz NOT NULL,
    first_seen_in text        NOT NULL,
    last_seen_at  timestamptz NOT NULL,
    last_seen_in  text        NOT NULL,
    PRIMARY KEY (day, scope, key)
);
