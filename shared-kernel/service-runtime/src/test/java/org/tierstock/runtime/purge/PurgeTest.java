package org.tierstock.runtime.purge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbePeer;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.StatedPositions;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.Unreached;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class PurgeTest {
    private static final int PARTITION = 5;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ConfigProperty(name = "tierstock.pg.url")
    String url;

    @ConfigProperty(name = "tierstock.pg.owner")
    String owner;

    @ConfigProperty(name = "tierstock.pg.owner-password")
    String ownerPassword;

    @Inject
    PurgeJob job;

    @Inject
    ProbePeer peer;

    @Inject
    Releases releases;

    @Inject
    Positions positions;

    @Inject
    Books books;

    @Inject
    Database database;

    @BeforeEach
    @AfterEach
    void nothing_sent_and_nothing_applied() {
        for (String table : List.of(
                "inbox",
                "outbox",
                "stream_mark",
                "stream_head",
                "stream_released",
                "stream_floor",
                "revocation_proof",
                "purge_done",
                "backup_position",
                "backup")) {
            books.run("DELETE FROM " + table);
        }
    }

    @Test
    void what_the_other_side_has_released_goes_and_nothing_else() {
        sent("S>X", 10);
        applied("X>S", "t", 10);
        mark("X>S", 10);
        heard(released("S>X", 7), released("X>S", 8));

        purge();

        assertThat(left("outbox")).containsExactly(8L, 9L, 10L);
        assertThat(left("inbox")).containsExactly(9L, 10L);
    }

    @Test
    void nothing_goes_while_nothing_is_released_however_old_it_is() {
        sent("S>X", 3);
        applied("X>S", "t", 3);
        mark("X>S", 3);
        books.run("UPDATE outbox SET written_at = '2000-01-01'");
        books.run("UPDATE inbox SET applied_at = '2000-01-01'");

        purge();

        assertThat(left("outbox")).hasSize(3);
        assertThat(left("inbox")).hasSize(3);
    }

    @Test
    void what_is_applied_beyond_a_gap_stays_although_it_is_released() {
        applied("X>S", "t", 6);
        books.run("DELETE FROM inbox WHERE sequence = 5");
        mark("X>S", 4);
        heard(released("X>S", 6));

        purge();

        assertThat(left("inbox")).containsExactly(6L);
        assertThat(floor("APPLIED")).isEqualTo(4);
    }

    @Test
    void a_purge_without_an_answer_of_the_other_layer_deletes_what_was_released_before_and_counts_as_none() {
        sent("S>X", 10);
        heard(released("S>X", 7));
        purgedAnHourAgo();
        peer.silent(true);
        try {
            assertThatExceptionOfType(Unreached.class)
                    .isThrownBy(this::purge)
                    .withMessageContaining("The probe's peer is silent");
        } finally {
            peer.silent(false);
        }

        assertThat(left("outbox")).containsExactly(8L, 9L, 10L);
        assertThat(purgedLately()).isZero();
        purge();
        assertThat(purgedLately()).isOne();
    }

    @Test
    void a_purge_that_had_to_leave_out_one_partition_counts_as_one_of_the_others_only() throws SQLException {
        sent("S>X", 10);
        heard(released("S>X", 7));
        purgedAnHourAgo();
        asOwner("CREATE RULE kept AS ON DELETE TO outbox DO ALSO SELECT 1 / 0");
        try {
            job.run(Set.of(PARTITION, PARTITION + 1));
        } finally {
            asOwner("DROP RULE kept ON outbox");
        }

        assertThat(left("outbox")).hasSize(10);
        assertThat(purgedLately()).isZero();
        assertThat(count("purge_done WHERE partition = " + (PARTITION + 1))).isOne();
        purge();
        assertThat(purgedLately()).isOne();
    }

    @Test
    void a_purge_that_had_to_leave_out_rows_of_no_partition_counts_as_none() throws SQLException {
        purgedAnHourAgo();
        asOwner("ALTER TABLE backup_position RENAME TO away");
        try {
            purge();
        } finally {
            asOwner("ALTER TABLE away RENAME TO backup_position");
        }

        assertThat(purgedLately()).isZero();
        purge();
        assertThat(purgedLately()).isOne();
    }

    @Test
    void a_row_that_is_too_young_keeps_those_behind_it() {
        sent("S>X", 5);
        books.run("UPDATE outbox SET written_at = now() + interval '1 hour' WHERE sequence = 3");
        heard(released("S>X", 5));

        purge();

        assertThat(left("outbox")).containsExactly(3L, 4L, 5L);
        assertThat(floor("SENT")).isEqualTo(2);
    }

    @Test
    void a_lower_number_that_is_told_late_takes_nothing_back() {
        sent("S>X", 5);
        heard(released("S>X", 4));
        heard(released("S>X", 2));

        purge();

        assertThat(left("outbox")).containsExactly(5L);
    }

    @Test
    void a_cut_below_what_was_purged_is_too_old_and_a_fresh_one_is_not() {
        sent("S>X", 6);
        heard(released("S>X", 4));
        purge();

        assertThatExceptionOfType(CutTooOld.class).isThrownBy(() -> at(3));
        assertThatExceptionOfType(CutTooOld.class)
                .isThrownBy(() -> positions.at("probe_position", Cut.whole(List.of("S>X"), List.of()), ""));
        assertThat(at(4)).isNotNull();
        assertThat(at(6)).isNotNull();
    }

    @Test
    void the_key_of_a_revocation_stays_until_no_copy_of_it_can_come() {
        applied("D>S", "StockRevoked", 2);
        mark("D>S", 2);
        sent("S>D", 2);
        books.run("UPDATE outbox SET type = 'RevocationSettled', business_key = 'X-' || sequence");
        books.run("UPDATE inbox SET business_key = 'X-' || sequence");

        // Dispatch has applied the first settlement; its stream had come to 3 by then.
        releases.heard(List.of(released("D>S", 2), released("S>D", 1)), List.of(released("D>S", 3)));
        purge();

        assertThat(floor("APPLIED")).isEqualTo(2);
        assertThat(left("inbox")).containsExactly(1L, 2L);
        assertThat(left("outbox")).containsExactly(1L, 2L);

        applied("D>S", "t", 3, 3);
        mark("D>S", 3);
        releases.heard(List.of(released("S>D", 1)), List.of(released("D>S", 3)));
        purge();

        assertThat(left("inbox")).containsExactly(2L, 3L);
        assertThat(left("outbox")).containsExactly(2L);
    }

    @Test
    void what_a_backup_would_need_is_not_released_until_it_is_closed() {
        head("S>X", 4);
        applied("X>S", "t", 3);
        mark("X>S", 3);
        register("B-1").statusCode(201).header("Location", endsWith("/v1/backups/B-1"));
        head("S>X", 9);
        applied("X>S", "t", 4, 8);
        mark("X>S", 8);
        register("B-2").statusCode(201);
        head("S>X", 11);
        head("S>Y", 2);

        assertThat(told()).containsExactlyInAnyOrder(released("S>X", 4), released("X>S", 3));

        close("B-1").statusCode(200).body("closedAt", notNullValue()).body("closedBy", equalTo("somebody"));
        assertThat(told()).containsExactlyInAnyOrder(released("S>X", 9), released("X>S", 8));

        close("B-2").statusCode(200);
        assertThat(told()).containsExactlyInAnyOrder(released("S>X", 11), released("S>Y", 2), released("X>S", 8));
    }

    @Test
    void a_backup_is_registered_once_and_listed() {
        head("S>X", 4);
        register("B-3").statusCode(201).body("closedAt", nullValue());
        head("S>X", 9);
        register("B-3").statusCode(200);

        assertThat(told()).containsExactly(released("S>X", 4));
        get("/v1/backups").statusCode(200).body("items[0].number", equalTo("B-3"));
        get("/v1/backups/B-3").statusCode(200).body("registeredBy", equalTo("somebody"));
        get("/v1/backups/B-4").statusCode(404).body("code", equalTo("NOT_FOUND"));
        close("B-4").statusCode(404);
        close("B-3").statusCode(200);
        close("B-3").statusCode(200);
    }

    @Test
    void only_an_operator_registers_and_closes_backups() {
        for (String role : List.of("auditor", "channel", "wms", "service-sales")) {
            post(role, "/v1/backups", "{\"number\": \"B-5\"}").statusCode(403);
            post(role, "/v1/backups/B-5/closure", "{}").statusCode(403);
        }
        get("/v1/backups/B-5").statusCode(404);
        post("operator", "/v1/backups", "{}").statusCode(400).body("code", equalTo("MALFORMED"));
        post("operator", "/v1/backups", "{\"number\": \"a b\"}").statusCode(400);
    }

    @Test
    void what_nobody_asks_for_any_more_goes_by_itself() {
        books.run("INSERT INTO journal (written_at) SELECT '2000-01-01' FROM generate_series(1, 20)");
        books.run("INSERT INTO backup (number, registered_by, closed_at) VALUES ('B-0', 'o', '2000-01-01')");
        books.run(
                "INSERT INTO parked_message (queue, message_id, type, properties, payload, reason_code, reason, state, settled_at)"
                        + " SELECT 'q', 'old' || n, 't', '{}', 'x', 'OTHER', 'r', 'REPLAYED', '2000-01-01' FROM generate_series(1, 7) n");
        books.run("INSERT INTO check_run (number, kind, state, asked_by, finished_at)"
                + " SELECT 'RC-old' || n, 'RECONCILIATION', 'DONE', 'o', '2000-01-01' FROM generate_series(1, 7) n");

        purge();

        assertThat(count("journal WHERE written_at = '2000-01-01'")).isLessThanOrEqualTo(5);
        assertThat(count("backup WHERE number = 'B-0'")).isZero();
        assertThat(count("parked_message WHERE message_id LIKE 'old%'")).isZero();
        assertThat(count("check_run WHERE number LIKE 'RC-old%'")).isLessThanOrEqualTo(1);
    }

    @Test
    void what_was_purged_is_counted() {
        sent("S>X", 3);
        heard(released("S>X", 3));

        purge();

        given().get(management.resolve("/q/metrics"))
                .then()
                .body(containsString("tierstock_purged_total{rows=\"outbox\""));
    }

    private void purgedAnHourAgo() {
        books.run("INSERT INTO purge_done VALUES (%d, now() - interval '1 hour')".formatted(PARTITION));
    }

    private void asOwner(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, owner, ownerPassword);
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private long purgedLately() {
        return count("purge_done WHERE done_at > now() - interval '30 minutes' AND partition = " + PARTITION);
    }

    private void purge() {
        job.run(Set.of(PARTITION));
    }

    private List<StreamPosition> told() {
        return releases.told(stream -> true);
    }

    private void heard(StreamPosition... released) {
        releases.heard(List.of(released), List.of());
    }

    private static StreamPosition released(String stream, long sequence) {
        return new StreamPosition(stream, PARTITION, sequence);
    }

    private List<KeyPosition> at(long contiguous) {
        Cut cut = Cut.whole(List.of("S>X"), List.of(new AppliedPosition("S>X", PARTITION, contiguous)));
        try (StatedPositions stated = positions.at("probe_position", cut, "")) {
            List<KeyPosition> found = new ArrayList<>();
            stated.read().forEachRemaining(found::add);
            return found;
        }
    }

    private List<Long> left(String table) {
        return database.query(
                "SELECT sequence FROM " + table + " ORDER BY sequence", Database.Binder.NOTHING, row -> row.getLong(1));
    }

    private long count(String rows) {
        return database.query("SELECT count(*) FROM " + rows, Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }

    private long floor(String side) {
        return database.query(
                        "SELECT sequence FROM stream_floor WHERE side = ?", p -> p.text(1, side), row -> row.getLong(1))
                .getFirst();
    }

    private void head(String stream, long sequence) {
        books.run(
                "INSERT INTO stream_head VALUES ('%s', %d, %d) ON CONFLICT (stream, partition) DO UPDATE SET sequence = %d"
                        .formatted(stream, PARTITION, sequence, sequence));
    }

    private void mark(String stream, long contiguous) {
        books.run(
                "INSERT INTO stream_mark VALUES ('%s', %d, '{[0,%d]}') ON CONFLICT (stream, partition) DO UPDATE SET applied = excluded.applied"
                        .formatted(stream, PARTITION, contiguous));
    }

    private void sent(String stream, long upTo) {
        head(stream, upTo);
        books.run("""
                INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject,
                                    payload, effect_keys, effect_quantities, trace_parent)
                SELECT '%s', %d, n, 'NOBODY', 1, 't', 'b' || n, 's', '{}', '{}', '{}', '' FROM generate_series(1, %d) n
                """.formatted(stream, PARTITION, upTo));
    }

    private void applied(String stream, String type, long upTo) {
        applied(stream, type, 1, upTo);
    }

    private void applied(String stream, String type, long from, long upTo) {
        books.run("""
                INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, business_key, effect_keys,
                                   effect_quantities)
                SELECT '%s', %d, n, 1, 1, '%s', 'c' || n, '{}', '{}' FROM generate_series(%d, %d) n
                """.formatted(stream, PARTITION, type, from, upTo));
    }

    private static ValidatableResponse register(String number) {
        return post("operator", "/v1/backups", "{\"number\": \"%s\"}".formatted(number));
    }

    private static ValidatableResponse close(String number) {
        return post("operator", "/v1/backups/" + number + "/closure", "{}");
    }

    private static ValidatableResponse post(String role, String path, String body) {
        return given().auth()
                .oauth2(Tokens.of(role))
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }

    private static ValidatableResponse get(String path) {
        return given().auth().oauth2(Tokens.of("auditor")).get(path).then();
    }
}
