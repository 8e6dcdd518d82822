-- The dispatch layer. Hot tables carry the stock partition of their SKU, so that they can be spread by it.

-- Master data: slow, edited by people with optimistic locking.
CREATE TABLE region (
    code     text   PRIMARY KEY,
    name     text   NOT NULL,
    revision bigint NOT NULL
);
CREATE TABLE node (
    code      text    PRIMARY KEY,
    name      text    NOT NULL,
    kind      text    NOT NULL CHECK (kind IN ('OWN_WAREHOUSE', 'OWN_STORE', 'MERCHANT')),
    warehouse text    NOT NULL,
    regions   text[]  NOT NULL,
    priority  integer NOT NULL CHECK (priority >= 0),
    revision  bigint  NOT NULL
);
CREATE TABLE allotment_rule (
    code     text    PRIMARY KEY,
    kind     text    NOT NULL CHECK (kind IN ('RATIO', 'FIXED', 'SHARED')),
    priority integer NOT NULL,
    nodes    text[]  NOT NULL,
    skus     text[]  NOT NULL,
    revision bigint  NOT NULL
);
CREATE TABLE allotment_share (
    rule            text    NOT NULL REFERENCES allotment_rule,
    place           integer NOT NULL,
    channel         text    NOT NULL,
    delivery_method text    NOT NULL,
    ship_region     text    NOT NULL,
    weight          bigint  NOT NULL CHECK (weight >= 0),
    quantity        bigint  NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (rule, place)
);
CREATE TABLE sourcing_rule (
    code        text   PRIMARY KEY,
    ship_region text   NOT NULL,
    nodes       text[] NOT NULL,
    revision    bigint NOT NULL
);
-- Grows with every change of any of them. Its row lock puts edits in order.
CREATE TABLE rule_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint  NOT NULL
);
INSERT INTO rule_version (version) VALUES (1);

-- Locked first by every posting, in SKU order: all that dispatch knows of one SKU.
CREATE TABLE sku_head (
    sku            text        NOT NULL,
    partition      smallint    NOT NULL,
    -- since when it has free stock that nobody has placed yet; null when it has none
    unplaced_since timestamptz,
    -- whether it had a deficit or a short line when it was last saved, or recalled
    in_need        boolean     NOT NULL DEFAULT false,
    -- the rules that its promises were last brought in line with
    rules_version  bigint      NOT NULL DEFAULT 0,
    -- Two jobs, two waits: one that has to try again for days must not keep the other from its turn.
    recall_after   timestamptz NOT NULL DEFAULT '-infinity',
    align_after    timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (sku, partition)
) WITH (fillfactor = 80);
CREATE INDEX sku_head_unplaced ON sku_head (unplaced_since, sku) WHERE unplaced_since IS NOT NULL;
CREATE INDEX sku_head_in_need ON sku_head (recall_after, sku) WHERE in_need;
CREATE INDEX sku_head_rules ON sku_head (rules_version, sku);

-- The balances. The checks are the last wall: the domain refuses before.
CREATE TABLE cell_stock (
    row_id             bigint   NOT NULL DEFAULT nextval('stock_row_id'),
    partition          smallint NOT NULL,
    sku                text     NOT NULL,
    node               text     NOT NULL,
    virtual_warehouse  text     NOT NULL,
    owner              text     NOT NULL,
    quality            text     NOT NULL CHECK (quality IN ('NORMAL', 'NEAR_EXPIRY', 'DEFECTIVE')),
    free               bigint   NOT NULL DEFAULT 0 CHECK (free >= 0),
    allocated          bigint   NOT NULL DEFAULT 0 CHECK (allocated >= 0),
    transfer_locked    bigint   NOT NULL DEFAULT 0 CHECK (transfer_locked >= 0),
    held               bigint   NOT NULL DEFAULT 0 CHECK (held >= 0),
    unsellable         bigint   NOT NULL DEFAULT 0 CHECK (unsellable >= 0),
    deficit            bigint   NOT NULL DEFAULT 0 CHECK (deficit <= 0),
    -- since when more has been promised than there is, without a break; null when it is not
    deficit_since      timestamptz,
    unsellable_deficit bigint   NOT NULL DEFAULT 0 CHECK (unsellable_deficit <= 0),
    in_transit         bigint   NOT NULL DEFAULT 0 CHECK (in_transit >= 0),
    air                bigint   NOT NULL DEFAULT 0 CHECK (air >= 0),
    virtual            bigint   NOT NULL DEFAULT 0 CHECK (virtual >= 0),
    CHECK (free = 0 OR deficit = 0),
    CHECK (unsellable = 0 OR unsellable_deficit = 0),
    PRIMARY KEY (row_id, partition),
    UNIQUE (sku, node, virtual_warehouse, owner, quality, partition)
) WITH (fillfactor = 80);
CREATE INDEX cell_stock_node ON cell_stock (node, sku, virtual_warehouse, owner, quality);
-- An audit of one warehouse: of its nodes.
CREATE INDEX cell_stock_row ON cell_stock (node, row_id);
CREATE INDEX cell_stock_deficit ON cell_stock (sku) WHERE deficit < 0;

-- What of a cell's goods backs the promise to a channel key. Their quality is the cell's.
CREATE TABLE allotment (
    row_id            bigint   NOT NULL DEFAULT nextval('stock_row_id'),
    partition         smallint NOT NULL,
    sku               text     NOT NULL,
    node              text     NOT NULL,
    virtual_warehouse text     NOT NULL,
    owner             text     NOT NULL,
    quality           text     NOT NULL,
    channel           text     NOT NULL,
    delivery_method   text     NOT NULL,
    ship_region       text     NOT NULL,
    allotted          bigint   NOT NULL DEFAULT 0 CHECK (allotted >= 0),
    -- what one revision of a rule has granted here: ratios are kept over this sum
    tally_rule        text     NOT NULL DEFAULT '',
    tally_granted     bigint   NOT NULL DEFAULT 0 CHECK (tally_granted >= 0),
    PRIMARY KEY (row_id, partition),
    UNIQUE (sku, node, virtual_warehouse, owner, quality, channel, delivery_method, ship_region, partition)
) WITH (fillfactor = 80);
CREATE INDEX allotment_row ON allotment (node, row_id);

-- What warehouses refused and dispatch keeps back; the units are in held of the cell.
CREATE TABLE refusal (
    outbound          text     NOT NULL,
    warehouse         text     NOT NULL,
    partition         smallint NOT NULL,
    sku               text     NOT NULL,
    node              text     NOT NULL,
    virtual_warehouse text     NOT NULL,
    owner             text     NOT NULL,
    quality           text     NOT NULL,
    held              bigint   NOT NULL CHECK (held >= 0),
    at_sequence       bigint   NOT NULL CHECK (at_sequence >= 0),
    refused_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (outbound, partition)
);
CREATE INDEX refusal_open ON refusal (sku) WHERE held > 0;
CREATE INDEX refusal_over ON refusal (outbound) WHERE held = 0;
CREATE INDEX refusal_reason ON refusal (warehouse, partition, at_sequence) WHERE held > 0;

CREATE TABLE dispatch_order (
    order_number      text        PRIMARY KEY,
    rank              bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    ship_region       text        NOT NULL,
    delivery_method   text        NOT NULL,
    address_reference text        NOT NULL,
    trace_parent      text        NOT NULL,
    handed_over_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX dispatch_order_rank ON dispatch_order (rank);

-- A line handed over, as numbers (E5).
CREATE TABLE dispatch_line (
    order_number    text     NOT NULL,
    line            integer  NOT NULL,
    partition       smallint NOT NULL,
    rank            bigint   NOT NULL GENERATED ALWAYS AS IDENTITY,
    -- its order's, so that the orders that have something left to do are found in their order
    order_rank      bigint   NOT NULL,
    sku             text     NOT NULL,
    channel         text     NOT NULL,
    delivery_method text     NOT NULL,
    quality         text     NOT NULL,
    ship_region     text     NOT NULL,
    quantity        bigint   NOT NULL CHECK (quantity > 0),
    allocated       bigint   NOT NULL CHECK (allocated >= 0),
    shipped         bigint   NOT NULL CHECK (shipped >= 0),
    shortage        bigint   NOT NULL CHECK (shortage >= 0),
    -- since when some of it has been short, without a break; null when nothing is
    short_since     timestamptz,
    cancelled       bigint   NOT NULL CHECK (cancelled >= 0),
    -- what accepted cancels still ask for, and what warehouses have been asked to release
    open            bigint   NOT NULL CHECK (open >= 0),
    asked           bigint   NOT NULL CHECK (asked >= 0),
    CHECK (quantity = allocated + shipped + shortage + cancelled),
    CHECK (open <= allocated + shortage),
    PRIMARY KEY (order_number, line)
) WITH (fillfactor = 80);
-- By key, since free stock serves some keys and not others: the oldest line of each is found behind any number of others.
CREATE INDEX dispatch_line_short ON dispatch_line (sku, channel, delivery_method, quality, ship_region, rank)
    WHERE shortage > 0;
-- By an expression, so that it serves lists of all short lines and is never taken for a way to the oldest ones of a key: to
-- PostgreSQL these are as good as spread evenly, and it would read past all others.
CREATE INDEX dispatch_line_short_list ON dispatch_line ((rank + 0)) WHERE shortage > 0;
CREATE INDEX dispatch_line_short_order ON dispatch_line (order_rank) WHERE shortage > 0;
CREATE INDEX dispatch_line_open_order ON dispatch_line (order_rank) WHERE allocated + shortage > 0;
CREATE INDEX dispatch_line_release ON dispatch_line (rank) WHERE open > asked;

CREATE TABLE line_cancel (
    order_number text     NOT NULL,
    line         integer  NOT NULL,
    cancel       text     NOT NULL,
    partition    smallint NOT NULL,
    rank         bigint   NOT NULL GENERATED ALWAYS AS IDENTITY,
    accepted     bigint   NOT NULL CHECK (accepted >= 0),
    done         bigint   NOT NULL CHECK (done >= 0),
    refused      bigint   NOT NULL CHECK (refused >= 0),
    -- where sales' history was when it asked (protocol 11.8)
    asker_epoch   bigint  NOT NULL,
    asker_journal bigint  NOT NULL,
    accepted_at   timestamptz NOT NULL DEFAULT now(),
    CHECK (done + refused <= accepted),
    PRIMARY KEY (order_number, line, cancel)
);

-- What warehouses are asked to ship (E3).
CREATE TABLE outbound (
    outbound          text        PRIMARY KEY,
    partition         smallint    NOT NULL,
    rank              bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    warehouse         text        NOT NULL,
    number            bigint      NOT NULL,
    order_number      text        NOT NULL,
    order_line        integer     NOT NULL,
    sku               text        NOT NULL,
    node              text        NOT NULL,
    virtual_warehouse text        NOT NULL,
    owner             text        NOT NULL,
    quality           text        NOT NULL,
    quantity          bigint      NOT NULL CHECK (quantity > 0),
    state             text        NOT NULL CHECK (state IN ('REQUESTED', 'ANSWERED')),
    refused           bigint      NOT NULL DEFAULT 0 CHECK (refused >= 0),
    shipped           bigint      NOT NULL DEFAULT 0 CHECK (shipped >= 0),
    lost              bigint      NOT NULL DEFAULT 0 CHECK (lost >= 0),
    cancelled         bigint      NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
    barred            boolean     NOT NULL DEFAULT false,
    release           text,
    release_quantity  bigint,
    release_asked_at  timestamptz,
    -- where the warehouse's history was when it last answered (protocol 11.8)
    answerer_epoch    bigint,
    answerer_journal  bigint,
    retry_after       timestamptz NOT NULL DEFAULT '-infinity',
    requested_at      timestamptz NOT NULL DEFAULT now(),
    CHECK (refused + shipped + lost + cancelled <= quantity),
    CHECK ((release IS NULL) = (release_quantity IS NULL)),
    UNIQUE (warehouse, number)
) WITH (fillfactor = 80);
CREATE INDEX outbound_line ON outbound (order_number, order_line);
CREATE INDEX outbound_unanswered ON outbound (warehouse, rank) WHERE state = 'REQUESTED';
CREATE INDEX outbound_unreleased ON outbound (warehouse, rank) WHERE release IS NOT NULL;
CREATE INDEX outbound_unfinished ON outbound (warehouse, number)
    WHERE state = 'REQUESTED' OR release IS NOT NULL OR refused + shipped + lost + cancelled < quantity;
CREATE INDEX outbound_allocated ON outbound (sku, rank) WHERE refused + shipped + lost + cancelled < quantity;

-- The last outbound number of each warehouse. Its row lock makes numbers visible in order (protocol 11.7).
CREATE TABLE outbound_counter (
    warehouse text   PRIMARY KEY,
    number    bigint NOT NULL
);

CREATE TABLE revocation (
    revocation      text        PRIMARY KEY,
    -- the number of the person who asked for it; null when a job did
    document        text        UNIQUE,
    partition       smallint    NOT NULL,
    sku             text        NOT NULL,
    channel         text        NOT NULL,
    delivery_method text        NOT NULL,
    quality         text        NOT NULL,
    ship_region     text        NOT NULL,
    asked           bigint      NOT NULL CHECK (asked > 0),
    node            text        NOT NULL,
    taken           bigint      CHECK (taken BETWEEN 0 AND asked),
    sent_at         timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX revocation_pending ON revocation (sku) WHERE taken IS NULL;

CREATE TABLE hand_grant (
    document          text        PRIMARY KEY,
    grant_number      text        NOT NULL,
    partition         smallint    NOT NULL,
    sku               text        NOT NULL,
    node              text        NOT NULL,
    virtual_warehouse text        NOT NULL,
    owner             text        NOT NULL,
    quality           text        NOT NULL,
    channel           text        NOT NULL,
    delivery_method   text        NOT NULL,
    ship_region       text        NOT NULL,
    quantity          bigint      NOT NULL CHECK (quantity > 0),
    granted_at        timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX hand_grant_sku ON hand_grant (sku);

-- What the runtime reads: movements, audits, and positions at a cut.
CREATE VIEW stock_balance AS
    SELECT s.row_id, b.bucket, b.quantity
    FROM cell_stock s
    CROSS JOIN LATERAL (VALUES
        ('FREE', s.free), ('ALLOCATED', s.allocated), ('TRANSFER_LOCKED', s.transfer_locked), ('HELD', s.held),
        ('UNSELLABLE', s.unsellable), ('DEFICIT', s.deficit), ('UNSELLABLE_DEFICIT', s.unsellable_deficit),
        ('IN_TRANSIT', s.in_transit), ('AIR', s.air), ('VIRTUAL', s.virtual)) AS b (bucket, quantity)
    UNION ALL
    SELECT row_id, 'ALLOTTED', allotted FROM allotment;

CREATE VIEW stock_row AS
    SELECT row_id, concat_ws('/', node, virtual_warehouse, owner, quality, sku) AS key, sku FROM cell_stock
    UNION ALL
    SELECT row_id,
           concat_ws('/', node, virtual_warehouse, owner, quality, sku) || '>'
               || concat_ws('/', channel, delivery_method, quality, ship_region, sku),
           sku
    FROM allotment;

-- The stock rows behind a cell that is reconciled.
CREATE VIEW position_row AS
    SELECT row_id, sku, concat_ws('/', node, virtual_warehouse, owner, quality, sku) AS key FROM cell_stock
    UNION ALL
    SELECT row_id, sku, concat_ws('/', node, virtual_warehouse, owner, quality, sku) FROM allotment;

CREATE VIEW account_position AS
    SELECT '' AS scope, concat_ws('/', channel, delivery_method, quality, ship_region, sku) AS key, sku,
           sum(allotted)::bigint AS quantity
    FROM allotment
    GROUP BY channel, delivery_method, quality, ship_region, sku;

-- A node that nobody has described yet is its own warehouse.
CREATE VIEW book_position AS
    SELECT coalesce(n.warehouse, b.node) AS scope,
           concat_ws('/', b.node, b.virtual_warehouse, b.owner, b.quality, b.sku) AS key, b.sku,
           sum(b.quantity)::bigint AS quantity
    FROM (SELECT node, virtual_warehouse, owner, quality, sku,
                 free + allocated + transfer_locked + held + unsellable + deficit + unsellable_deficit AS quantity
          FROM cell_stock
          UNION ALL
          SELECT node, virtual_warehouse, owner, quality, sku, allotted FROM allotment) b
    LEFT JOIN node n ON n.code = b.node
    GROUP BY 1, 2, 3;
