package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.RowsRead;
import org.tierstock.warehouse.domain.StockHead;

/** Receipts and locks of a SKU wait for each other. */
class PostgresStockRowsTest {
    private final RowsRead statements = new RowsRead();
    private final Database database = new PostgresAdapters().counting(statements, RowsRead.Plans.CUSTOM);

    @Test
    void goods_are_locked_and_read_in_one_round_trip() {
        new PostgresStockRows(database, new Ledger(database))
                .lock(List.of(new StockHead("WH1", new Sku("COLA")), new StockHead("WH1", new Sku("PHONE"))));

        assertThat(statements.executions()).hasSize(1);
    }
}
