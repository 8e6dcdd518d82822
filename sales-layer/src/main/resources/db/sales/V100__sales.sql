-- The sales layer: stock per key, orders, payments, cancellations, channels.

-- One row per stock key, created once and never deleted. Balances change in place (HOT: no index holds them), so the pages
-- keep room for the next version of a row.
CREATE TABLE stock (
    row_id          bigint   PRIMARY KEY DEFAULT nextval('stock_row_id'),
    partition       smallint NOT NULL,
    channel         text     NOT NULL COLLATE "C",
    delivery_method text     NOT NULL COLLATE "C",
    quality         text     NOT NULL COLLATE "C",
    ship_region     text     NOT NULL COLLATE "C",
    sku             text     NOT NULL COLLATE "C",
    pool            text     NOT NULL COLLATE "C",
    sellable        bigint   NOT NULL DEFAULT 0 CHECK (sellable >= 0),
    locked          bigint   NOT NULL DEFAULT 0 CHECK (locked >= 0),
    sold            bigint   NOT NULL DEFAULT 0 CHECK (sold >= 0),
    held            bigint   NOT NULL DEFAULT 0 CHECK (held >= 0),
    UNIQUE (sku, channel, delivery_method, quality, ship_region, pool)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- Lists of a stock source.
CREATE INDEX stock_channel ON stock (channel, row_id);

-- Replicas take the ids of orders in blocks: an id costs no round trip.
CREATE SEQUENCE order_id INCREMENT BY 1000;

CREATE TABLE sales_order (
    -- channel:channelOrderNumber, the key that makes placing idempotent
    number            text        PRIMARY KEY COLLATE "C",
    order_id          bigint      NOT NULL,
    partition         smallint    NOT NULL,
    content_hash      bigint      NOT NULL,
    state             text        NOT NULL,
    deduction_mode    text        NOT NULL,
    delivery_method   text        NOT NULL,
    ship_region       text        NOT NULL,
    buyer             text        NOT NULL,
    address_reference text        NOT NULL,
    trace_parent      text        NOT NULL,
    placed_at         timestamptz NOT NULL,
    expires_at        timestamptz,
    CHECK (state IN ('PLACED', 'PAID', 'CANCELLED', 'EXPIRED', 'REFUND'))
) WITH (fillfactor = 85);
-- What the expiry job looks for, and nothing else.
CREATE INDEX sales_order_due ON sales_order (expires_at) WHERE state = 'PLACED' AND expires_at IS NOT NULL;
-- Lists of a state. A number begins with its channel, so these are by channel too. Placing an order pays for the first alone,
-- which compares nothing but numbers.
CREATE INDEX sales_order_placed ON sales_order (number) WHERE state = 'PLACED';
CREATE INDEX sales_order_state ON sales_order (state, number) WHERE state <> 'PLACED';

CREATE TABLE order_line (
    order_id       bigint   NOT NULL,
    line           integer  NOT NULL,
    partition      smallint NOT NULL,
    row_id         bigint   NOT NULL,
    quantity       bigint   NOT NULL CHECK (quantity > 0),
    state          text     NOT NULL,
    cancelled      bigint   NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
    reversed       bigint   NOT NULL DEFAULT 0 CHECK (reversed >= 0),
    pending_cancel bigint   NOT NULL DEFAULT 0 CHECK (pending_cancel >= 0),
    -- number of its hand-over in S>D and the line's partition: acknowledged when the carrier has brought it
    hand_over      bigint,
    PRIMARY KEY (order_id, line),
    CHECK (cancelled + reversed + pending_cancel <= quantity),
    -- A line that is handed over is stored as PAID: HANDED is read from the carrier's progress.
    CHECK (state IN ('PLACED', 'PAID', 'CANCELLED', 'EXPIRED', 'REFUND')),
    CHECK ((state = 'PAID') = (hand_over IS NOT NULL))
) WITH (fillfactor = 85);

CREATE TABLE payment (
    -- channel:paymentNumber
    document     text        PRIMARY KEY COLLATE "C",
    order_number text        NOT NULL,
    -- why the money goes back; null when the order is paid by it
    refund       text,
    answered_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE cancellation (
    -- channel:cancellationNumber
    document     text        PRIMARY KEY COLLATE "C",
    order_number text        NOT NULL,
    reason_code  text        NOT NULL,
    content_hash bigint      NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE cancellation_line (
    document       text    NOT NULL COLLATE "C",
    line           integer NOT NULL,
    quantity       bigint  NOT NULL CHECK (quantity > 0),
    asked          bigint  NOT NULL CHECK (asked BETWEEN 0 AND quantity),
    done           bigint  NOT NULL CHECK (done >= 0),
    refused        bigint  NOT NULL CHECK (refused >= 0),
    asked_at       timestamptz NOT NULL DEFAULT now(),
    -- where the history of dispatch was when it answered
    answer_epoch   bigint,
    answer_journal bigint,
    PRIMARY KEY (document, line),
    CHECK (done + refused <= quantity),
    CHECK ((answer_epoch IS NULL) = (answer_journal IS NULL))
);
-- What dispatch is still to be asked, the oldest first.
CREATE INDEX cancellation_line_unanswered ON cancellation_line (asked_at, document, line)
    WHERE asked > 0 AND answer_epoch IS NULL;

CREATE TABLE channel (
    code            text   PRIMARY KEY COLLATE "C",
    name            text   NOT NULL,
    stock_source    text   NOT NULL,
    deduction_mode  text   NOT NULL CHECK (deduction_mode IN ('ORDER_TIME', 'PRE_HOLD', 'PAYMENT_TIME')),
    hold_seconds    bigint NOT NULL CHECK (hold_seconds >= 0),
    delivery_method text   NOT NULL,
    ship_region     text   NOT NULL,
    version         bigint NOT NULL
);

-- What the runtime audits against the ledger.
CREATE VIEW stock_balance AS
SELECT row_id, bucket, quantity
FROM stock CROSS JOIN LATERAL (VALUES ('SELLABLE', sellable), ('LOCKED', locked), ('SOLD', sold), ('HELD', held))
     AS balance (bucket, quantity);

CREATE VIEW stock_row AS
SELECT row_id, concat_ws('/', channel, delivery_method, quality, ship_region, sku, pool) AS key, sku
FROM stock;

-- The stock rows behind a key that is reconciled.
CREATE VIEW position_row AS
SELECT row_id, sku, concat_ws('/', channel, delivery_method, quality, ship_region, sku) AS key FROM stock;

-- What dispatch has promised and sales still holds (07-protocol, section 1: open): SELLABLE and LOCKED but of presales,
-- HELD of all pools.
CREATE VIEW open_position AS
SELECT '' AS scope,
       concat_ws('/', channel, delivery_method, quality, ship_region, sku) AS key,
       sku,
       sum(CASE WHEN starts_with(pool, 'PRESALE') THEN 0 ELSE sellable + locked END + held)::bigint AS quantity
FROM stock
GROUP BY channel, delivery_method, quality, ship_region, sku;

-- Beside hand-overs, which go by call and pay nothing for it, few messages go by the broker: those that it has not taken are
-- found however many orders were handed over meanwhile.
CREATE INDEX outbox_by_broker ON outbox (stream, partition, sequence) WHERE carrier = 'BROKER';
