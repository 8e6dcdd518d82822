-- The warehouse layer. Hot tables carry the stock partition of their SKU, so that they can be spread by it.

-- Master records: slow, edited by people with optimistic locking.
CREATE TABLE warehouse (
    code    text   PRIMARY KEY,
    name    text   NOT NULL,
    version bigint NOT NULL
);
CREATE TABLE location (
    warehouse text NOT NULL REFERENCES warehouse,
    code      text NOT NULL,
    kind      text NOT NULL CHECK (kind IN ('STORAGE', 'STAGING')),
    PRIMARY KEY (warehouse, code)
);
CREATE TABLE owner (
    code    text   PRIMARY KEY,
    name    text   NOT NULL,
    version bigint NOT NULL
);
CREATE TABLE sku (
    code            text    PRIMARY KEY,
    name            text    NOT NULL,
    units_per_case  integer NOT NULL CHECK (units_per_case >= 1),
    shelf_life_days integer CHECK (shelf_life_days >= 1),
    version         bigint  NOT NULL
);

-- Locked first by every posting, in key order: all stock of one SKU in one warehouse.
CREATE TABLE stock_head (
    warehouse text     NOT NULL,
    sku       text     NOT NULL,
    partition smallint NOT NULL,
    PRIMARY KEY (warehouse, sku, partition)
);

CREATE TABLE batch (
    warehouse   text        NOT NULL,
    sku         text        NOT NULL,
    owner       text        NOT NULL,
    batch       text        NOT NULL,
    partition   smallint    NOT NULL,
    expires_on  date,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (warehouse, sku, owner, batch, partition)
);
-- Batches of one SKU in all warehouses.
CREATE INDEX batch_sku ON batch (sku, warehouse);

-- The balances. The checks are the last wall: the domain refuses before.
CREATE TABLE shelf_stock (
    row_id            bigint   NOT NULL DEFAULT nextval('stock_row_id'),
    partition         smallint NOT NULL,
    warehouse         text     NOT NULL,
    sku               text     NOT NULL,
    virtual_warehouse text     NOT NULL,
    owner             text     NOT NULL,
    quality           text     NOT NULL CHECK (quality IN ('NORMAL', 'NEAR_EXPIRY', 'DEFECTIVE')),
    batch             text     NOT NULL,
    location          text     NOT NULL,
    available         bigint   NOT NULL DEFAULT 0 CHECK (available >= 0),
    locked            bigint   NOT NULL DEFAULT 0 CHECK (locked >= 0),
    unavailable       bigint   NOT NULL DEFAULT 0 CHECK (unavailable >= 0),
    PRIMARY KEY (row_id, partition),
    UNIQUE (warehouse, sku, virtual_warehouse, owner, quality, batch, location, partition)
) WITH (fillfactor = 80);
-- Stock and movements of one SKU in all warehouses.
CREATE INDEX shelf_stock_sku ON shelf_stock (sku, warehouse);
-- An audit of one warehouse.
CREATE INDEX shelf_stock_warehouse ON shelf_stock (warehouse, row_id);

-- Outbound orders as they were answered, and what became of their units (protocol, E3 and E4).
CREATE TABLE outbound (
    outbound          text        PRIMARY KEY,
    partition         smallint    NOT NULL,
    warehouse         text        NOT NULL,
    number            bigint      NOT NULL,
    order_number      text        NOT NULL,
    order_line        integer     NOT NULL,
    sku               text        NOT NULL,
    virtual_warehouse text        NOT NULL,
    owner             text        NOT NULL,
    quality           text        NOT NULL,
    quantity          bigint      NOT NULL CHECK (quantity > 0),
    address_reference text        NOT NULL,
    ship_region       text        NOT NULL,
    delivery_method   text        NOT NULL,
    trace_parent      text        NOT NULL,
    -- the dispatch layer's transaction that asked (protocol 11.8)
    asker_epoch       bigint      NOT NULL,
    asker_journal     bigint      NOT NULL,
    stored_at         timestamptz NOT NULL DEFAULT now(),
    answered_at       bigint      NOT NULL CHECK (answered_at >= 0),
    locked            bigint      NOT NULL CHECK (locked >= 0),
    shipped           bigint      NOT NULL CHECK (shipped >= 0),
    lost              bigint      NOT NULL CHECK (lost >= 0),
    released          bigint      NOT NULL CHECK (released >= 0),
    refused           bigint      NOT NULL CHECK (refused >= 0),
    CHECK (locked + shipped + lost + released + refused = quantity)
) WITH (fillfactor = 80);
COMMENT ON COLUMN outbound.answered_at IS
    'Last sequence of the warehouse''s stream in the SKU''s partition when the lock was decided';
CREATE INDEX outbound_list ON outbound (warehouse, number, outbound);
CREATE INDEX outbound_open ON outbound (warehouse, number, outbound) WHERE locked > 0;
CREATE INDEX outbound_unfilled ON outbound (warehouse, number, outbound) WHERE locked = 0 AND shipped = 0;
CREATE INDEX outbound_open_sku ON outbound (warehouse, sku) WHERE locked > 0;
CREATE INDEX outbound_order ON outbound (order_number);

-- Where the locked units of an outbound lie.
CREATE TABLE outbound_row (
    outbound  text     NOT NULL REFERENCES outbound,
    batch     text     NOT NULL,
    location  text     NOT NULL,
    partition smallint NOT NULL,
    staging   boolean  NOT NULL,
    quantity  bigint   NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (outbound, batch, location)
);

CREATE TABLE outbound_cancellation (
    outbound      text   NOT NULL,
    request       text   NOT NULL,
    asked         bigint NOT NULL CHECK (asked > 0),
    released      bigint NOT NULL CHECK (released BETWEEN 0 AND asked),
    asker_epoch   bigint NOT NULL,
    asker_journal bigint NOT NULL,
    PRIMARY KEY (outbound, request)
);

-- What each message takes from an outbound, so that its locks can be told as they were at any cut (protocol 8).
CREATE TABLE outbound_effect (
    stream    text     NOT NULL,
    partition smallint NOT NULL,
    sequence  bigint   NOT NULL,
    outbound  text     NOT NULL REFERENCES outbound,
    quantity  bigint   NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (stream, partition, sequence, outbound)
);
CREATE INDEX outbound_effect_outbound ON outbound_effect (outbound);

-- Rows of outbounds were purged up to here, and none is purged that is not finished everywhere (protocol 11.7).
CREATE TABLE outbound_low (
    warehouse text   PRIMARY KEY,
    low       bigint NOT NULL
);

-- Documents of the warehouse systems, as they were sent, with their results. Numbers are unique across partitions.
CREATE TABLE receipt (
    number      text        PRIMARY KEY,
    cause       text        NOT NULL,
    warehouse   text        NOT NULL,
    received_at timestamptz NOT NULL
);
CREATE TABLE receipt_line (
    number            text    NOT NULL REFERENCES receipt,
    place             integer NOT NULL,
    line              integer NOT NULL,
    sku               text    NOT NULL,
    virtual_warehouse text    NOT NULL,
    owner             text    NOT NULL,
    quality           text    NOT NULL,
    batch             text    NOT NULL,
    location          text    NOT NULL,
    expires_on        date,
    cases             bigint  NOT NULL,
    units             bigint  NOT NULL,
    bad_units         bigint  NOT NULL,
    good              bigint  NOT NULL,
    PRIMARY KEY (number, place)
);

-- The outbound of a pick or a shipment may be purged before it.
CREATE TABLE pick (
    number   text PRIMARY KEY,
    outbound text NOT NULL,
    staging  text NOT NULL
);
CREATE TABLE pick_line (
    number   text    NOT NULL REFERENCES pick,
    place    integer NOT NULL,
    location text    NOT NULL,
    batch    text    NOT NULL,
    asked    bigint  NOT NULL,
    found    bigint  NOT NULL,
    lost     bigint  NOT NULL,
    PRIMARY KEY (number, place)
);

CREATE TABLE shipment (
    number   text   PRIMARY KEY,
    outbound text   NOT NULL,
    asked    bigint
);
COMMENT ON COLUMN shipment.asked IS 'Null for all that was locked';
CREATE TABLE shipment_line (
    number   text    NOT NULL REFERENCES shipment,
    line     integer NOT NULL,
    batch    text    NOT NULL,
    quantity bigint  NOT NULL,
    PRIMARY KEY (number, line)
);

CREATE TABLE stocktake (
    number     text        PRIMARY KEY,
    warehouse  text        NOT NULL,
    counted_at timestamptz NOT NULL
);
CREATE TABLE stocktake_line (
    number            text    NOT NULL REFERENCES stocktake,
    place             integer NOT NULL,
    line              integer NOT NULL,
    sku               text    NOT NULL,
    virtual_warehouse text    NOT NULL,
    owner             text    NOT NULL,
    quality           text    NOT NULL,
    batch             text    NOT NULL,
    location          text    NOT NULL,
    counted           bigint  NOT NULL,
    booked            bigint  NOT NULL,
    locks_lost        bigint  NOT NULL,
    PRIMARY KEY (number, place)
);

-- What the runtime reads: movements, audits, and the book at a cut.
CREATE VIEW stock_balance AS
    SELECT s.row_id, b.bucket, b.quantity
    FROM shelf_stock s
    CROSS JOIN LATERAL (VALUES ('AVAILABLE', s.available), ('LOCKED', s.locked), ('UNAVAILABLE', s.unavailable))
        AS b (bucket, quantity);

CREATE VIEW stock_row AS
    SELECT row_id, concat_ws('/', warehouse, virtual_warehouse, owner, sku, batch, quality, location) AS key, sku
    FROM shelf_stock;

CREATE VIEW book_position AS
    SELECT warehouse AS scope, concat_ws('/', warehouse, virtual_warehouse, owner, quality, sku) AS key, sku,
           sum(available + locked + unavailable)::bigint AS quantity
    FROM shelf_stock
    GROUP BY warehouse, virtual_warehouse, owner, quality, sku;
