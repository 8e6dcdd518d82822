-- The tables of the naive transaction, beside the sales layer's own in the same database.
CREATE TABLE naive_stock (
    sku      text   PRIMARY KEY,
    sellable bigint NOT NULL CHECK (sellable >= 0),
    locked   bigint NOT NULL DEFAULT 0 CHECK (locked >= 0)
);

CREATE TABLE naive_order (
    order_number text        PRIMARY KEY,
    placed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE naive_order_line (
    order_number text     NOT NULL,
    line         integer  NOT NULL,
    sku          text     NOT NULL,
    quantity     bigint   NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_number, line)
);

-- What this machine can do at best with one commit a row.
CREATE TABLE one_row (
    row_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document   text   NOT NULL,
    sku        text   NOT NULL,
    quantity   bigint NOT NULL
);
