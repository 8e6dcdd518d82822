package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.Progress;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.RowsRead;

class OutboxRelayTest {
    private static final int KEPT = 20_000;
    private static final Set<Integer> PARTITIONS = Set.of(0, 1, 2);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final RowsRead rowsRead = new RowsRead();
    private final List<String> carried = new ArrayList<>();

    private final Carrier carrier = new Carrier() {
        @Override
        public String name() {
            return BROKER;
        }

        @Override
        public Set<StreamPosition> carry(List<OutboxRow> rows) {
            rows.forEach(row -> carried.add(
                    row.position().partition() + "/" + row.position().sequence()));
            rows.forEach(row -> epochs.add(row.epoch()));
            return missing;
        }
    };

    private final List<Long> epochs = new ArrayList<>();
    private Set<StreamPosition> missing = Set.of();

    @ParameterizedTest
    @EnumSource
    void what_is_kept_is_not_read_when_new_messages_are_carried(RowsRead.Plans plans) {
        Database database = new Database(embedded.dataSource(rowsRead, plans, ""));
        written(database, 1, KEPT);
        database.update("""
                INSERT INTO stream_carried SELECT stream, partition, 'BROKER', sequence FROM stream_head
                """, Database.Binder.NOTHING);
        new Database(embedded.ownerDataSource()).update("VACUUM ANALYZE outbox", Database.Binder.NOTHING);
        written(database, KEPT + 1, KEPT + 2);
        rowsRead.clear();

        assertThat(new OutboxRelay(database, null).step(carrier, PARTITIONS)).isEqualTo(Progress.DONE);

        assertThat(carried).containsExactly("0/20001", "0/20002", "1/20001", "1/20002", "2/20001", "2/20002");
        assertThat(rowsRead.above(20, 5)).isEmpty();
    }

    @Test
    void a_long_backlog_of_one_partition_leaves_room_for_the_others() {
        Database database = new Database(embedded.dataSource());
        written(database, 1, 2 * OutboxRelay.BATCH);
        carried(database, 0, 0);
        carried(database, 1, 2 * OutboxRelay.BATCH - 1);
        carried(database, 2, 2 * OutboxRelay.BATCH - 2);

        assertThat(new OutboxRelay(database, null).step(carrier, PARTITIONS)).isEqualTo(Progress.MORE);

        assertThat(carried)
                .hasSize(OutboxRelay.BATCH)
                .startsWith("0/1", "0/2")
                .endsWith("0/497", "1/1000", "2/999", "2/1000");
        assertThat(carried(database)).containsExactly(497L, 1_000L, 1_000L);
    }

    @Test
    void a_message_that_has_not_arrived_holds_up_its_own_partition_only_and_is_carried_again() {
        Database database = new Database(embedded.dataSource());
        OutboxRelay relay = new OutboxRelay(database, null);
        written(database, 1, 3);
        missing = Set.of(new StreamPosition("S>D", 1, 2));

        assertThat(relay.step(carrier, PARTITIONS)).isEqualTo(Progress.DONE);
        assertThat(carried(database)).containsExactly(3L, 1L, 3L);

        carried.clear();
        missing = Set.of();
        assertThat(relay.step(carrier, PARTITIONS)).isEqualTo(Progress.DONE);
        assertThat(carried).containsExactly("1/2", "1/3");
        assertThat(carried(database)).containsExactly(3L, 3L, 3L);
    }

    @Test
    void what_was_written_before_a_repair_is_carried_as_of_the_epoch_after_it() {
        Database database = new Database(embedded.dataSource());
        OutboxRelay relay = new OutboxRelay(database, null);
        written(database, 1, 1);
        relay.step(carrier, PARTITIONS);
        written(database, 2, 2);
        database.update("UPDATE installation SET epoch = 7", Database.Binder.NOTHING);
        relay.step(carrier, PARTITIONS);

        assertThat(epochs).containsExactly(1L, 1L, 1L, 7L, 7L, 7L);
    }

    private static void carried(Database database, int partition, long sequence) {
        database.update(
                "INSERT INTO stream_carried VALUES ('S>D', ?, 'BROKER', ?)",
                p -> p.integer(1, partition).number(2, sequence));
    }

    private static List<Long> carried(Database database) {
        return database.query(
                "SELECT sequence FROM stream_carried ORDER BY partition",
                Database.Binder.NOTHING,
                row -> row.getLong(1));
    }

    private static void written(Database database, int from, int to) {
        database.update("""
                INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject,
                                    payload, effect_keys, effect_quantities, trace_parent)
                SELECT 'S>D', p, n, 'BROKER', n, 'RevocationSettled', p || '-' || n, 'KETTLE', '{}', '{}', '{}', ''
                FROM generate_series(?, ?) AS n, generate_series(0, 2) AS p
                """, p -> p.integer(1, from).integer(2, to));
        database.update("""
                INSERT INTO stream_head SELECT 'S>D', p, ? FROM generate_series(0, 2) AS p
                ON CONFLICT (stream, partition) DO UPDATE SET sequence = excluded.sequence
                """, p -> p.integer(1, to));
    }
}
