package org.tierstock.integration.load;

import static org.tierstock.integration.load.LayerClient.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Works in one warehouse: unloads supplies, counts shelves and finds a little less or more, picks some orders, ships all. */
final class WarehouseHand implements Runnable {
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(400);
    private static final int SUPPLIED_UNITS = 20;

    /** One outbound in so many is picked before it is shipped; one in so many leaves in two parcels. */
    private static final int PICKED_ONE_IN = 10;

    private static final int SPLIT_ONE_IN = 10;

    private static final int CARTS = 8;

    private static final int SHIPMENTS_A_CALL = 200;

    /** One round in so many ends with a count. */
    private static final int COUNTED_ONE_IN = 4;

    private final String warehouse;
    private final Market market;
    private final Layers layers;
    private final Acknowledged acknowledged;
    private final BooleanSupplier wanted;
    private final SplittableRandom random;
    private final List<Runnable> documents = new ArrayList<>();

    /** Numbers of parcels: an outbound that was set back is seen as it was, and its parcel is sent again. */
    private final Set<Object> shipped = new HashSet<>();

    private int rounds;

    WarehouseHand(
            int index,
            LoadSettings settings,
            Market market,
            Layers layers,
            Acknowledged acknowledged,
            BooleanSupplier wanted) {
        this.warehouse = market.warehouses().get(index);
        this.market = market;
        this.layers = layers;
        this.acknowledged = acknowledged;
        this.wanted = wanted;
        this.random = new SplittableRandom(-settings.seed() - index);
    }

    @Override
    public void run() {
        while (wanted.getAsBoolean()) {
            rounds++;
            String number = warehouse + '-' + rounds;
            receive("RC-" + number, anySku());
            if (random.nextInt(COUNTED_ONE_IN) == 0) {
                count("ST-" + number, anySku());
            }
            ship();
            LayerClient.sleep(BETWEEN_ROUNDS);
        }
    }

    /** Sends all documents again, as a warehouse system does when the layer's database was set back. */
    void repeatDocuments() {
        List.copyOf(documents).forEach(Runnable::run);
    }

    private void receive(String number, String sku) {
        Map<String, Object> receipt = Market.receipt(number, warehouse, List.of(sku), SUPPLIED_UNITS);
        layers.wms().post("/v1/receipts", receipt).orFail();
        acknowledged.received(sku, SUPPLIED_UNITS);
        documents.add(() -> layers.wms().post("/v1/receipts", receipt).orFail());
    }

    private String anySku() {
        return market.skus().get(random.nextInt(market.skus().size()));
    }

    /** Ships what is locked here now; answers how many outbounds that were. */
    int ship() {
        List<JsonNode> locked = new ArrayList<>();
        layers.wms().eachOf("/v1/outbound-orders?state=OPEN&warehouse=" + warehouse, outbound -> {
            if (outbound.get("locked").asLong() > 0) {
                locked.add(outbound);
            }
        });
        pickAll(locked.stream()
                .filter(outbound -> random.nextInt(PICKED_ONE_IN) == 0)
                .toList());
        for (int from = 0; from < locked.size(); from += SHIPMENTS_A_CALL) {
            ship(locked.subList(from, Math.min(from + SHIPMENTS_A_CALL, locked.size())));
        }
        return locked.size();
    }

    /** Several carts go at once. */
    private void pickAll(List<JsonNode> outbounds) {
        try (ExecutorService carts =
                Executors.newFixedThreadPool(CARTS, Thread.ofVirtual().factory())) {
            List<Future<?>> picking = new ArrayList<>();
            outbounds.forEach(outbound -> picking.add(carts.submit(() -> pick(outbound))));
            picking.forEach(Load::join);
        }
    }

    /** Carries everything of an outbound to staging. Refused when a cancel was quicker. */
    private void pick(JsonNode outbound) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (JsonNode row : outbound.get("rows")) {
            if (!row.get("location").asText().equals(Market.STAGING)) {
                lines.add(document(
                        "location", row.get("location").asText(),
                        "batch", row.get("batch").asText(),
                        "asked", row.get("quantity").asLong(),
                        "found", row.get("quantity").asLong()));
            }
        }
        if (!lines.isEmpty()) {
            layers.wms()
                    .post(
                            path(outbound) + "/picks",
                            document(
                                    "pickNumber",
                                    "PK-" + outbound.get("outbound").asText(),
                                    "staging",
                                    Market.STAGING,
                                    "lines",
                                    lines));
        }
    }

    /** Ships what was seen locked. Refused when a cancel or a count was quicker; the next round sees what is left. */
    private void ship(List<JsonNode> outbounds) {
        List<Map<String, Object>> shipments =
                outbounds.stream().map(this::shipment).toList();
        List<LayerClient.Answer> answers = layers.wms().postEach("/v1/shipments", "shipments", shipments);
        for (int i = 0; i < outbounds.size(); i++) {
            if (answers.get(i).done() && shipped.add(shipments.get(i).get("shipmentNumber"))) {
                shipped(outbounds.get(i), shipments.get(i));
            }
        }
    }

    private void shipped(JsonNode outbound, Map<String, Object> shipment) {
        String order = outbound.get("order").asText();
        int line = outbound.get("orderLine").asInt();
        long units = (long) shipment.get("quantity");
        acknowledged.shipped(order, line, units);
        documents.add(() -> {
            LayerClient.Answer again = layers.wms()
                    .postEach("/v1/shipments", "shipments", List.of(shipment))
                    .getFirst();
            if (!again.done()) {
                // It was lost, and dispatch did not know it: a cancel was quicker now.
                acknowledged.shipped(order, line, -units);
            }
        });
    }

    /** The same number for the same state of the outbound, so that no parcel is sent twice. */
    private Map<String, Object> shipment(JsonNode outbound) {
        long locked = outbound.get("locked").asLong();
        long units = random.nextInt(SPLIT_ONE_IN) == 0 ? 1 : locked;
        String id = outbound.get("outbound").asText();
        return document(
                "shipmentNumber", "SH-" + id + '-' + outbound.get("shipped").asLong() + '-' + units,
                "outbound", id,
                "quantity", units);
    }

    private static String path(JsonNode outbound) {
        return "/v1/outbound-orders/"
                + LayerClient.encoded(outbound.get("outbound").asText());
    }

    /** Counts a shelf, and finds a few units less or more than booked. */
    private void count(String number, String sku) {
        long[] booked = new long[1];
        layers.wms().eachOf("/v1/stock?warehouse=" + warehouse + "&sku=" + sku, row -> {
            if (row.get("location").asText().equals(Market.LOCATION)) {
                booked[0] = row.get("available").asLong() + row.get("locked").asLong();
            }
        });
        Map<String, Object> line = Market.place(1, sku);
        line.put("counted", Math.max(0, booked[0] + random.nextInt(-3, 3)));
        Map<String, Object> stocktake =
                document("stocktakeNumber", number, "warehouse", warehouse, "lines", List.of(line));
        long difference = difference(stocktake);
        acknowledged.counted(sku, difference);
        // One that was lost, and that dispatch did not know, is made now.
        documents.add(() -> acknowledged.counted(sku, difference(stocktake) - difference));
    }

    private long difference(Map<String, Object> stocktake) {
        JsonNode counted = layers.wms()
                .post("/v1/stocktakes", stocktake)
                .orFail()
                .body()
                .get("lines")
                .get(0);
        return counted.get("counted").asLong() - counted.get("booked").asLong();
    }
}
