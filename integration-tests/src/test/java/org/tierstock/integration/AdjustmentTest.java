package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;
import org.tierstock.local.TokenSigner;

/**
 * 对账调整单 on running services: a message that was given up leaves a difference, two people book it away, and the layers
 * are equal again, in traffic too.
 */
class AdjustmentTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String ADJUSTMENTS = "/v1/reconciliation-adjustments";

    @AfterEach
    void every_layer_applies_everything_again() throws SQLException {
        for (Layer layer : List.of(Layer.SALES, Layer.DISPATCH)) {
            owner(layer, "DROP FUNCTION IF EXISTS refuse_key() CASCADE");
        }
    }

    @Test
    void a_grant_that_sales_gave_up_is_adjusted_by_two_people_and_not_when_an_order_has_moved_the_key()
            throws SQLException {
        Shop shop = Shop.open("adjust");
        String key = shop.channel + "/PARCEL/NORMAL/" + shop.region + '/' + shop.sku;
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);
        refuse(Layer.SALES, key);
        shop.receiveUnits(shop.warehouse, "A-1", 4);
        giveUp(Layer.SALES, parked(Layer.SALES, key));
        applyAgain(Layer.SALES);
        assertThat(proposed(Layer.SALES, "", key, 10, 14, "ADJ-" + shop.name + "-1"))
                .isEqualTo(201);

        // An approver may not approve what they have proposed, by whichever of their tokens.
        Rest.Answer alone = approve(proposerAsApprover(Layer.SALES), "ADJ-" + shop.name + "-1");
        assertThat(alone.status()).isEqualTo(403);
        assertThat(alone.body().get("detail").asText()).contains("proposed");
        String order = shop.placed(3);
        Rest.Answer moved = approve(approver(Layer.SALES), "ADJ-" + shop.name + "-1");
        assertThat(moved.status()).isEqualTo(409);
        assertThat(moved.code()).isEqualTo("KEY_HAS_MOVED");
        assertThat(moved.body().get("documentNumber").asText()).isEqualTo(order);
        assertThat(shop.sellable()).isEqualTo(7);

        reject(Layer.SALES, "ADJ-" + shop.name + "-1");
        assertThat(proposed(Layer.SALES, "", key, 10, 14, "ADJ-" + shop.name + "-2"))
                .isEqualTo(201);
        JsonNode booked =
                approve(approver(Layer.SALES), "ADJ-" + shop.name + "-2").ok().body();
        assertThat(booked.get("state").asText()).isEqualTo("BOOKED");
        assertThat(approve(approver(Layer.SALES), "ADJ-" + shop.name + "-2")
                        .ok()
                        .body())
                .as("approved again")
                .isEqualTo(booked);
        assertThat(shop.sellable()).isEqualTo(11);
        List<JsonNode> movements = movements(Layer.SALES, "ADJ-" + shop.name + "-2");
        assertThat(movements).hasSize(1);
        JsonNode movement = movements.getFirst();
        assertThat(movement.get("document").get("kind").asText()).isEqualTo("RECONCILIATION_ADJUSTMENT");
        assertThat(movement.get("quantity").asLong()).isEqualTo(4);
        assertThat(movement.get("from").get("bucket").asText()).isEqualTo("EXTERNAL");
        assertThat(movement.get("to").get("bucket").asText()).isEqualTo("SELLABLE");
        assertThat(movement.get("to").get("key").asText()).startsWith(key);
        assertThat(movements(Layer.SALES, "ADJ-" + shop.name + "-1")).isEmpty();
        isClean(shop);

        // What was adjusted can be sold and shipped.
        String rest = shop.placed(11);
        shop.pay(order).ok();
        shop.pay(rest).ok();
        shop.shipAll(order, 3);
        shop.shipAll(rest, 11);
        assertThat(shop.warehouseStock()).containsExactly(0L, 0L, 0L);
        await("shipments at dispatch").atMost(SOON).until(() -> shop.dispatchBucket("allocated") == 0);
        isClean(shop);
    }

    @Test
    void a_count_that_dispatch_gave_up_is_adjusted_and_recalled_and_not_while_a_receipt_of_the_key_is_parked()
            throws SQLException {
        Shop shop = Shop.open("adjustd");
        String key = shop.warehouse + "/MAIN/ACME/NORMAL/" + shop.sku;
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);
        refuse(Layer.DISPATCH, key);
        shop.count(shop.warehouse, "A-1", 8);
        giveUp(Layer.DISPATCH, parked(Layer.DISPATCH, key));
        assertThat(proposed(Layer.DISPATCH, shop.warehouse, key, 10, 8, "ADJ-" + shop.name + "-1"))
                .isEqualTo(201);

        shop.receiveUnits(shop.warehouse, "A-2", 5);
        long receipt = parked(Layer.DISPATCH, key);
        Rest.Answer waiting = approve(approver(Layer.DISPATCH), "ADJ-" + shop.name + "-1");
        assertThat(waiting.status()).isEqualTo(409);
        assertThat(waiting.code()).isEqualTo("KEY_IS_PARKED");
        applyAgain(Layer.DISPATCH);
        operator(Layer.DISPATCH)
                .post("/v1/parked-messages/" + receipt + "/replay", null)
                .ok();
        shop.awaitSellable(15);
        Rest.Answer moved = approve(approver(Layer.DISPATCH), "ADJ-" + shop.name + "-1");
        assertThat(moved.status()).isEqualTo(409);
        assertThat(moved.code()).isEqualTo("KEY_HAS_MOVED");

        reject(Layer.DISPATCH, "ADJ-" + shop.name + "-1");
        assertThat(proposed(Layer.DISPATCH, shop.warehouse, key, 15, 13, "ADJ-" + shop.name + "-2"))
                .isEqualTo(201);
        assertThat(approve(proposerAsApprover(Layer.DISPATCH), "ADJ-" + shop.name + "-2")
                        .status())
                .isEqualTo(403);
        JsonNode booked = approve(approver(Layer.DISPATCH), "ADJ-" + shop.name + "-2")
                .ok()
                .body();
        assertThat(booked.get("state").asText()).isEqualTo("BOOKED");
        List<JsonNode> movements = movements(Layer.DISPATCH, "ADJ-" + shop.name + "-2");
        assertThat(movements).hasSize(1);
        JsonNode movement = movements.getFirst();
        assertThat(movement.get("document").get("kind").asText()).isEqualTo("RECONCILIATION_ADJUSTMENT");
        assertThat(movement.get("quantity").asLong()).isEqualTo(2);
        assertThat(movement.get("from").get("bucket").asText()).isEqualTo("DEFICIT");
        assertThat(movement.get("from").get("key").asText()).isEqualTo(key);
        assertThat(movement.get("to").get("bucket").asText()).isEqualTo("EXTERNAL");
        // All was promised: what the shelf has lost is recalled from sales.
        shop.awaitSellable(13);
        await("the recall's end").atMost(SOON).until(() -> shop.dispatchBucket("deficit") == 0);
        assertThat(shop.dispatchBucket("allotted")).isEqualTo(13);
        isClean(shop);
    }

    private static Rest operator(Layer layer) {
        return RunningPlatform.rest(layer, Role.OPERATOR);
    }

    private static Rest approver(Layer layer) {
        return RunningPlatform.rest(layer, Role.APPROVER);
    }

    /** The person of {@link #operator} with a token of the second role. */
    private static Rest proposerAsApprover(Layer layer) {
        return new Rest(
                RunningPlatform.get().url(layer),
                TokenSigner.open(RunningPlatform.get().directory())
                        .sign("local-" + Role.OPERATOR.claim(), Role.APPROVER, Scopes.ALL, Duration.ofHours(1)));
    }

    /** Reconciles, finds that difference of the key and no other, and proposes to adjust it; answers the status. */
    private static int proposed(Layer layer, String scope, String key, long here, long there, String number) {
        JsonNode run = operator(layer).check("/v1/reconciliations");
        List<JsonNode> found = ofKey(run.get("differences"), key);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().get("scope").asText()).isEqualTo(scope);
        assertThat(found.getFirst().get("here").asLong()).isEqualTo(here);
        assertThat(found.getFirst().get("there").asLong()).isEqualTo(there);
        assertThat(found.getFirst().get("documents").findValuesAsText("givenUp"))
                .contains("true");
        assertThat(ofKey(open(layer), key)).hasSize(1);
        Rest.Answer answer = operator(layer)
                .post(
                        ADJUSTMENTS,
                        Map.of(
                                "number",
                                number,
                                "reconciliation",
                                run.get("number").asText(),
                                "scope",
                                scope,
                                "key",
                                key,
                                "cause",
                                "MESSAGE_GIVEN_UP",
                                "note",
                                "closed by a test"))
                .ok();
        assertThat(answer.body().get("quantity").asLong()).isEqualTo(there - here);
        return answer.status();
    }

    private static Rest.Answer approve(Rest person, String number) {
        return person.post(ADJUSTMENTS + '/' + number + "/approval", null);
    }

    private static void reject(Layer layer, String number) {
        approver(layer).post(ADJUSTMENTS + '/' + number + "/rejection", null).ok();
    }

    /** No difference of the shop is found or open any more, and its balances are what the ledgers say. */
    private static void isClean(Shop shop) {
        for (Layer layer : List.of(Layer.SALES, Layer.DISPATCH)) {
            assertThat(ofShop(operator(layer).check("/v1/reconciliations").get("differences"), shop))
                    .as("differences at " + layer)
                    .isEmpty();
            assertThat(ofShop(open(layer), shop))
                    .as("open differences at " + layer)
                    .isEmpty();
            assertThat(ofShop(operator(layer).check("/v1/audits").get("differences"), shop))
                    .as("audit of " + layer)
                    .isEmpty();
        }
    }

    private static JsonNode open(Layer layer) {
        return operator(layer).get("/v1/differences?limit=1000").ok().body().get("items");
    }

    private static List<JsonNode> ofKey(JsonNode list, String key) {
        List<JsonNode> found = new ArrayList<>();
        list.forEach(item -> {
            if (item.get("key").asText().equals(key)) {
                found.add(item);
            }
        });
        return found;
    }

    private static List<JsonNode> ofShop(JsonNode list, Shop shop) {
        List<JsonNode> found = new ArrayList<>();
        list.forEach(item -> {
            if (item.get("key").asText().contains(shop.sku)) {
                found.add(item);
            }
        });
        return found;
    }

    /** What a document has moved at a layer, as its ledger has it. */
    private static List<JsonNode> movements(Layer layer, String document) {
        List<JsonNode> found = new ArrayList<>();
        operator(layer)
                .get("/v1/movements?document=" + document)
                .ok()
                .body()
                .get("items")
                .forEach(found::add);
        return found;
    }

    /** From now on a layer cannot apply what names this key. */
    private static void refuse(Layer layer, String key) throws SQLException {
        owner(layer, """
                CREATE FUNCTION refuse_key() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'refused: %%', TG_ARGV[0]; END $$;
                CREATE TRIGGER refuse_key BEFORE INSERT ON inbox FOR EACH ROW
                WHEN (NEW.effect_keys @> ARRAY['%1$s']) EXECUTE FUNCTION refuse_key('%1$s')
                """.formatted(key));
    }

    private static void applyAgain(Layer layer) throws SQLException {
        owner(layer, "DROP FUNCTION refuse_key() CASCADE");
    }

    private static void owner(Layer layer, String sql) throws SQLException {
        LayerDatabase database = RunningPlatform.get().database(layer);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.owner(), database.ownerPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until a message is parked that was refused for its key; its id. */
    private static long parked(Layer layer, String key) {
        List<Long> waiting = new ArrayList<>();
        await("a message of " + key + " to be parked").atMost(SOON).until(() -> {
            waiting.clear();
            operator(layer)
                    .get("/v1/parked-messages?state=PARKED&limit=1000")
                    .ok()
                    .body()
                    .get("items")
                    .forEach(message -> {
                        if (message.get("reason").asText().contains("refused: " + key)) {
                            waiting.add(message.get("id").asLong());
                        }
                    });
            return waiting.size() == 1;
        });
        return waiting.getFirst();
    }

    private static void giveUp(Layer layer, long message) {
        assertThat(operator(layer)
                        .post("/v1/parked-messages/" + message + "/closure", null)
                        .ok()
                        .body()
                        .get("givenUp")
                        .asBoolean())
                .isTrue();
    }
}
