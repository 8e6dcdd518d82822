-- A layer with one stock table, as small as one can be.
CREATE TABLE probe_stock (
    row_id    bigint PRIMARY KEY DEFAULT nextval('stock_row_id'),
    key       text   NOT NULL UNIQUE,
    sku       text   NOT NULL,
    sellable  bigint NOT NULL DEFAULT 0 CHECK (sellable >= 0),
    locked    bigint NOT NULL DEFAULT 0 CHECK (locked >= 0)
);
CREATE VIEW stock_row AS SELECT row_id, key, sku FROM probe_stock;
CREATE VIEW stock_balance AS
SELECT row_id, bucket, quantity
FROM probe_stock, LATERAL (VALUES ('SELLABLE', sellable), ('LOCKED', locked)) AS b (bucket, quantity);
CREATE VIEW probe_position AS SELECT '' AS scope, key, sku, sellable + locked AS quantity FROM probe_stock;
CREATE VIEW position_row AS SELECT row_id, key, sku FROM probe_stock;
