package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.dispatch.adapter.out.postgres.DispatchObligations;
import org.tierstock.runtime.obligations.ExchangeObligations;
import org.tierstock.runtime.obligations.Obligation;
import org.tierstock.runtime.obligations.ObligationWatch;
import org.tierstock.runtime.obligations.Obligations;
import org.tierstock.runtime.purge.PurgeObligations;
import org.tierstock.runtime.reconcile.CheckObligations;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.sales.adapter.out.postgres.SalesObligations;
import org.tierstock.testing.EmbeddedDatabase;

/** Whatever a layer owes is seen. */
class ObligationsTest {
    private static final Path PROTOCOL = Path.of("../../docs/protocol.md");

    /** What shows each row of the protocol's table of crash points. */
    private static final Map<String, String> SHOWN_BY = Map.of(
            "payment, before the hand-over call or its answer", "UNSENT",
            "dispatch allocated, before or during LockStock", "LOCK_UNANSWERED",
            "LockStock refused, before re-sourcing", "LINE_SHORT",
            "cancel asked, no answer", "CANCEL_UNANSWERED",
            "cancel accepted, outbounds not cancelled", "CANCEL_OPEN",
            "loss applied, before revoking", "DEFICIT",
            "refusal kept back", "REFUSAL_HELD",
            "any movement, before publishing", "UNSENT",
            "the broker took a message and lost it", "AWAITED",
            // there are no presales yet
            "presale grant or close", "");

    /** What was done last is owed again at once. */
    private static final Set<Owed> ALWAYS = Set.of(Owed.LAST_AUDIT, Owed.LAST_PURGE, Owed.LAST_RECONCILIATION);

    private enum Layer {
        SALES("sales", new SalesObligations()),
        DISPATCH("dispatch", new DispatchObligations());

        private final String code;
        private final Obligations own;

        Layer(String code, Obligations own) {
            this.code = code;
            this.own = own;
        }

        List<Obligations> all() {
            return List.of(own, new ExchangeObligations(), new CheckObligations(true), new PurgeObligations("5m"));
        }
    }

    /** A row for each kind, an hour old where it says so. */
    private enum Owed {
        ORDER_OVERDUE(Layer.SALES, """
                INSERT INTO sales_order (number, order_id, partition, content_hash, state, deduction_mode, delivery_method,
                    ship_region, buyer, address_reference, trace_parent, placed_at, expires_at)
                VALUES ('web:1', 1, 0, 0, 'PLACED', 'PAY', 'POST', 'EAST', '', '', '', now(), now() - interval '1 hour')
                """),
        CANCEL_UNANSWERED(Layer.SALES, """
                INSERT INTO cancellation (document, order_number, reason_code, content_hash, recorded_at)
                VALUES ('web:C1', 'web:1', 'X', 0, now() - interval '1 hour');
                INSERT INTO cancellation_line (document, line, quantity, asked, done, refused, asked_at)
                VALUES ('web:C1', 1, 1, 1, 0, 0, now() - interval '1 hour')
                """),
        UNSENT(Layer.SALES, """
                INSERT INTO stream_head (stream, partition, sequence) VALUES ('S>D', 0, 1)
                    ON CONFLICT (stream, partition) DO UPDATE SET sequence = 1;
                INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject,
                    payload, effect_keys, effect_quantities, trace_parent, written_at)
                VALUES ('S>D', 0, 1, 'CALL', 1, 'X', 'X', 'X', '{}', '{}', '{}', '', now() - interval '1 hour')
                """),
        AWAITED(Layer.SALES, """
                INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject,
                    payload, effect_keys, effect_quantities, trace_parent, written_at)
                VALUES ('S>D', 0, 1, 'CALL', 1, 'X', 'X', 'X', '{}', '{}', '{}', '', now() - interval '1 hour');
                INSERT INTO stream_awaited (stream, partition, carrier, sequence) VALUES ('S>D', 0, 'CALL', 1)
                """),
        LAST_TOLD(Layer.SALES, """
                INSERT INTO stream_carried (stream, partition, carrier, sequence) VALUES ('S>D', 0, 'CALL', 1);
                INSERT INTO peer_told (peer, told_at) VALUES ('dispatch', now() - interval '1 hour')
                """),
        PARKED(Layer.SALES, """
                INSERT INTO parked_message (queue, message_id, type, properties, payload, reason, reason_code, parked_at)
                VALUES ('q', '1', 'X', '{}', '', 'why', 'WHY', now() - interval '1 hour')
                """),
        GAP(Layer.SALES, """
                INSERT INTO stream_mark (stream, partition, applied) VALUES ('D>S', 1, '{[0,2),[3,5)}'), ('D>S', 2, '{[0,9)}');
                INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, payload, effect_keys, effect_quantities,
                    applied_at)
                VALUES ('D>S', 1, 3, 1, 1, 'X', '{}', '{}', '{}', now() - interval '1 hour'),
                       ('D>S', 1, 4, 1, 1, 'X', '{}', '{}', '{}', now()), ('D>S', 2, 8, 1, 1, 'X', '{}', '{}', '{}', now())
                """),
        BACKUP_OPEN(Layer.SALES, """
                INSERT INTO backup (number, registered_by, registered_at) VALUES ('1', 'x', now() - interval '1 hour')
                """),
        RESTORATION_OPEN(Layer.SALES, """
                INSERT INTO restoration (state, reason, epoch, detected_at)
                VALUES ('DETECTED', 'x', 1, now() - interval '1 hour')
                """),
        LAST_AUDIT(Layer.SALES, run("AUDIT")),
        AUDIT_DIFFERENCE(Layer.SALES, """
                INSERT INTO check_run (number, kind, asked_by, state, finished_at)
                VALUES ('1', 'AUDIT', '', 'DONE', now() - interval '1 day'),
                       ('2', 'AUDIT', '', 'DONE', now() - interval '1 hour');
                INSERT INTO audit (number, snapshots) VALUES ('1', 1), ('2', 1);
                INSERT INTO audit_difference (number, place, key, bucket, balance, ledger)
                VALUES ('1', 0, 'k', 'SELLABLE', 1, 2), ('1', 1, 'mended', 'SELLABLE', 1, 2), ('2', 0, 'k', 'SELLABLE', 1, 2)
                """),
        LAST_RECONCILIATION(Layer.SALES, run("RECONCILIATION")),
        LAST_PURGE(Layer.SALES, """
                INSERT INTO purge_done (partition, done_at)
                SELECT p, now() - CASE p WHEN 5 THEN interval '1 hour' ELSE interval '0' END FROM generate_series(0, 15) p
                """),
        ADJUSTMENT_PROPOSED(Layer.SALES, """
                INSERT INTO reconciliation_adjustment (number, reconciliation, scope, key, here, there, cause, note,
                    proposed_by, proposed_at)
                VALUES ('A-1', 'RC-1', '', 'k', 1, 2, 'DEFECT', 'x', 'x', now() - interval '1 hour')
                """),
        DIFFERENCE(Layer.SALES, """
                INSERT INTO open_difference (scope, key, here, there, first_seen_at, first_seen_in, last_seen_in)
                VALUES ('', 'k', 1, 2, now() - interval '1 hour', 'RC-1', 'RC-2')
                """),
        LOCK_UNANSWERED(Layer.DISPATCH, outbound("REQUESTED", "now() - interval '1 hour', NULL, NULL, NULL")),
        RELEASE_UNANSWERED(Layer.DISPATCH, outbound("ANSWERED", "now(), 'R1', 1, now() - interval '1 hour'")),
        LINE_SHORT(Layer.DISPATCH, line(1, "now() - interval '1 hour'", 0)),
        CANCEL_OPEN(Layer.DISPATCH, line(0, "NULL", 1) + """
                ;
                INSERT INTO line_cancel (order_number, line, cancel, partition, accepted, done, refused, asker_epoch,
                    asker_journal, accepted_at)
                VALUES ('web:1', 1, 'C1', 0, 1, 0, 0, 1, 1, now() - interval '1 hour'),
                       ('web:1', 1, 'C0', 0, 1, 1, 0, 1, 1, now() - interval '1 day')
                """),
        DEFICIT(Layer.DISPATCH, """
                INSERT INTO cell_stock (partition, sku, node, virtual_warehouse, owner, quality, deficit, deficit_since)
                VALUES (0, 'A', 'N', 'MAIN', 'O', 'NORMAL', -1, now() - interval '1 hour')
                """),
        REFUSAL_HELD(Layer.DISPATCH, """
                INSERT INTO refusal (outbound, partition, warehouse, sku, node, virtual_warehouse, owner, quality, held,
                    at_sequence, refused_at)
                VALUES ('1', 0, 'W', 'A', 'N', 'MAIN', 'O', 'NORMAL', 1, 1, now() - interval '1 hour')
                """),
        REVOCATION_UNANSWERED(Layer.DISPATCH, """
                INSERT INTO revocation (revocation, partition, sku, channel, delivery_method, quality, ship_region, asked,
                    node, sent_at)
                VALUES ('1', 0, 'A', 'web', 'POST', 'NORMAL', 'EAST', 1, 'N', now() - interval '1 hour')
                """);

        private final Layer layer;
        private final String row;

        Owed(Layer layer, String row) {
            this.layer = layer;
            this.row = row;
        }

        /** A run of everything that has ended, and a later one of a part, which does not count. */
        private static String run(String kind) {
            return """
                    INSERT INTO check_run (number, kind, sku, asked_by, state, finished_at)
                    VALUES ('1', '%1$s', NULL, '', 'DONE', now() - interval '1 hour'), ('2', '%1$s', 'A', '', 'DONE', now())
                    """.formatted(kind);
        }

        /** @param release since when its lock is asked for, the release that is asked for, of how much, and since when */
        private static String outbound(String state, String release) {
            return """
                    INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku, node,
                        virtual_warehouse, owner, quality, quantity, state, requested_at, release, release_quantity,
                        release_asked_at)
                    VALUES ('1', 0, 'W', 1, 'web:1', 1, 'A', 'N', 'MAIN', 'O', 'NORMAL', 1, '%s', %s)
                    """.formatted(state, release);
        }

        /** Of an order that was handed over long before. */
        private static String line(int shortage, String shortSince, int open) {
            return """
                    INSERT INTO dispatch_order (order_number, ship_region, delivery_method, address_reference, trace_parent,
                        handed_over_at)
                    VALUES ('web:1', 'EAST', 'POST', '', '', now() - interval '1 day');
                    INSERT INTO dispatch_line (order_number, line, partition, order_rank, sku, channel, delivery_method,
                        quality, ship_region, quantity, allocated, shipped, shortage, short_since, cancelled, open, asked)
                    VALUES ('web:1', 1, 0, 1, 'A', 'web', 'POST', 'NORMAL', 'EAST', 1, %d, 0, %d, %s, 0, %d, 0)
                    """.formatted(1 - shortage, shortage, shortSince, open);
        }
    }

    @ParameterizedTest
    @EnumSource(Owed.class)
    void each_gauge_shows_its_row_and_how_old_it_is_and_no_other_does(Owed owed) throws SQLException {
        EmbeddedDatabase embedded =
                EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/" + owed.layer.code);
        MeterRegistry meters = new SimpleMeterRegistry();
        ObligationWatch watch = new ObligationWatch(new Database(embedded.dataSource()), owed.layer.all(), meters);
        assertThat(opens(meters).values()).allMatch(open -> open.isNaN());
        watch.look();
        Map<String, Double> expected = opens(meters);
        assertThat(expected.remove(owed.name())).isEqualTo(ALWAYS.contains(owed) ? 1.0 : 0.0);
        assertThat(value(meters, "oldest", owed.name())).isLessThan(3_599);

        execute(embedded, owed.row);
        watch.look();

        assertThat(value(meters, "open", owed.name())).isEqualTo(1);
        assertThat(value(meters, "oldest", owed.name())).isBetween(3_599.0, 4_000.0);
        Map<String, Double> others = opens(meters);
        others.remove(owed.name());
        assertThat(others).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Owed.class)
    void a_kind_that_is_always_open_is_as_old_as_the_oldest_row_that_is_open(Owed owed) throws SQLException {
        EmbeddedDatabase embedded =
                EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/" + owed.layer.code);
        MeterRegistry meters = new SimpleMeterRegistry();
        ObligationWatch watch = new ObligationWatch(new Database(embedded.dataSource()), owed.layer.all(), meters);
        execute(embedded, owed.row);
        watch.look();
        String tables = Pattern.compile("INSERT INTO (\\w+)")
                .matcher(owed.row)
                .results()
                .map(insert -> insert.group(1))
                .collect(Collectors.joining(", "));

        execute(embedded, "TRUNCATE " + tables + " CASCADE;" + owed.row.replace("1 hour", "10 minutes"));
        watch.look();

        assertThat(value(meters, "open", owed.name())).isEqualTo(1);
        assertThat(value(meters, "oldest", owed.name())).isBetween(599.0, 1_000.0);
    }

    private static void execute(EmbeddedDatabase embedded, String statements) throws SQLException {
        try (Connection connection = embedded.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    @Test
    void what_has_never_been_done_is_owed_since_the_installations_beginning() {
        EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
        Database database = new Database(embedded.dataSource());
        database.update("UPDATE installation SET installed_at = now() - interval '1 hour'", Database.Binder.NOTHING);
        MeterRegistry meters = new SimpleMeterRegistry();

        new ObligationWatch(database, List.of(new CheckObligations(true), new PurgeObligations("5m")), meters).look();

        for (Owed never : ALWAYS) {
            assertThat(value(meters, "oldest", never.name())).isGreaterThanOrEqualTo(3_599);
        }
        assertThat(new CheckObligations(false).kinds())
                .extracting(Obligation::kind)
                .contains("LAST_AUDIT")
                .doesNotContain("LAST_RECONCILIATION");
        assertThat(new PurgeObligations("off").kinds()).isEmpty();
    }

    @Test
    void a_look_that_fails_shows_by_the_age_of_the_last_one() {
        EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
        Database owner = new Database(embedded.ownerDataSource());
        MockClock clock = new MockClock();
        MeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        ObligationWatch watch =
                new ObligationWatch(new Database(embedded.dataSource()), List.of(new ExchangeObligations()), meters);

        clock.add(20, TimeUnit.SECONDS);
        assertThat(looked(meters)).isEqualTo(20);
        watch.look();
        assertThat(looked(meters)).isZero();

        owner.update("ALTER TABLE backup RENAME TO away", Database.Binder.NOTHING);
        clock.add(15, TimeUnit.SECONDS);
        assertThatThrownBy(watch::look).isInstanceOf(DatabaseFailure.class);
        assertThat(looked(meters)).isEqualTo(15);

        owner.update("ALTER TABLE away RENAME TO backup", Database.Binder.NOTHING);
        watch.look();
        assertThat(looked(meters)).isZero();
    }

    @Test
    void every_kind_is_tried_here_and_named_in_the_runbook() throws IOException {
        TreeSet<String> kinds = Stream.of(Layer.values())
                .flatMap(layer -> layer.all().stream())
                .flatMap(obligations -> obligations.kinds().stream())
                .map(Obligation::kind)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Stream.of(Owed.values()).map(Enum::name)).containsExactlyInAnyOrderElementsOf(kinds);
        String runbook = Files.readString(PROTOCOL.resolveSibling("operations.md"));
        assertThat(kinds).allSatisfy(kind -> assertThat(runbook).contains("`" + kind + "`"));
    }

    @Test
    void every_crash_point_of_the_protocol_has_its_gauge() throws IOException {
        String section = Files.readString(PROTOCOL).split("\n## 6\\.")[1].split("\n## 7\\.")[0];
        List<String> points = section.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| crash after"))
                .map(line -> line.split("\\|")[1].strip())
                .toList();
        assertThat(points).containsExactlyInAnyOrderElementsOf(SHOWN_BY.keySet());
        List<String> kinds = Stream.of(Owed.values()).map(Enum::name).toList();
        assertThat(SHOWN_BY.values()).allMatch(kind -> kind.isEmpty() || kinds.contains(kind));
    }

    private static double looked(MeterRegistry meters) {
        return meters.get("tierstock.obligations.looked").timeGauge().value(TimeUnit.SECONDS);
    }

    private static Map<String, Double> opens(MeterRegistry meters) {
        return meters.find("tierstock.obligation.open").gauges().stream()
                .collect(Collectors.toMap(gauge -> gauge.getId().getTag("kind"), Gauge::value));
    }

    private static double value(MeterRegistry meters, String figure, String kind) {
        return meters.get("tierstock.obligation." + figure)
                .tag("kind", kind)
                .gauge()
                .value();
    }
}
