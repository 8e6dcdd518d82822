package org.tierstock.runtime.reconcile;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.check.Check;
import org.tierstock.runtime.check.CheckRuns;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeReconciler;
import org.tierstock.runtime.probe.Tokens;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ReconciliationTest {
    private static final List<String> STREAMS = List.of("D>S", "S>D");

    @Inject
    Books books;

    @Inject
    Positions positions;

    @Inject
    ProbeReconciler peer;

    @Inject
    CheckRuns runs;

    @BeforeEach
    void empty_books() {
        books.run("DELETE FROM probe_stock");
        books.run("DELETE FROM inbox");
        books.run("DELETE FROM outbox");
        books.run("DELETE FROM stream_mark");
    }

    @Test
    void a_position_leaves_out_what_lies_beyond_the_cut() {
        stock("k1", 10);
        applied("D>S", 1, 1, "k1", 4);
        applied("D>S", 1, 2, "k1", 3);
        applied("D>S", 1, 3, "k1", 2);
        sent("S>D", 1, 1, "k1", -5);
        sent("S>D", 1, 2, "k1", -6);

        assertThat(at(new AppliedPosition("D>S", 1, 3), new AppliedPosition("S>D", 1, 2)))
                .containsExactly(new KeyPosition("k1", 10));
        assertThat(at(new AppliedPosition("D>S", 1, 1, NumberRanges.of(3)), new AppliedPosition("S>D", 1, 1)))
                .containsExactly(new KeyPosition("k1", 10 - 3 + 6));
        assertThat(at()).containsExactly(new KeyPosition("k1", 10 - 9 + 11));
    }

    @Test
    void a_key_that_only_a_message_names_has_a_position_too() {
        sent("S>D", 2, 1, "gone", -5);

        assertThat(at()).containsExactly(new KeyPosition("gone", 5));
        assertThat(at(new AppliedPosition("S>D", 2, 1))).isEmpty();
    }

    @Test
    void the_positions_of_a_sku_are_its_balances_and_its_messages_alone() {
        stock("web/a", "a", 10);
        stock("web/b", "b", 10);
        stock("web/aa", "aa", 10);
        sent("S>D", 2, 1, "shop/a", -5);
        sent("S>D", 2, 2, "shop/b", -5);

        assertThat(at("a")).containsExactly(new KeyPosition("shop/a", 5), new KeyPosition("web/a", 10));
    }

    @Test
    void positions_come_in_the_order_of_their_characters() {
        stock("b", 1);
        stock("a-1", 1);
        stock("a1", 1);
        stock("B", 1);

        assertThat(at()).extracting(KeyPosition::key).containsExactly("B", "a-1", "a1", "b");
    }

    @Test
    void messages_of_other_streams_do_not_count() {
        stock("k1", 10);
        applied("W>D:x", 1, 1, "k1", 4);

        assertThat(at()).containsExactly(new KeyPosition("k1", 10));
    }

    @Test
    void a_cut_speaks_of_its_own_streams_only() {
        assertThatThrownBy(() -> Cut.whole(STREAMS, List.of(new AppliedPosition("W>D:x", 1, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> positions.at("stock; DROP TABLE ledger", Cut.whole(STREAMS, List.of()), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void books_that_agree_have_no_difference() {
        stock("k1", 10);
        peer.peerSays(List.of(new KeyPosition("k1", 10)));

        reconcile()
                .statusCode(201)
                .header("Location", startsWith("http"))
                .body("number", startsWith("RC-1-"))
                .body("peer", equalTo("dispatch"))
                .body("keys", equalTo(1))
                .body("differenceCount", equalTo(0))
                .body("differences", empty());
    }

    @Test
    void a_difference_is_found_kept_and_shown() {
        stock("k1", 10);
        stock("k2", 5);
        applied("D>S", 1, 1, "k2", 5);
        sent("S>D", 1, 1, "k1", -5);
        peer.peerSays(List.of(new KeyPosition("k1", 15), new KeyPosition("k2", 4)));

        String number = reconcile()
                .body("differences", hasSize(1))
                .body("differences[0].key", equalTo("k2"))
                .body("differences[0].here", equalTo(5))
                .body("differences[0].there", equalTo(4))
                .body("differences[0].documents", hasSize(1))
                .body("differences[0].documents[0].number", equalTo("D>S-1-1"))
                .extract()
                .path("number");

        get("/v1/reconciliations/" + number).body("differences[0].key", equalTo("k2"));
        get("/v1/reconciliations?limit=1")
                .body("items[0].number", equalTo(number))
                .body("items[0].differences", nullValue());
        get("/v1/reconciliations").body("items.number", hasItem(number));
        get("/v1/reconciliations/RC-1-0").statusCode(404).body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void a_difference_names_first_the_message_that_was_given_up() {
        stock("k1", 10);
        for (int later = 1; later <= DocumentsAround.PER_KEY; later++) {
            applied("D>S", 1, later, "k1", 1);
        }
        books.run("""
                INSERT INTO parked_message (queue, message_id, type, stream, partition, sequence, properties, payload, reason,
                                            reason_code, state, settled_at, given_up, document, effect_keys)
                VALUES ('nowhere', 'given-up', 'StockGranted', 'D>S', 1, 99, '{}', 'x', 'It is strange',
                        'UNREADABLE', 'CLOSED', '2020-01-01', true, 'G-1', '{k1}')
                """);
        peer.peerSays(List.of(new KeyPosition("k1", 15)));

        reconcile()
                .body("differences[0].documents", hasSize(DocumentsAround.PER_KEY))
                .body("differences[0].documents[0].number", equalTo("G-1"))
                .body("differences[0].documents[0].sequence", equalTo(99))
                .body("differences[0].documents[0].givenUp", equalTo(true))
                .body("differences[0].documents[1].givenUp", equalTo(false));

        books.run("DELETE FROM parked_message WHERE message_id = 'given-up'");
    }

    @Test
    void a_cut_that_a_purge_has_overtaken_is_chosen_again() {
        stock("k1", 10);
        peer.peerSays(List.of(new KeyPosition("k1", 10)));
        peer.purgeMeanwhile(2);

        reconcile().statusCode(201).body("keys", equalTo(1)).body("differenceCount", equalTo(0));
    }

    @Test
    @Timeout(60)
    void one_reconciliation_runs_at_a_time_in_the_background_and_its_result_is_fetched() {
        stock("k1", 10);
        peer.peerSays(List.of(new KeyPosition("k1", 10)));
        CountDownLatch letGo = new CountDownLatch(1);
        peer.stall(letGo);

        String number = begin("wait=0", "")
                .statusCode(202)
                .body("state", equalTo("RUNNING"))
                .body("differences", nullValue())
                .extract()
                .path("number");
        begin("", "").statusCode(202).body("number", equalTo(number));
        begin("", "?sku=a")
                .statusCode(409)
                .body("code", equalTo("CHECK_RUNNING"))
                .body("number", equalTo(number));
        get("/v1/reconciliations/" + number).body("state", equalTo("RUNNING"));
        get("/v1/reconciliations").body("items[0].state", equalTo("RUNNING"));
        letGo.countDown();

        reconcile().statusCode(201);
        get("/v1/reconciliations/" + number).body("state", equalTo("DONE")).body("keys", equalTo(1));
    }

    @Test
    void what_a_replica_that_is_gone_was_at_has_failed_and_another_one_may_run() {
        books.run("""
                INSERT INTO check_run (number, kind, asked_by, seen_at)
                VALUES ('RC-0-1', 'RECONCILIATION', 'somebody', now() - interval '1 minute')
                """);
        Map<String, Object> before = get("/v1/reconciliations/RC-0-1")
                .body("state", equalTo("FAILED"))
                .body("failure", startsWith("Its replica"))
                .body("finishedAt", notNullValue())
                .extract()
                .path("");
        get("/v1/reconciliations").body("items.find { it.number == 'RC-0-1' }.state", equalTo("FAILED"));

        reconcile().statusCode(201).body("state", equalTo("DONE"));
        assertThat(get("/v1/reconciliations/RC-0-1").extract().<Map<String, Object>>path(""))
                .isEqualTo(before);
    }

    @Test
    void a_run_whose_cut_is_always_overtaken_has_failed_and_says_why() {
        peer.purgeMeanwhile(100);

        reconcile().statusCode(201).body("state", equalTo("FAILED")).body("failure", notNullValue());
        peer.purgeMeanwhile(0);
    }

    @Test
    void a_part_that_is_not_there_is_malformed() {
        begin("", "?warehouse=W1").statusCode(400).body("field", equalTo("warehouse"));
    }

    @Test
    void a_run_that_failed_leaves_the_turn_to_another_replica_and_one_that_is_done_does_not() {
        books.run("UPDATE check_run SET finished_at = finished_at - interval '1 hour' WHERE state <> 'RUNNING'");
        peer.purgeMeanwhile(100);
        reconcile().body("state", equalTo("FAILED"));
        peer.purgeMeanwhile(0);
        assertThat(runs.isDoneWithin(Check.Kind.RECONCILIATION, Duration.ofMinutes(7)))
                .isFalse();

        reconcile().body("state", equalTo("DONE"));
        assertThat(runs.isDoneWithin(Check.Kind.RECONCILIATION, Duration.ofMinutes(7)))
                .isTrue();
    }

    private List<KeyPosition> at(AppliedPosition... applied) {
        return at("", applied);
    }

    private List<KeyPosition> at(String sku, AppliedPosition... applied) {
        try (StatedPositions stated = positions.at("probe_position", Cut.whole(STREAMS, List.of(applied)), sku)) {
            List<KeyPosition> found = new ArrayList<>();
            stated.read().forEachRemaining(found::add);
            return found;
        }
    }

    private void stock(String key, long units) {
        stock(key, "r", units);
    }

    private void stock(String key, String sku, long units) {
        books.run("INSERT INTO probe_stock (key, sku, sellable) VALUES ('%s', '%s', %d)".formatted(key, sku, units));
    }

    private void applied(String stream, int partition, long sequence, String key, long quantity) {
        books.run("""
                INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, business_key, effect_keys, effect_quantities)
                VALUES ('%s', %d, %d, 1, 1, 't', '%s-%s-%s', '{%s}', '{%d}')
                """.formatted(stream, partition, sequence, stream, partition, sequence, key, quantity));
    }

    private void sent(String stream, int partition, long sequence, String key, long quantity) {
        books.run("""
                INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject,
                                    payload, effect_keys, effect_quantities, trace_parent)
                VALUES ('%s', %d, %d, 'NOBODY', 1, 't', 'b', 's', '{}', '{%s}', '{%d}', '')
                """.formatted(stream, partition, sequence, key, quantity));
    }

    private static ValidatableResponse reconcile() {
        return begin("wait=60", "");
    }

    private static ValidatableResponse begin(String prefer, String query) {
        return given().auth()
                .oauth2(Tokens.of("operator"))
                .header("Prefer", prefer)
                .post("/v1/reconciliations" + query)
                .then();
    }

    private static ValidatableResponse get(String path) {
        return given().auth().oauth2(Tokens.of("auditor")).get(path).then();
    }
}
