package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.StockKey;

class PostgresOutboundsTest {
    private static final int OTHERS = 1_000;

    private final PostgresAdapters adapters = new PostgresAdapters();
    private final Database database = adapters.database();

    @Test
    void the_outbounds_of_a_place_are_found_without_reading_all_open_ones_even_if_there_were_none_at_the_last_vacuum() {
        outbounds(1, OTHERS, "PHONE", 0);
        adapters.owner().update("VACUUM ANALYZE outbound", Database.Binder.NOTHING);
        adapters.owner().update("VACUUM ANALYZE outbound_row", Database.Binder.NOTHING);
        outbounds(OTHERS + 1, 2 * OTHERS, "PHONE", 1);
        outbounds(2 * OTHERS + 1, 2 * OTHERS + 3, "COLA", 1);

        adapters.transactions().inTransaction(() -> {
            assertThat(adapters.outbounds()
                            .holding(List.of(
                                    new StockKey("WH1", "MAIN", "OWN", new Sku("COLA"), "B1", Quality.NORMAL, "A-1"))))
                    .extracting(Outbound::locked)
                    .containsExactly(1L, 1L, 1L);
            assertThat(rowsRead()).isLessThan(OTHERS / 10);
        });
    }

    private void outbounds(int from, int to, String sku, int locked) {
        database.update(
                """
                INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku,
                                      virtual_warehouse, owner, quality, quantity, address_reference, ship_region,
                                      delivery_method, trace_parent, asker_epoch, asker_journal, answered_at, locked,
                                      shipped, lost, released, refused)
                SELECT 'OB' || n, 0, 'WH1', n, 'web:' || n, 1, ?, 'MAIN', 'OWN', 'NORMAL', 1, 'A', 'EAST', 'COURIER', '',
                       1, 1, 0, ?, 1 - ?, 0, 0, 0
                FROM generate_series(?, ?) AS n
                """,
                p -> p.text(1, sku)
                        .integer(2, locked)
                        .integer(3, locked)
                        .integer(4, from)
                        .integer(5, to));
        database.update("""
                INSERT INTO outbound_row
                SELECT outbound, 'B1', 'A-1', partition, false, locked FROM outbound
                WHERE locked > 0 AND number BETWEEN ? AND ?
                """, p -> p.integer(1, from).integer(2, to));
    }

    /** Rows of outbound that this transaction has read. */
    private long rowsRead() {
        return database.query(
                        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'outbound'",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1))
                .getFirst();
    }
}
