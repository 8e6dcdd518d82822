package org.tierstock.integration;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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

    private static final String OWNER = "ACME";

    /** What a token can be narrowed in. */
    private enum Dimension {
        CHANNELS {
            @Override
            Scopes nobodys(Scopes others) {
                return new Scopes(NOBODY, others.warehouses(), others.owners());
            }

            @Override
            String of(Shop shop) {
                return shop.channel;
            }
        },
        WAREHOUSES {
            @Override
            Scopes nobodys(Scopes others) {
                return new Scopes(others.channels(), NOBODY, others.owners());
            }

            @Override
            String of(Shop shop) {
                return shop.warehouse;
            }
        },
        OWNERS {
            @Override
            Scopes nobodys(Scopes others) {
                return new Scopes(others.channels(), others.warehouses(), NOBODY);
            }

            @Override
            String of(Shop shop) {
                return OWNER;
            }
        };

        /** These scopes, but nobody's in this. */
        abstract Scopes nobodys(Scopes others);

        /** What there is of it in a shop. */
        abstract String of(Shop shop);
    }

    private static final Set<Dimension> CHANNEL = EnumSet.of(Dimension.CHANNELS);
    private static final Set<Dimension> WAREHOUSE = EnumSet.of(Dimension.WAREHOUSES);
    private static final Set<Dimension> GOODS = EnumSet.of(Dimension.WAREHOUSES, Dimension.OWNERS);

    /**
     * The operations that keep to scopes themselves, and to which: orders belong to a channel, goods to a warehouse and an owner,
     * SKUs to nobody in particular. All others are for tokens with all scopes.
     */
    private static final Map<String, Set<Dimension>> KEEP_TO_SCOPES = new TreeMap<>(Map.ofEntries(
            entry("dispatch POST /v1/grants", EnumSet.allOf(Dimension.class)),
            entry("sales GET /v1/availability", CHANNEL),
            entry("sales GET /v1/channels/{code}", CHANNEL),
            entry("sales GET /v1/orders", CHANNEL),
            entry("sales GET /v1/orders/{orderNumber}", CHANNEL),
            entry("sales GET /v1/stock", CHANNEL),
            entry("sales POST /v1/orders", CHANNEL),
            entry("sales POST /v1/orders/batch", CHANNEL),
            entry("sales POST /v1/orders/cancellations", CHANNEL),
            entry("sales POST /v1/orders/payments", CHANNEL),
            entry("sales POST /v1/orders/{orderNumber}/cancellation", CHANNEL),
            entry("sales POST /v1/orders/{orderNumber}/payment", CHANNEL),
            entry("sales PUT /v1/channels/{code}", CHANNEL),
            entry("warehouse GET /v1/batches", GOODS),
            entry("warehouse GET /v1/outbound-orders", GOODS),
            entry("warehouse GET /v1/outbound-orders/{outbound}", GOODS),
            entry("warehouse GET /v1/owners/{code}", EnumSet.of(Dimension.OWNERS)),
            entry("warehouse GET /v1/skus", EnumSet.noneOf(Dimension.class)),
            entry("warehouse GET /v1/skus/{code}", EnumSet.noneOf(Dimension.class)),
            entry("warehouse GET /v1/stock", GOODS),
            entry("warehouse GET /v1/warehouses/{code}", WAREHOUSE),
            entry("warehouse GET /v1/warehouses/{code}/locations", WAREHOUSE),
            entry("warehouse GET /v1/warehouses/{code}/locations/{location}", WAREHOUSE),
            entry("warehouse POST /v1/outbound-orders/{outbound}/picks", GOODS),
            entry("warehouse POST /v1/outbound-orders/{outbound}/shipment", GOODS),
            entry("warehouse POST /v1/receipts", GOODS),
            entry("warehouse POST /v1/shipments", GOODS),
            entry("warehouse POST /v1/stocktakes", GOODS),
            entry("warehouse POST /v1/warehouses/{code}/locations/batch", WAREHOUSE),
            entry("warehouse PUT /v1/owners/{code}", EnumSet.of(Dimension.OWNERS)),
            entry("warehouse PUT /v1/warehouses/{code}", WAREHOUSE),
            entry("warehouse PUT /v1/warehouses/{code}/locations/{location}", WAREHOUSE)));

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

    /** Whether the endpoint is for the caller's role at all: whoever it is not for is told that, and nothing of scopes. */
    private static boolean isLetIn(Rest.Answer answer) {
        return answer.status() != 403
                || !answer.body().get("detail").asText().equals("The token's roles do not allow this.");
    }

    private static boolean needsAllScopes(Rest.Answer answer) {
        return answer.status() == 403
                && answer.body().get("detail").asText().startsWith("This is only for tokens with all scopes");
    }

    @Test
    void
            a_narrowed_token_opens_what_keeps_to_scopes_and_no_other_endpoint_whatever_its_role_and_in_whatever_it_is_narrowed() {
        Set<Role> served = EnumSet.noneOf(Role.class);
        Set<String> keepToScopes = new TreeSet<>();
        for (OpenApi.Operation operation : everyOperation()) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (Role role : Role.values()) {
                Rest.Answer answer = call(operation, RunningPlatform.get().token(role, NOBODYS));
                if (!isLetIn(answer)) {
                    continue;
                }
                roles.add(role);
                if (!needsAllScopes(answer)) {
                    keepToScopes.add(operation.toString());
                    continue;
                }
                for (Dimension dimension : Dimension.values()) {
                    String narrowed = RunningPlatform.get().token(role, dimension.nobodys(Scopes.ALL));
                    assertThat(needsAllScopes(call(operation, narrowed)))
                            .as("%s refuses %s narrowed in %s", operation, role, dimension)
                            .isTrue();
                }
            }
            assertThat(roles).as("whom it is for: %s", operation).isNotEmpty();
            served.addAll(roles);
        }
        // What these do with a right request is tried by the walk below.
        assertThat(keepToScopes).isEqualTo(KEEP_TO_SCOPES.keySet());
        assertThat(served)
                .containsExactlyInAnyOrder(Role.CHANNEL, Role.OPERATOR, Role.APPROVER, Role.WMS, Role.AUDITOR);
    }

    /**
     * A right request to an operation.
     *
     * @param body null when it has none
     */
    private record Asked(OpenApi.Operation operation, String path, Object body) {
        Rest.Answer by(Role role, Scopes scopes) {
            return new Rest(
                            RunningPlatform.get().url(operation.layer()),
                            RunningPlatform.get().token(role, scopes))
                    .send(operation.method(), path, body);
        }

        /** Whether the request itself names it. */
        boolean names(String code) {
            return (path + body).contains(code);
        }

        /** A list of everything, rather than something of the shop's. */
        boolean isOfEverybody() {
            return path.equals(operation.path());
        }
    }

    /** Right requests of all kinds, about the goods of a shop, an order that is paid and locked, and one that is open. */
    private static List<Asked> askedOf(Shop shop, String paid, String outbound, String open) {
        Map<String, OpenApi.Operation> operations = everyOperation().stream()
                .collect(Collectors.toMap(OpenApi.Operation::toString, operation -> operation));
        List<Asked> asked = new ArrayList<>();
        BiConsumer<String, Map<String, Object>> ask = (request, body) -> {
            String path = request.substring(request.lastIndexOf(' ') + 1);
            String operation = request.replaceAll("\\?.*", "")
                    .replace("/" + outbound, "/{outbound}")
                    .replace(open, "{orderNumber}")
                    .replaceAll("/A-1$", "/{location}")
                    .replaceAll(
                            "/(" + shop.warehouse + '|' + shop.channel + '|' + shop.sku + '|' + OWNER + ")", "/{code}");
            asked.add(new Asked(requireNonNull(operations.get(operation), operation), path, body));
        };
        Map<String, Object> goods = Map.of(
                "line",
                1,
                "sku",
                shop.sku,
                "owner",
                OWNER,
                "virtualWarehouse",
                "MAIN",
                "batch",
                "B1",
                "location",
                "A-1");

        ask.accept("sales GET /v1/availability?channel=" + shop.channel + "&sku=" + shop.sku, null);
        ask.accept("sales GET /v1/channels/" + shop.channel, null);
        ask.accept("sales GET /v1/orders", null);
        ask.accept("sales GET /v1/orders?channel=" + shop.channel, null);
        ask.accept("sales GET /v1/orders/" + open, null);
        ask.accept("sales GET /v1/stock?sku=" + shop.sku, null);
        ask.accept("sales GET /v1/stock?channel=" + shop.channel, null);
        ask.accept("sales POST /v1/orders", shop.order("F1", 1));
        ask.accept("sales POST /v1/orders/batch", Map.of("orders", List.of(shop.order("F2", 1))));
        ask.accept("sales POST /v1/orders/" + open + "/payment", Map.of("paymentNumber", "F1"));
        ask.accept(
                "sales POST /v1/orders/payments",
                Map.of("payments", List.of(Map.of("orderNumber", open, "paymentNumber", "F2"))));
        ask.accept(
                "sales POST /v1/orders/" + open + "/cancellation",
                Map.of("cancellationNumber", "F1", "reasonCode", "BUYER"));
        ask.accept(
                "sales POST /v1/orders/cancellations",
                Map.of(
                        "cancellations",
                        List.of(Map.of("orderNumber", open, "cancellationNumber", "F2", "reasonCode", "BUYER"))));
        ask.accept(
                "sales PUT /v1/channels/" + shop.channel,
                Map.of(
                        "name", "changed",
                        "deductionMode", "ORDER_TIME",
                        "deliveryMethod", "PARCEL",
                        "shipRegion", shop.region));
        ask.accept(
                "dispatch POST /v1/grants",
                Map.of(
                        "grantNumber",
                        "F-" + shop.name,
                        "cell",
                        Map.of("node", shop.warehouse, "virtualWarehouse", "MAIN", "owner", OWNER, "sku", shop.sku),
                        "key",
                        Map.of(
                                "channel", shop.channel,
                                "deliveryMethod", "PARCEL",
                                "shipRegion", shop.region,
                                "sku", shop.sku),
                        "quantity",
                        1));
        for (String list : List.of("batches", "stock")) {
            ask.accept("warehouse GET /v1/" + list, null);
            ask.accept("warehouse GET /v1/" + list + "?sku=" + shop.sku, null);
            ask.accept("warehouse GET /v1/" + list + "?warehouse=" + shop.warehouse, null);
        }
        ask.accept("warehouse GET /v1/outbound-orders", null);
        ask.accept("warehouse GET /v1/outbound-orders?order=" + paid, null);
        ask.accept("warehouse GET /v1/outbound-orders?warehouse=" + shop.warehouse, null);
        ask.accept("warehouse GET /v1/outbound-orders/" + outbound, null);
        ask.accept("warehouse GET /v1/owners/" + OWNER, null);
        ask.accept("warehouse GET /v1/skus", null);
        ask.accept("warehouse GET /v1/skus/" + shop.sku, null);
        ask.accept("warehouse GET /v1/warehouses/" + shop.warehouse, null);
        ask.accept("warehouse GET /v1/warehouses/" + shop.warehouse + "/locations", null);
        ask.accept("warehouse GET /v1/warehouses/" + shop.warehouse + "/locations/A-1", null);
        ask.accept(
                "warehouse POST /v1/outbound-orders/" + outbound + "/picks",
                Map.of(
                        "pickNumber",
                        "F1",
                        "lines",
                        List.of(Map.of("location", "A-1", "batch", "B1", "asked", 1, "found", 1))));
        ask.accept("warehouse POST /v1/outbound-orders/" + outbound + "/shipment", Map.of("shipmentNumber", "F1"));
        ask.accept(
                "warehouse POST /v1/shipments",
                Map.of("shipments", List.of(Map.of("shipmentNumber", "F2", "outbound", outbound))));
        ask.accept(
                "warehouse POST /v1/receipts",
                Map.of(
                        "receiptNumber",
                        "F1",
                        "kind",
                        "PURCHASE",
                        "warehouse",
                        shop.warehouse,
                        "lines",
                        List.of(with(goods, "units", 1))));
        ask.accept(
                "warehouse POST /v1/stocktakes",
                Map.of(
                        "stocktakeNumber",
                        "F1",
                        "warehouse",
                        shop.warehouse,
                        "lines",
                        List.of(with(goods, "counted", 1))));
        ask.accept(
                "warehouse POST /v1/warehouses/" + shop.warehouse + "/locations/batch",
                Map.of("locations", List.of(Map.of("code", "F-1", "kind", "STORAGE"))));
        ask.accept("warehouse PUT /v1/owners/" + OWNER, Map.of("name", "changed"));
        ask.accept("warehouse PUT /v1/warehouses/" + shop.warehouse, Map.of("name", "changed"));
        ask.accept("warehouse PUT /v1/warehouses/" + shop.warehouse + "/locations/A-1", Map.of("kind", "STORAGE"));
        return asked;
    }

    private static Map<String, Object> with(Map<String, Object> fields, String field, Object value) {
        Map<String, Object> more = new HashMap<>(fields);
        more.put(field, value);
        return more;
    }

    @Test
    void whoever_is_narrowed_to_something_else_neither_sees_nor_moves_what_is_not_theirs_whatever_their_role() {
        Shop shop = Shop.open("scope");
        shop.receiveUnits(shop.warehouse, "A-1", 9);
        shop.awaitSellable(9);
        String open = shop.placed(1);
        String paid = shop.placed(2);
        shop.pay(paid).ok();
        String outbound = shop.awaitLocked(paid, 2).getFirst().get("outbound").asText();
        await("hand-over")
                .until(() -> shop.order(paid).at("/lines/0/state").asText().equals("HANDED"));
        Scopes own = new Scopes(Set.of(shop.channel), Set.of(shop.warehouse), Set.of(OWNER));
        List<Asked> everything = askedOf(shop, paid, outbound, open);
        assertThat(everything.stream()
                        .map(asked -> asked.operation().toString())
                        .collect(Collectors.toSet()))
                .isEqualTo(KEEP_TO_SCOPES.keySet());
        Map<OpenApi.Operation, Set<Role>> letIn = everything.stream()
                .map(Asked::operation)
                .distinct()
                .collect(Collectors.toMap(operation -> operation, SecurityWalkTest::letIn));
        List<String> before = seen(everything);

        for (Asked asked : everything) {
            for (Role role : letIn.get(asked.operation())) {
                for (Dimension dimension : KEEP_TO_SCOPES.get(asked.operation().toString())) {
                    Rest.Answer answer = asked.by(role, dimension.nobodys(own));
                    assertRefusedOrEmpty(asked, role, dimension, answer);
                    assertNamesNothing(shop, asked, answer, EnumSet.allOf(Dimension.class));
                }
            }
        }

        assertThat(seen(everything)).isEqualTo(before);
        // They were refused for those scopes alone: whoever has them is served, and told of nothing else that has a
        // scope.
        for (Asked asked : everything) {
            Set<Dimension> kept = KEEP_TO_SCOPES.get(asked.operation().toString());
            Scopes enough = own;
            for (Dimension dimension : EnumSet.complementOf(EnumSet.copyOf(kept))) {
                enough = dimension.nobodys(enough);
            }
            for (Role role : letIn.get(asked.operation())) {
                Rest.Answer answer = asked.by(role, enough);
                assertThat(answer.status())
                        .as("%s as %s: %s", asked, role, answer.body())
                        .isIn(200, 201, 409);
                if (!asked.isOfEverybody()) {
                    assertNamesNothing(shop, asked, answer, EnumSet.complementOf(EnumSet.copyOf(kept)));
                }
            }
        }
    }

    private static Set<Role> letIn(OpenApi.Operation operation) {
        return Arrays.stream(Role.values())
                .filter(role -> isLetIn(call(operation, RunningPlatform.get().token(role, NOBODYS))))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    /** What whoever has all scopes sees of the shop. */
    private static List<String> seen(List<Asked> everything) {
        return everything.stream()
                .filter(asked -> asked.operation().method().equals("GET") && !asked.isOfEverybody())
                .map(asked -> asked.path()
                        + ' '
                        + asked.by(Role.OPERATOR, Scopes.ALL).ok().body())
                .toList();
    }

    private static void assertRefusedOrEmpty(Asked asked, Role role, Dimension dimension, Rest.Answer answer) {
        if (answer.status() != 200) {
            assertThat(answer.status())
                    .as("%s as %s, narrowed in %s", asked, role, dimension)
                    .isIn(403, 404);
        } else if (answer.body().has("items")) {
            assertThat(answer.body().get("items"))
                    .as("%s as %s, narrowed in %s", asked, role, dimension)
                    .isEmpty();
        } else {
            assertThat(answer.body().get("results"))
                    .as("%s as %s, narrowed in %s", asked, role, dimension)
                    .isNotEmpty()
                    .allSatisfy(
                            result -> assertThat(result.get("status").asInt()).isIn(403, 404));
        }
    }

    /** That an answer says no channel, warehouse or owner that the request did not. */
    private static void assertNamesNothing(Shop shop, Asked asked, Rest.Answer answer, Set<Dimension> dimensions) {
        String said = answer.response().body();
        if (asked.operation().layer() == Layer.WAREHOUSE) {
            // An order's number begins with its channel's code, and is what whoever has to ship it knows it by.
            said = said.replace(shop.channel + ':', "");
        }
        for (Dimension dimension : dimensions) {
            if (!asked.names(dimension.of(shop))) {
                assertThat(said).as(asked.toString()).doesNotContain(dimension.of(shop));
            }
        }
    }

    @Test
    void a_channel_is_made_to_sell_only_from_stock_that_the_token_names() {
        Shop shop = Shop.open("source");
        Shop thief = Shop.open("thief");
        Map<String, Object> fromAnothers =
                Map.of("stockSource", shop.channel, "deductionMode", "ORDER_TIME", "deliveryMethod", "PARCEL");
        Function<Scopes, Rest.Answer> defined = scopes -> new Rest(
                        RunningPlatform.get().url(Layer.SALES),
                        RunningPlatform.get().token(Role.OPERATOR, scopes))
                .put("/v1/channels/" + thief.channel, fromAnothers);

        assertThat(defined.apply(Scopes.ofChannels(thief.channel)).status()).isEqualTo(403);
        assertThat(defined.apply(Scopes.ofChannels(thief.channel, shop.channel)).status())
                .isEqualTo(200);
    }
}
