package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** Every endpoint that the services describe refuses no token, a wrong role and a foreign scope. */
class SecurityWalkTest {
    /** A role that has no business at a layer at all. */
    private static final Map<Layer, Role> OUTSIDER =
            Map.of(Layer.SALES, Role.WMS, Layer.DISPATCH, Role.CHANNEL, Layer.WAREHOUSE, Role.CHANNEL);

    private static final Set<String> NOBODY = Set.of("NOBODY");

    /** Scopes of a channel, a warehouse and an owner that do not exist. */
    private static final Scopes NOBODYS = new Scopes(NOBODY, NOBODY, NOBODY);

    /**
     * The operations that keep to scopes themselves and can be asked without naming what the scopes forbid: lists, which are
     * empty, and documents. SKUs are nobody's in particular.
     */
    private static final Set<String> KEEP_TO_SCOPES = new TreeSet<>(List.of(
            "dispatch POST /v1/grants",
            "sales GET /v1/availability",
            "sales GET /v1/orders",
            "sales GET /v1/orders/{orderNumber}",
            "sales GET /v1/stock",
            "sales POST /v1/orders",
            "sales POST /v1/orders/batch",
            "sales POST /v1/orders/cancellations",
            "sales POST /v1/orders/payments",
            "sales POST /v1/orders/{orderNumber}/cancellation",
            "sales POST /v1/orders/{orderNumber}/payment",
            "warehouse GET /v1/batches",
            "warehouse GET /v1/outbound-orders",
            "warehouse GET /v1/outbound-orders/{outbound}",
            "warehouse GET /v1/skus",
            "warehouse GET /v1/skus/{code}",
            "warehouse GET /v1/stock",
            "warehouse POST /v1/outbound-orders/{outbound}/picks",
            "warehouse POST /v1/outbound-orders/{outbound}/shipment",
            "warehouse POST /v1/receipts",
            "warehouse POST /v1/shipments",
            "warehouse POST /v1/stocktakes"));

    private static Rest.Answer call(OpenApi.Operation operation, String token) {
        return new Rest(RunningPlatform.get().url(operation.layer()), token)
                .send(operation.method(), operation.filled(), operation.takesJson() ? Map.of() : null);
    }

    private static List<OpenApi.Operation> everyOperation() {
        List<OpenApi.Operation> all = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            all.addAll(OpenApi.operations(layer));
        }
        assertThat(all).hasSizeGreaterThan(60);
        return all;
    }

    @Test
    void no_endpoint_answers_without_a_token_or_with_a_forged_one() {
        String forged = RunningPlatform.get().token(Role.OPERATOR, Scopes.ALL);
        forged = forged.substring(0, forged.length() - 12) + "AAAAAAAAAAAA";
        for (OpenApi.Operation operation : everyOperation()) {
            for (String token : java.util.Arrays.asList(null, "nonsense", forged)) {
                Rest.Answer answer = call(operation, token);
                assertThat(answer.status()).as("%s with %s", operation, token).isEqualTo(401);
                assertThat(answer.code()).as(operation.toString()).isEqualTo("UNAUTHENTICATED");
            }
        }
    }

    @Test
    void no_endpoint_serves_a_role_that_has_no_business_there() {
        for (OpenApi.Operation operation : everyOperation()) {
            String outsider = RunningPlatform.get().token(OUTSIDER.get(operation.layer()), Scopes.ALL);
            Rest.Answer answer = call(operation, outsider);
            assertThat(answer.status()).as(operation.toString()).isEqualTo(403);
            assertThat(answer.code()).as(operation.toString()).isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void an_auditor_reads_and_changes_nothing() {
        for (OpenApi.Operation operation : everyOperation()) {
            // An audit and a reconciliation change no stock: an auditor may ask for them.
            boolean check =
                    operation.path().equals("/v1/audits") || operation.path().equals("/v1/reconciliations");
            if (!operation.method().equals("GET") && !check) {
                String auditor = RunningPlatform.get().token(Role.AUDITOR, Scopes.ALL);
                assertThat(call(operation, auditor).status())
                        .as(operation.toString())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void a_narrowed_token_opens_what_keeps_to_its_scopes_and_finds_nothing_there_and_no_other_endpoint() {
        Set<String> keepsToScopes = new TreeSet<>();
        for (OpenApi.Operation operation : everyOperation()) {
            for (Role role : List.of(Role.OPERATOR, Role.AUDITOR)) {
                Rest.Answer answer = call(operation, RunningPlatform.get().token(role, NOBODYS));
                if (answer.status() != 403) {
                    keepsToScopes.add(operation.toString());
                }
                if (answer.status() == 200 && !operation.path().equals("/v1/skus")) {
                    assertThat(answer.body().get("items"))
                            .as(operation.toString())
                            .isEmpty();
                }
            }
        }
        // Those with a body answer 400 to an empty one; what they do with a right one is tried by the two walks below.
        assertThat(keepsToScopes).isEqualTo(KEEP_TO_SCOPES);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANNEL", "OPERATOR"})
    void a_channel_neither_sees_nor_moves_another_channels_orders_and_stock(Role role) {
        Shop shop = Shop.open("scope" + role.claim());
        shop.receiveUnits(shop.warehouse, "A-1", 5);
        shop.awaitSellable(5);
        String order = shop.placed(1);
        Rest foreign = new Rest(
                RunningPlatform.get().url(Layer.SALES),
                RunningPlatform.get().token(role, Scopes.ofChannels("ANOTHER")));
        Set<String> walked = new TreeSet<>();

        refused(walked, "POST /v1/orders", foreign.post("/v1/orders", shop.order("F1", 1)));
        refused(walked, "GET /v1/orders/{orderNumber}", foreign.get("/v1/orders/" + order));
        refused(
                walked,
                "POST /v1/orders/{orderNumber}/payment",
                foreign.post("/v1/orders/" + order + "/payment", Map.of("paymentNumber", "P-F")));
        refused(
                walked,
                "POST /v1/orders/{orderNumber}/cancellation",
                foreign.post(
                        "/v1/orders/" + order + "/cancellation",
                        Map.of("cancellationNumber", "C-F", "reasonCode", "BUYER")));
        refused(
                walked,
                "GET /v1/availability",
                foreign.get("/v1/availability?channel=" + shop.channel + "&sku=" + shop.sku));
        for (String batch : List.of("orders", "payments", "cancellations")) {
            Map<String, Object> body = switch (batch) {
                case "orders" -> Map.of("orders", List.of(shop.order("F2", 1)));
                case "payments" -> Map.of("payments", List.of(Map.of("orderNumber", order, "paymentNumber", "P-F2")));
                default ->
                    Map.of(
                            "cancellations",
                            List.of(Map.of("orderNumber", order, "cancellationNumber", "C-F2", "reasonCode", "BUYER")));
            };
            String path = batch.equals("orders") ? "/v1/orders/batch" : "/v1/orders/" + batch;
            Rest.Answer answer = foreign.post(path, body);
            walked.add("POST " + path);
            if (answer.status() == 200) {
                assertThat(answer.body().get("results").get(0).get("status").asInt())
                        .as(path)
                        .isIn(403, 404);
            } else {
                assertThat(answer.status()).as(path).isIn(403, 404);
            }
        }
        Rest.Answer orders = foreign.get("/v1/orders");
        walked.add("GET /v1/orders");
        assertThat(orders.status() == 403 || orders.body().get("items").isEmpty())
                .isTrue();
        Rest.Answer stock = foreign.get("/v1/stock?sku=" + shop.sku);
        walked.add("GET /v1/stock");
        assertThat(stock.status() == 403 || stock.body().get("items").isEmpty()).isTrue();

        assertThat(shop.salesBucket("locked")).isEqualTo(1);
        assertThat(walked).containsAll(permitted(Layer.SALES, Role.CHANNEL, "/v1/channels"));
    }

    @ParameterizedTest
    @EnumSource(names = {"WMS", "OPERATOR"})
    void a_wms_neither_sees_nor_moves_another_warehouses_goods(Role role) {
        Shop shop = Shop.open("scopew" + role.claim());
        shop.receiveUnits(shop.warehouse, "A-1", 5);
        shop.awaitSellable(5);
        String order = shop.placed(2);
        shop.pay(order).ok();
        String outbound = shop.awaitLocked(order, 2).getFirst().get("outbound").asText();
        for (Scopes foreign : List.of(
                Scopes.ofWarehouses("ANOTHER"),
                Scopes.ofWarehouses(shop.warehouse).withOwners("ANOTHER"))) {
            Rest caller = new Rest(
                    RunningPlatform.get().url(Layer.WAREHOUSE),
                    RunningPlatform.get().token(role, foreign));
            assertThat(walked(caller, shop, order, outbound)).isEqualTo(keepToScopes("warehouse", "/v1/skus"));
        }

        assertThat(shop.warehouseStock()).containsExactly(3L, 2L, 0L);
    }

    /** What a caller with foreign scopes has been refused at the warehouse layer. */
    private static Set<String> walked(Rest foreign, Shop shop, String order, String outbound) {
        Map<String, Object> line = Map.of(
                "line",
                1,
                "sku",
                shop.sku,
                "owner",
                "ACME",
                "virtualWarehouse",
                "MAIN",
                "batch",
                "B1",
                "location",
                "A-1");
        Set<String> walked = new TreeSet<>();

        Map<String, Object> received = new java.util.HashMap<>(line);
        received.put("units", 1);
        refused(
                walked,
                "POST /v1/receipts",
                foreign.post(
                        "/v1/receipts",
                        Map.of(
                                "receiptNumber",
                                "F-RC",
                                "kind",
                                "PURCHASE",
                                "warehouse",
                                shop.warehouse,
                                "lines",
                                List.of(received))));
        Map<String, Object> counted = new java.util.HashMap<>(line);
        counted.put("counted", 0);
        refused(
                walked,
                "POST /v1/stocktakes",
                foreign.post(
                        "/v1/stocktakes",
                        Map.of("stocktakeNumber", "F-ST", "warehouse", shop.warehouse, "lines", List.of(counted))));
        refused(
                walked,
                "POST /v1/outbound-orders/{outbound}/picks",
                foreign.post(
                        "/v1/outbound-orders/" + outbound + "/picks",
                        Map.of(
                                "pickNumber",
                                "F-PK",
                                "lines",
                                List.of(Map.of("location", "A-1", "batch", "B1", "asked", 1, "found", 1)))));
        refused(
                walked,
                "POST /v1/outbound-orders/{outbound}/shipment",
                foreign.post("/v1/outbound-orders/" + outbound + "/shipment", Map.of("shipmentNumber", "F-SH")));
        refused(walked, "GET /v1/outbound-orders/{outbound}", foreign.get("/v1/outbound-orders/" + outbound));
        walked.add("POST /v1/shipments");
        Rest.Answer bulk = foreign.post(
                "/v1/shipments", Map.of("shipments", List.of(Map.of("shipmentNumber", "F-SH2", "outbound", outbound))));
        assertThat(
                        bulk.status() == 200
                                ? bulk.body()
                                        .get("results")
                                        .get(0)
                                        .get("status")
                                        .asInt()
                                : bulk.status())
                .isIn(403, 404);
        for (String list : List.of(
                "/v1/outbound-orders?order=" + order, "/v1/stock?sku=" + shop.sku, "/v1/batches?sku=" + shop.sku)) {
            walked.add("GET " + list.substring(0, list.indexOf('?')));
            Rest.Answer answer = foreign.get(list);
            assertThat(answer.status() == 403 || answer.body().get("items").isEmpty())
                    .as(list)
                    .isTrue();
        }
        return walked;
    }

    /** The operations of a layer that keep to scopes, but those of a master that is everybody's. */
    private static Set<String> keepToScopes(String layer, String except) {
        Set<String> operations = new TreeSet<>();
        for (String operation : KEEP_TO_SCOPES) {
            if (operation.startsWith(layer + ' ') && !operation.contains(' ' + except)) {
                operations.add(operation.substring(layer.length() + 1));
            }
        }
        return operations;
    }

    @Test
    void a_grant_by_hand_needs_its_channel_its_warehouse_and_its_owner() {
        Shop shop = Shop.open("scopeg");
        Map<String, Object> grant = Map.of(
                "grantNumber",
                "F-GR-" + shop.name,
                "cell",
                Map.of("node", shop.warehouse, "virtualWarehouse", "MAIN", "owner", "ACME", "sku", shop.sku),
                "key",
                Map.of("channel", shop.channel, "deliveryMethod", "PARCEL", "shipRegion", shop.region, "sku", shop.sku),
                "quantity",
                1);
        Scopes own = new Scopes(Set.of(shop.channel), Set.of(shop.warehouse), Set.of("ACME"));

        for (Scopes foreign : List.of(
                new Scopes(NOBODY, own.warehouses(), own.owners()),
                new Scopes(own.channels(), NOBODY, own.owners()),
                new Scopes(own.channels(), own.warehouses(), NOBODY))) {
            assertThat(granted(foreign, grant).status()).as(foreign.toString()).isEqualTo(403);
        }
        // It was refused for its scopes alone; now there is only nothing yet that could be promised.
        assertThat(granted(own, grant).status()).isEqualTo(409);
    }

    private static Rest.Answer granted(Scopes scopes, Map<String, Object> grant) {
        return new Rest(
                        RunningPlatform.get().url(Layer.DISPATCH),
                        RunningPlatform.get().token(Role.OPERATOR, scopes))
                .post("/v1/grants", grant);
    }

    private static void refused(Set<String> walked, String operation, Rest.Answer answer) {
        walked.add(operation);
        assertThat(answer.status()).as(operation).isIn(403, 404);
    }

    /** The operations of a layer that a role may call at all, but those of a master that it only reads. */
    private static Set<String> permitted(Layer layer, Role role, String except) {
        String token = RunningPlatform.get().token(role, Scopes.ALL);
        Set<String> permitted = new TreeSet<>();
        for (OpenApi.Operation operation : OpenApi.operations(layer)) {
            if (!operation.path().startsWith(except) && call(operation, token).status() != 403) {
                permitted.add(operation.method() + ' ' + operation.path());
            }
        }
        return permitted;
    }
}
