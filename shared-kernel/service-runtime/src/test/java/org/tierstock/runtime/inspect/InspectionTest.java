package org.tierstock.runtime.inspect;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

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
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.sql.DatabaseFailure;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class InspectionTest {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Books books;

    @ConfigProperty(name = "tierstock.pg.url")
    String url;

    @Test
    void movements_of_a_sku_are_listed_page_by_page_and_each_once() {
        long row = books.receive("web/a1", "a1", 100, "G-a1");
        long other = books.receive("shop/a1", "a1", 50, "G-a1-2");
        books.receive("web/a2", "a2", 7, "G-a2");
        for (int i = 1; i <= 5; i++) {
            books.lock(i % 2 == 0 ? row : other, i, "web:a1-" + i);
        }

        List<Map<String, Object>> movements = new ArrayList<>();
        String cursor = null;
        do {
            var page = get("/v1/movements", Map.of("sku", "a1", "limit", "3", "cursor", cursor == null ? "" : cursor))
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            movements.addAll(page.getList("items"));
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(movements).hasSize(7).extracting(m -> m.get("movement")).doesNotHaveDuplicates();
        assertThat(movements.getFirst())
                .containsEntry("action", "INCREASE")
                .containsEntry("quantity", 100)
                .containsEntry("from", Map.of("bucket", "EXTERNAL"))
                .containsEntry("to", Map.of("key", "web/a1", "bucket", "SELLABLE"))
                .containsEntry("document", Map.of("kind", "STOCK_GRANT", "number", "G-a1", "line", 0))
                .containsEntry("message", Map.of("stream", "D>S", "partition", 3, "sequence", 1));
    }

    @Test
    void movements_between_two_rows_of_a_sku_are_listed_once() {
        long from = books.receive("web/b1", "b1", 10, "G-b1");
        long to = books.receive("shop/b1", "b1", 10, "G-b1-2");
        books.run(
                "INSERT INTO ledger (action, from_row, from_bucket, to_row, to_bucket, quantity, document_kind, document_number, document_line)"
                        + " VALUES ('ALLOT', " + from + ", 'SELLABLE', " + to + ", 'SELLABLE', 1, 'HOLD', 'H-b1', 0)");
        books.tamper(from, -1);
        books.tamper(to, 1);

        get("/v1/movements", Map.of("sku", "b1")).body("items.document.number", contains("G-b1", "G-b1-2", "H-b1"));
    }

    @Test
    void movements_of_a_document_and_a_time_are_listed() {
        long row = books.receive("web/c1", "c1", 10, "G-c1");
        books.lock(row, 2, "web:c1");

        get("/v1/movements", Map.of("document", "web:c1"))
                .body("items", hasSize(1))
                .body("items[0].quantity", equalTo(2));
        get("/v1/movements", Map.of("sku", "c1", "document", "web:c1")).body("items", hasSize(1));
        get("/v1/movements", Map.of("sku", "c1", "from", "2020-01-01T00:00:00Z"))
                .body("items", hasSize(2));
        get("/v1/movements", Map.of("sku", "c1", "to", "2020-01-01T00:00:00Z")).body("items", empty());
        get("/v1/movements", Map.of("from", "2999-01-01T00:00:00Z")).body("items", empty());
        get("/v1/movements", Map.of()).body("items.document.number", hasItem("web:c1"));
    }

    @Test
    void a_filter_that_makes_no_sense_is_malformed() {
        for (Map<String, String> filter : List.of(
                Map.of("sku", "a/b"),
                Map.of("document", "a b"),
                Map.of("from", "yesterday"),
                Map.of("to", "2026-13-01T00:00:00Z"),
                Map.of("from", "+999999999-12-31T23:59:59Z"),
                Map.of("cursor", "!"),
                Map.of("limit", "0"))) {
            get("/v1/movements", filter).statusCode(400).body("code", equalTo("MALFORMED"));
        }
    }

    @Test
    void movements_come_as_csv_too() {
        long row = books.receive("web/d1", "d1", 10, "G-d1");
        books.lock(row, 2, "web:d1");

        String csv = given().auth()
                .oauth2(Tokens.of("auditor"))
                .accept("text/csv")
                .queryParam("sku", "d1")
                .get("/v1/movements")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();

        assertThat(csv.lines().toList())
                .hasSize(3)
                .first()
                .isEqualTo(
                        "movement,movedAt,action,fromKey,fromBucket,toKey,toBucket,quantity,documentKind,documentNumber,documentLine");
        assertThat(csv.lines().toList().getLast())
                .endsWith("LOCK,web/d1,SELLABLE,web/d1,LOCKED,2,SALES_ORDER,web:d1,1");
    }

    @Test
    void an_audit_finds_the_balance_that_was_tampered_with_and_no_other() {
        long row = books.receive("web/e1", "e1", 10, "G-e1");
        books.lock(row, 2, "web:e1");
        books.tamper(row, 3);

        post("/v1/audits")
                .statusCode(201)
                .body("state", equalTo("DONE"))
                .body("askedBy", equalTo("somebody"))
                .body("rows", greaterThan(1))
                .body("differences.key", hasItem("web/e1"))
                .body("differences.find { it.key == 'web/e1' }.bucket", equalTo("SELLABLE"))
                .body("differences.find { it.key == 'web/e1' }.balance", equalTo(11))
                .body("differences.find { it.key == 'web/e1' }.ledger", equalTo(8));

        books.tamper(row, -3);
        post("/v1/audits").body("differences.key", not(hasItem("web/e1")));
    }

    @Test
    void an_audit_takes_several_snapshots_and_finds_a_difference_in_any_of_them() {
        List<Long> rows = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            rows.add(books.receive("web/h" + i, "h" + i, 10, "G-h" + i));
        }

        post("/v1/audits")
                .statusCode(201)
                .body("snapshots", greaterThan(2))
                .body("differences.findAll { it.key.startsWith('web/h') }", empty());
        for (int i = 0; i < 5; i++) {
            books.tamper(rows.get(i), 1);
            post("/v1/audits")
                    .body("differences.findAll { it.key.startsWith('web/h') }.key", contains("web/h" + (i + 1)));
            books.tamper(rows.get(i), -1);
        }
    }

    @Test
    void an_audit_of_a_sku_compares_its_rows_and_no_others() {
        long row = books.receive("web/k1", "k1", 10, "G-k1");
        long between = books.receive("web/k2", "k2", 10, "G-k2");
        long another = books.receive("shop/k1", "k1", 10, "G-k1-2");
        List.of(row, between, another).forEach(each -> books.tamper(each, 1));

        String number = post("/v1/audits?sku=k1")
                .statusCode(201)
                .body("sku", equalTo("k1"))
                .body("rows", equalTo(4))
                .body("differences.key", contains("web/k1", "shop/k1"))
                .extract()
                .path("number");

        get("/v1/audits/" + number, Map.of()).statusCode(200).body("differences.key", contains("web/k1", "shop/k1"));
        get("/v1/audits", Map.of()).body("items.number", hasItem(number)).body("items[0].differences", nullValue());
        get("/v1/audits/AU-1-0", Map.of()).statusCode(404).body("code", equalTo("NOT_FOUND"));
        post("/v1/audits?sku=a/b").statusCode(400).body("field", equalTo("sku"));
        List.of(row, between, another).forEach(each -> books.tamper(each, -1));
    }

    @Test
    void an_audit_of_a_warehouse_compares_what_lies_there_and_nothing_else() {
        List<Long> damaged = new ArrayList<>();
        for (String key : List.of("here/m1", "there/m1", "here/m2", "here/m3", "there/m2")) {
            damaged.add(books.receive(key, key.substring(key.indexOf('/') + 1), 10, "G-" + key.replace('/', '-')));
        }
        damaged.forEach(each -> books.tamper(each, 1));

        String number = post("/v1/audits?warehouse=here")
                .statusCode(201)
                .body("state", equalTo("DONE"))
                .body("warehouse", equalTo("here"))
                .body("sku", nullValue())
                .body("rows", equalTo(6))
                .body("snapshots", equalTo(2))
                .body("differences.key", contains("here/m1", "here/m2", "here/m3"))
                .extract()
                .path("number");
        get("/v1/audits/" + number, Map.of()).body("warehouse", equalTo("here")).body("differences", hasSize(3));
        get("/v1/audits", Map.of())
                .body("items.find { it.number == '%s' }.warehouse".formatted(number), equalTo("here"));

        post("/v1/audits?warehouse=there&sku=m2")
                .statusCode(201)
                .body("warehouse", equalTo("there"))
                .body("sku", equalTo("m2"))
                .body("differences.key", contains("there/m2"));
        post("/v1/audits?warehouse=nowhere")
                .statusCode(201)
                .body("rows", equalTo(0))
                .body("differences", empty());
        post("/v1/audits?warehouse=a/b").statusCode(400).body("field", equalTo("warehouse"));
        damaged.forEach(each -> books.tamper(each, -1));
    }

    @Test
    void whoever_is_narrowed_to_a_warehouse_audits_no_other_one_and_not_everything_either() {
        String narrowed = Tokens.with("warehouses", List.of("here"), "auditor");
        for (String part : List.of("", "?warehouse=here", "?warehouse=there", "?warehouse=here&sku=m1")) {
            given().auth().oauth2(narrowed).post("/v1/audits" + part).then().statusCode(403);
        }
    }

    @Test
    void an_audit_finds_movements_of_a_row_that_is_not_there() {
        long row = books.receive("web/i1", "i1", 10, "G-i1");
        books.run("DELETE FROM probe_stock WHERE row_id = " + row);

        post("/v1/audits")
                .body("differences.find { it.key == 'row %d' }.bucket".formatted(row), equalTo("SELLABLE"))
                .body("differences.find { it.key == 'row %d' }.balance".formatted(row), equalTo(0))
                .body("differences.find { it.key == 'row %d' }.ledger".formatted(row), equalTo(10));

        books.run(
                "INSERT INTO probe_stock (row_id, key, sku, sellable) VALUES (%d, 'web/i1', 'i1', 10)".formatted(row));
    }

    @Test
    void traffic_during_an_audit_is_no_difference() throws Exception {
        List<Long> rows = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            rows.add(books.receive("web/j" + i, "j" + i, 1_000_000, "G-j" + i));
        }
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger locked = new AtomicInteger();
        Thread traffic = Thread.ofPlatform().start(() -> {
            for (int i = 0; !enough.get(); i++) {
                books.lock(rows.get(i % rows.size()), 1, "web:j-" + i);
                locked.incrementAndGet();
            }
        });

        int before = locked.get();
        for (int i = 0; i < 20; i++) {
            post("/v1/audits").body("differences.findAll { it.key.startsWith('web/j') }", empty());
        }
        int during = locked.get() - before;
        enough.set(true);
        traffic.join();

        assertThat(during).isPositive();
        post("/v1/audits").body("differences.findAll { it.key.startsWith('web/j') }", empty());
    }

    @Test
    void the_database_refuses_to_change_the_ledger() {
        books.receive("web/f1", "f1", 10, "G-f1");

        for (String change : List.of(
                "UPDATE ledger SET quantity = 1", "DELETE FROM ledger", "TRUNCATE ledger", "DROP TABLE ledger")) {
            assertThatThrownBy(() -> books.run(change))
                    .as(change)
                    .isInstanceOf(DatabaseFailure.class)
                    .rootCause()
                    .extracting(cause -> ((SQLException) cause).getSQLState())
                    .isEqualTo("42501");
        }
    }

    @Test
    void not_even_the_owner_changes_the_ledger() throws SQLException {
        books.receive("web/g1", "g1", 10, "G-g1");

        try (Connection owner = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = owner.createStatement()) {
            for (String change : List.of("UPDATE ledger SET quantity = 1", "DELETE FROM ledger", "TRUNCATE ledger")) {
                assertThatThrownBy(() -> statement.execute(change))
                        .as(change)
                        .hasMessageContaining("The ledger is append-only");
            }
        }
    }

    @Test
    void streams_show_what_is_unsent_and_what_was_applied() {
        books.run("INSERT INTO stream_head VALUES ('X>Y', 2, 5)");
        books.run(
                "INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload, effect_keys, effect_quantities, trace_parent)"
                        + " SELECT 'X>Y', 2, n, 'NOBODY', 1, 't', 'b' || n, 's', '{}', '{}', '{}', '' FROM generate_series(1, 5) n");
        books.run(
                "INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, business_key, effect_keys, effect_quantities)"
                        + " SELECT 'Y>X', 4, n, 1, 1, 't', 'c' || n, '{}', '{}' FROM unnest(ARRAY[1, 2, 4, 7]) n");

        get("/v1/streams", Map.of())
                .statusCode(200)
                .body("outgoing.find { it.stream == 'X>Y' }.head", equalTo(5))
                .body("incoming.find { it.stream == 'Y>X' }.contiguous", equalTo(2))
                .body("incoming.find { it.stream == 'Y>X' }.beyond.collect { it['first'] }", contains(4, 7));

        books.run("DELETE FROM outbox WHERE stream = 'X>Y'");
        books.run("DELETE FROM stream_head WHERE stream = 'X>Y'");
        books.run("DELETE FROM inbox WHERE stream = 'Y>X'");
    }

    @Test
    void a_parked_message_is_shown_with_its_reason_and_closed_once() {
        books.run("INSERT INTO parked_message (queue, message_id, type, properties, payload, reason, reason_code)"
                + " VALUES ('nowhere', 'm1', 'Strange', '{}', 'x', 'It is strange', 'UNKNOWN_TYPE')");
        int id = get("/v1/parked-messages", Map.of("limit", "1000"))
                .statusCode(200)
                .body("items.find { it.messageId == 'm1' }.reason", equalTo("It is strange"))
                .body("items.find { it.messageId == 'm1' }.state", equalTo("PARKED"))
                .body("items.find { it.messageId == 'm1' }.stream", nullValue())
                .extract()
                .path("items.find { it.messageId == 'm1' }.id");
        get("/v1/streams", Map.of()).body("parked", greaterThan(0));

        post("/v1/parked-messages/" + id + "/replay").statusCode(409).body("code", equalTo("STILL_PARKED"));
        post("/v1/parked-messages/" + id + "/closure")
                .statusCode(200)
                .body("state", equalTo("CLOSED"))
                .body("givenUp", equalTo(false));
        post("/v1/parked-messages/" + id + "/closure").statusCode(404).body("code", equalTo("NOT_FOUND"));
        post("/v1/parked-messages/" + id + "/replay").statusCode(404);
        get("/v1/parked-messages", Map.of("limit", "1000"))
                .body("items.find { it.messageId == 'm1' }.settledBy", equalTo("somebody"));
        get("/v1/parked-messages", Map.of("limit", "1000", "state", "CLOSED")).body("items.messageId", hasItem("m1"));
        get("/v1/parked-messages", Map.of("limit", "1000", "state", "PARKED"))
                .body("items.messageId", not(hasItem("m1")));
        get("/v1/parked-messages", Map.of("state", "LOST")).statusCode(400);
    }

    @Test
    void the_parked_messages_of_a_kind_are_replayed_together_a_bounded_number_at_a_time() {
        books.run("INSERT INTO parked_message (queue, message_id, type, properties, payload, reason, reason_code)"
                + " SELECT 'nowhere', 'bulk-' || n, 'Bulk', '{}', 'x', 'It is bulk ' || n, 'DOES_NOT_FIT'"
                + " FROM generate_series(1, 5) n");
        String kind = "{\"reasonCode\": \"DOES_NOT_FIT\", \"reason\": \"It is bulk\", \"type\": \"Bulk\","
                + " \"queue\": \"nowhere\", \"limit\": 3}";

        String next = replays(kind, "")
                .statusCode(200)
                .body("replayed", equalTo(0))
                .body("stillParked", equalTo(3))
                .extract()
                .path("next");
        replays(kind, next).body("stillParked", equalTo(2)).body("next", nullValue());
        replays("{\"reasonCode\": \"UNREADABLE\", \"type\": \"Bulk\"}", "").body("stillParked", equalTo(0));
        replays("{\"limit\": 1001}", "").statusCode(400);
        replays("{\"reasonCode\": \"WEATHER\"}", "").statusCode(400);
        books.run("DELETE FROM parked_message WHERE type = 'Bulk'");
    }

    private static ValidatableResponse replays(String kind, String cursor) {
        return given().auth()
                .oauth2(Tokens.of("operator"))
                .contentType("application/json")
                .body(kind)
                .post("/v1/parked-messages/replays?cursor=" + cursor)
                .then();
    }

    @Test
    void what_a_job_cannot_do_is_listed_with_its_reason_page_by_page() {
        books.run("""
                INSERT INTO stuck_work (work, subject, reason, since, tries, retry_after)
                VALUES ('a-work', 'TEA', 'It is odd', now() - interval '1 hour', 3, 'infinity'),
                       ('a-work', 'TIN', 'It is odd too', now(), 1, 'infinity')
                """);
        String next = get("/v1/stuck-work", Map.of("limit", "1"))
                .statusCode(200)
                .body("items.subject", contains("TEA"))
                .body("items[0].work", equalTo("a-work"))
                .body("items[0].reason", equalTo("It is odd"))
                .body("items[0].tries", equalTo(3))
                .extract()
                .path("next");
        get("/v1/stuck-work", Map.of("cursor", next)).body("items.subject", contains("TIN"));
        books.run("DELETE FROM stuck_work WHERE work = 'a-work'");
    }

    @Test
    void only_operators_and_auditors_look_and_only_operators_act() {
        for (String path : List.of(
                "/v1/movements",
                "/v1/streams",
                "/v1/parked-messages",
                "/v1/stuck-work",
                "/v1/works",
                "/v1/reconciliations")) {
            given().get(path).then().statusCode(401);
            given().auth()
                    .oauth2(Tokens.of("channel", "wms", "service-sales"))
                    .get(path)
                    .then()
                    .statusCode(403);
            given().auth().oauth2(Tokens.of("auditor")).get(path).then().statusCode(200);
        }
        for (String path : List.of("/v1/parked-messages/1/replay", "/v1/parked-messages/1/closure")) {
            given().post(path).then().statusCode(401);
            given().auth().oauth2(Tokens.of("auditor")).post(path).then().statusCode(403);
        }
        given().auth().oauth2(Tokens.of("channel")).post("/v1/audits").then().statusCode(403);
    }

    @Test
    void every_described_operation_lists_its_problems_and_needs_a_token() {
        Map<String, Map<String, Map<String, Object>>> paths = given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");

        assertThat(paths).containsKeys("/v1/movements", "/v1/audits", "/v1/reconciliations");
        paths.values().stream()
                .flatMap(operations -> operations.values().stream())
                .forEach(operation -> {
                    assertThat(((Map<?, ?>) operation.get("responses"))
                                    .keySet().stream().map(String::valueOf))
                            .contains("400", "401", "403", "429", "500", "503");
                });
        assertThat(paths.get("/v1/movements").get("get")).containsKey("security");
    }

    @Test
    void readiness_and_metrics_are_open_and_readiness_names_the_queue_that_no_broker_takes() {
        given().get(management.resolve("/q/health/ready"))
                .then()
                .statusCode(200)
                .body("checks.name", not(hasItem("Database connections health check")))
                .body("checks.find { it.name == 'Queues' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'Queues' }.data.silent", equalTo("tierstock.probe"));
        given().get(management.resolve("/q/metrics"))
                .then()
                .statusCode(200)
                .body(containsString("tierstock_obligation_open{kind=\"PARKED\""))
                .body(containsString("tierstock_obligation_oldest_seconds{kind=\"UNSENT\""))
                .body(containsString("tierstock_fence_closed 0.0"))
                .body(containsString("agroal_awaiting_count"));
    }

    private static ValidatableResponse get(String path, Map<String, String> parameters) {
        return given().auth()
                .oauth2(Tokens.of("operator"))
                .queryParams(parameters)
                .get(path)
                .then();
    }

    private static ValidatableResponse post(String path) {
        return given().auth()
                .oauth2(Tokens.of("operator"))
                .header("Prefer", "wait=60")
                .post(path)
                .then();
    }
}
