package org.tierstock.runtime.adjust;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeAdjuster;
import org.tierstock.runtime.probe.ProbeReconciler;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.OpenDifferences;
import org.tierstock.runtime.sql.Database;

/** 对账调整单: proposed by one person, booked by another, and only while it is still so. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class AdjustmentsTest {
    private static final String PATH = "/v1/reconciliation-adjustments";
    private static final String KEY = "web/tea";

    @Inject
    Books books;

    @Inject
    Database database;

    @Inject
    Fence fence;

    @Inject
    OpenDifferences open;

    @Inject
    ProbeReconciler peer;

    @Inject
    ProbeAdjuster adjuster;

    private long row;
    private String reconciliation;

    /** Here are 10, there are 12. */
    @BeforeEach
    void a_difference() {
        for (String table : List.of(
                "probe_stock",
                "inbox",
                "outbox",
                "stream_mark",
                "reconciliation_adjustment",
                "open_difference",
                "difference_report")) {
            books.run("DELETE FROM " + table);
        }
        adjuster.beforeTheLock(() -> {});
        row = books.receive(KEY, "tea", 10, "G-1");
        peer.peerSays(List.of(new KeyPosition("", KEY, 12)));
        a_reconciliation();
    }

    @Test
    void a_difference_is_booked_when_somebody_else_approves_and_is_gone_then() {
        propose("A-1").statusCode(201).body("state", equalTo("PROPOSED")).body("quantity", equalTo(2));
        assertThat(sellable()).isEqualTo(10);

        approve("A-1").statusCode(200).body("state", equalTo("BOOKED")).body("decidedBy", equalTo("boss"));

        assertThat(sellable()).isEqualTo(12);
        given().auth()
                .oauth2(Tokens.of("operator"))
                .header("Prefer", "wait=60")
                .post("/v1/reconciliations")
                .then()
                .body("differences", empty());
        given().auth()
                .oauth2(Tokens.of("auditor"))
                .get("/v1/movements?document=A-1")
                .then()
                .body("items[0].document.kind", equalTo("RECONCILIATION_ADJUSTMENT"));
        approve("A-1").statusCode(200);
        assertThat(sellable()).isEqualTo(12);
    }

    @Test
    void the_same_proposal_again_is_answered_as_it_is_and_another_under_its_number_is_refused() {
        propose("A-1").statusCode(201);

        propose("A-1").statusCode(200).header("Idempotent-Replayed", "true");
        send("somebody", "operator", PATH, proposal("A-1", KEY, "Something else"))
                .statusCode(409)
                .body("code", equalTo("DOCUMENT_REUSED"));
        propose("A-2").statusCode(409).body("code", equalTo("ALREADY_PROPOSED"));
    }

    @Test
    void nobody_approves_what_he_has_proposed_and_no_other_role_approves() {
        send("boss", "operator", PATH, proposal("A-1", KEY, "Why")).statusCode(201);

        approve("A-1").statusCode(403).body("code", equalTo("FORBIDDEN"));
        send("other", "operator", PATH + "/A-1/approval", null).statusCode(403);
        assertThat(sellable()).isEqualTo(10);
    }

    @Test
    void what_no_reconciliation_shows_or_calls_have_locked_is_not_adjusted() {
        send("somebody", "operator", PATH, proposal("A-1", "web/coffee", "Why"))
                .statusCode(422)
                .body("code", equalTo("NO_SUCH_DIFFERENCE"));
        send(
                        "somebody",
                        "operator",
                        PATH,
                        Map.of(
                                "number",
                                "A-2",
                                "reconciliation",
                                reconciliation,
                                "scope",
                                ProbeAdjuster.OF_CALLS,
                                "key",
                                KEY,
                                "cause",
                                "DEFECT",
                                "note",
                                "Why"))
                .statusCode(409)
                .body("code", equalTo("NOT_ADJUSTABLE"));
        send("somebody", "operator", PATH, proposal("A-3", KEY, "")).statusCode(400);
    }

    @Test
    void a_difference_that_is_another_one_now_is_not_booked() {
        propose("A-1");
        peer.peerSays(List.of(new KeyPosition("", KEY, 15)));

        approve("A-1")
                .statusCode(409)
                .body("code", equalTo("DIFFERENCE_CHANGED"))
                .body("quantity", equalTo(5));
        assertThat(sellable()).isEqualTo(10);
    }

    @Test
    void nothing_is_booked_while_a_message_that_names_the_key_is_parked() {
        String id = UUID.randomUUID().toString();
        propose("A-1");
        books.run("""
                INSERT INTO parked_message (queue, message_id, type, properties, payload, reason, reason_code, effect_keys)
                VALUES ('nowhere', '%s', 'StockGranted', '{}', 'x', 'It is strange', 'DOES_NOT_FIT', '{%s}')
                """.formatted(id, KEY));
        try {
            approve("A-1").statusCode(409).body("code", equalTo("KEY_IS_PARKED"));
            assertThat(sellable()).isEqualTo(10);
        } finally {
            books.run("DELETE FROM parked_message WHERE message_id = '" + id + "'");
        }
        approve("A-1").statusCode(200);
    }

    @Test
    void nothing_is_booked_on_a_database_that_was_set_back_before_it_is_rebuilt() throws InterruptedException {
        propose("A-1");
        books.run("INSERT INTO restoration (state, reason, epoch) VALUES ('EPOCH_BEGUN', 'probe', 1)");
        try {
            while (fence.isOpen()) {
                fence.awaitClosed(1_000);
            }
            approve("A-1").statusCode(503).body("code", equalTo("FENCED"));
            assertThat(sellable()).isEqualTo(10);

            books.run("UPDATE restoration SET state = 'REBUILT' WHERE reason = 'probe'");
            approve("A-1").statusCode(200);
            assertThat(sellable()).isEqualTo(12);
        } finally {
            books.run("DELETE FROM restoration WHERE reason = 'probe'");
            fence.awaitOpen();
        }
    }

    @Test
    void nothing_is_booked_when_the_key_has_moved_forth_and_back_since_it_was_proposed() {
        propose("A-1").statusCode(201);
        books.adjust(KEY, 5, "FORTH");
        books.adjust(KEY, -5, "BACK");

        approve("A-1")
                .statusCode(409)
                .body("code", equalTo("KEY_HAS_MOVED"))
                .body("documentKind", equalTo("RECONCILIATION_ADJUSTMENT"))
                .body("documentNumber", equalTo("BACK"))
                .body("movement", greaterThan(0));
        assertThat(sellable()).isEqualTo(10);

        send("boss", "approver", PATH + "/A-1/rejection", null).statusCode(200);
        propose("A-2").statusCode(201);
        approve("A-2").statusCode(200);
        assertThat(sellable()).isEqualTo(12);
    }

    @Test
    void a_key_that_moves_between_look_and_lock_is_left_alone() {
        propose("A-1").statusCode(201);
        adjuster.beforeTheLock(() -> books.lock(row, 1, "O-1"));

        approve("A-1").statusCode(409).body("code", equalTo("KEY_HAS_MOVED")).body("documentNumber", equalTo("O-1"));
        assertThat(sellable()).isEqualTo(9);
    }

    @Test
    void what_other_keys_move_does_not_matter() {
        propose("A-1").statusCode(201);
        books.receive("web/coffee", "coffee", 5, "G-2");

        approve("A-1").statusCode(200);
    }

    @Test
    void a_difference_that_is_another_one_than_the_reconciliation_lists_is_not_proposed() {
        peer.peerSays(List.of(new KeyPosition("", KEY, 11)));

        propose("A-1")
                .statusCode(409)
                .body("code", equalTo("DIFFERENCE_CHANGED"))
                .body("quantity", equalTo(1));
        get(PATH + "/A-1").statusCode(404);
    }

    @Test
    void what_was_changed_without_a_movement_is_not_carried_into_the_ledger() {
        propose("A-1").statusCode(201);
        books.run("UPDATE probe_stock SET sellable = 5");
        peer.peerSays(List.of(new KeyPosition("", KEY, 7)));

        approve("A-1")
                .statusCode(409)
                .body("code", equalTo("BALANCE_IS_NOT_ITS_LEDGER"))
                .body("balance", equalTo(5))
                .body("ledger", equalTo(10));

        assertThat(sellable()).isEqualTo(5);
        books.run("UPDATE probe_stock SET sellable = 10");
        peer.peerSays(List.of(new KeyPosition("", KEY, 12)));
        approve("A-1").statusCode(200);
        assertThat(sellable()).isEqualTo(12);
    }

    @Test
    void what_is_ordered_is_not_taken_away() {
        books.lock(row, 9, "O-1");
        peer.peerSays(List.of(new KeyPosition("", KEY, 8)));
        a_reconciliation();
        propose("A-1").statusCode(201);

        approve("A-1").statusCode(409).body("code", equalTo("INSUFFICIENT_STOCK"));
        assertThat(sellable()).isEqualTo(1);
    }

    @Test
    void what_is_rejected_stays_so_and_both_are_listed() {
        propose("A-1");
        send("boss", "approver", PATH + "/A-1/rejection", null).statusCode(200).body("state", equalTo("REJECTED"));

        approve("A-1").statusCode(409).body("code", equalTo("WRONG_STATE"));
        propose("A-2").statusCode(201).header("Location", endsWith(PATH + "/A-2"));
        get(PATH + "?state=PROPOSED").body("items.number", hasItem("A-2")).body("items.number", not(hasItem("A-1")));
        get(PATH + "/A-1").body("note", equalTo("Why"));
        get(PATH + "?state=OPEN").statusCode(400);
        get(PATH + "/A-9").statusCode(404);
        assertThat(sellable()).isEqualTo(10);
    }

    @Test
    void a_difference_is_open_from_the_first_reconciliation_that_finds_it_to_the_first_that_does_not() {
        get("/v1/differences")
                .body("items", hasSize(1))
                .body("items[0].key", equalTo(KEY))
                .body("items[0].firstSeenIn", equalTo(reconciliation));
        String first = reconciliation;
        peer.peerSays(List.of(new KeyPosition("", KEY, 13)));
        a_reconciliation();
        get("/v1/differences")
                .body("items[0].there", equalTo(13))
                .body("items[0].firstSeenIn", equalTo(first))
                .body("items[0].lastSeenIn", equalTo(reconciliation));

        open.makeReport();
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        get("/v1/difference-reports").body("items[0].day", equalTo(today));
        get("/v1/difference-reports/" + today).body("openCount", equalTo(1)).body("differences[0].key", equalTo(KEY));
        get("/v1/difference-reports/2020-01-01").statusCode(404);
        get("/v1/difference-reports/today").statusCode(400);

        peer.peerSays(List.of(new KeyPosition("", KEY, 10)));
        a_reconciliation();
        get("/v1/differences").body("items", empty());
    }

    private void a_reconciliation() {
        reconciliation = given().auth()
                .oauth2(Tokens.of("operator"))
                .header("Prefer", "wait=60")
                .post("/v1/reconciliations")
                .then()
                .extract()
                .path("number");
    }

    private long sellable() {
        return database.query(
                        "SELECT sellable FROM probe_stock WHERE row_id = ?",
                        p -> p.number(1, row),
                        found -> found.getLong(1))
                .getFirst();
    }

    private Map<String, Object> proposal(String number, String key, String note) {
        return Map.of("number", number, "reconciliation", reconciliation, "key", key, "cause", "DEFECT", "note", note);
    }

    private ValidatableResponse propose(String number) {
        return send("somebody", "operator", PATH, proposal(number, KEY, "Why"));
    }

    private ValidatableResponse approve(String number) {
        return send("boss", "approver", PATH + "/" + number + "/approval", null);
    }

    private static ValidatableResponse send(String person, String role, String path, Object body) {
        var request = given().auth().oauth2(Tokens.ofSubject(person, role));
        return (body == null ? request : request.contentType("application/json").body(body))
                .post(path)
                .then();
    }

    private static ValidatableResponse get(String path) {
        return given().auth().oauth2(Tokens.of("auditor")).get(path).then();
    }
}
