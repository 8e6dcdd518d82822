package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.OutboxRelay;
import org.tierstock.runtime.exchange.OutboxRow;
import org.tierstock.runtime.inspect.Streams;
import org.tierstock.runtime.inspect.StreamsOverview;
import org.tierstock.runtime.obligations.ExchangeObligations;
import org.tierstock.runtime.obligations.ObligationWatch;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.Progress;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;

/** Hand-overs go by call and settlements by the broker, in one stream: neither hides what waits of the other, or makes it dear. */
class UnsentRowsTest {
    private static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toSet());
    private static final StreamPosition SETTLEMENT = new StreamPosition("S>D", 0, 1);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");
    private final RowsRead rowsRead = new RowsRead();

    /** A broker that takes nothing. */
    private static final class AwayBroker implements Carrier {
        private final List<StreamPosition> offered = new ArrayList<>();

        @Override
        public String name() {
            return BROKER;
        }

        @Override
        public Set<StreamPosition> carry(List<OutboxRow> rows) {
            rows.forEach(row -> offered.add(row.position()));
            return Set.copyOf(offered);
        }
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_settlement_that_the_broker_does_not_take_is_found_without_reading_all_orders_handed_over_since(
            RowsRead.Plans plans) {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("S>D"), List.of("D>S"));
        oneSettlementBeforeAllHandOvers();
        owner("UPDATE stream_carried SET sequence = 0 WHERE carrier = 'BROKER'");
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        AwayBroker broker = new AwayBroker();

        assertThat(new OutboxRelay(database, null).step(broker, ALL_PARTITIONS)).isEqualTo(Progress.NONE);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new ObligationWatch(database, List.of(new ExchangeObligations()), meters).look();
        StreamsOverview overview = new Streams(database).overview();

        assertThat(broker.offered).containsExactly(SETTLEMENT);
        assertThat(unsent(meters)).isOne();
        assertThat(overview.outgoing())
                .extracting(StreamsOverview.Outgoing::unsent)
                .containsOnlyOnce(1L)
                .contains(0L);
        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
    }

    @Test
    void what_one_carrier_has_never_passed_is_unsent_though_the_other_has_passed_everything() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("S>D"), List.of("D>S"));
        oneSettlementBeforeAllHandOvers();
        owner("DELETE FROM stream_carried WHERE carrier = 'BROKER'");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();

        new ObligationWatch(new Database(embedded.dataSource()), List.of(new ExchangeObligations()), meters).look();

        assertThat(unsent(meters)).isOne();
    }

    @Test
    void counts_end_where_nobody_needs_them_any_more_and_say_so() {
        owner("INSERT INTO stream_head VALUES ('S>D', 0, 10001), ('S>D', 1, 10000)"
                + " ON CONFLICT (stream, partition) DO UPDATE SET sequence = excluded.sequence");
        owner("INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload,"
                + " effect_keys, effect_quantities, trace_parent)"
                + " SELECT 'S>D', p, n, 'CALL', n, 'X', p || '-' || n, 'X', '{}', '{}', '{}', ''"
                + " FROM unnest(ARRAY[0, 1]) AS p, generate_series(1, 10001 - p) AS n");
        owner("INSERT INTO parked_message (queue, message_id, type, properties, payload, reason, reason_code)"
                + " SELECT 'q', n, 'X', '{}', '', 'why', 'WHY' FROM generate_series(1, 10001) AS n");

        StreamsOverview overview = new Streams(new Database(embedded.dataSource())).overview();

        assertThat(overview.outgoing())
                .containsExactly(
                        new StreamsOverview.Outgoing("S>D", 0, 10_001, 10_000, true),
                        new StreamsOverview.Outgoing("S>D", 1, 10_000, 10_000, false));
        assertThat(overview.parked()).isEqualTo(10_000);
        assertThat(overview.moreParked()).isTrue();
    }

    private void oneSettlementBeforeAllHandOvers() {
        owner("UPDATE outbox SET carrier = 'BROKER' WHERE stream = 'S>D' AND partition = 0 AND sequence = 1");
        owner("VACUUM ANALYZE outbox");
    }

    private static double unsent(SimpleMeterRegistry meters) {
        return meters.get("tierstock.obligation.open")
                .tag("kind", "UNSENT")
                .gauge()
                .value();
    }

    private void owner(String sql) {
        new Database(embedded.ownerDataSource()).update(sql, Database.Binder.NOTHING);
    }
}
