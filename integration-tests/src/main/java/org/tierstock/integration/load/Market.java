package org.tierstock.integration.load;

import static org.tierstock.integration.load.LayerClient.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The masters of a load: its warehouses, SKUs, channels, and the rule that shares the stock between the channels. */
final class Market {
    static final String OWNER = "ACME";
    static final String VIRTUAL_WAREHOUSE = "MAIN";
    static final String BATCH = "B1";
    static final String LOCATION = "A-1";
    static final String STAGING = "STAGE";
    private static final String DELIVERY_METHOD = "PARCEL";

    /** A channel, and when it takes stock. */
    record Channel(String code, String deductionMode, int holdSeconds) {
        /** Whether an order of this channel locks stock before it is paid. */
        boolean locks() {
            return !deductionMode.equals("PAYMENT_TIME");
        }
    }

    private final LoadSettings settings;
    private final String region;
    private final List<String> warehouses;
    private final List<String> skus;
    private final List<Channel> channels;

    Market(LoadSettings settings) {
        this.settings = settings;
        this.region = "RG-" + settings.name();
        this.warehouses = codes("WH", settings.warehouses());
        this.skus = codes("SKU", settings.skus());
        this.channels = List.of(
                new Channel("WEB-" + settings.name(), "ORDER_TIME", 0),
                new Channel("APP-" + settings.name(), "PRE_HOLD", settings.holdSeconds()),
                new Channel("TILL-" + settings.name(), "PAYMENT_TIME", 0));
    }

    private List<String> codes(String kind, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> kind + '-' + settings.name() + '-' + i)
                .toList();
    }

    List<String> warehouses() {
        return warehouses;
    }

    List<String> skus() {
        return skus;
    }

    List<Channel> channels() {
        return channels;
    }

    /** Writes the masters of all three layers. */
    void open(Layers layers) {
        layers.warehouse().put("/v1/owners/" + OWNER, Map.of("name", OWNER)).orFail();
        layers.warehouse()
                .post(
                        "/v1/skus/batch",
                        document(
                                "skus",
                                skus.stream()
                                        .map(sku -> document("code", sku, "name", sku, "unitsPerCase", 1))
                                        .toList()))
                .orFail();
        layers.dispatch().put("/v1/regions/" + region, Map.of("name", region)).orFail();
        for (int i = 0; i < warehouses.size(); i++) {
            open(layers, warehouses.get(i), i + 1);
        }
        for (Channel channel : channels) {
            layers.sales()
                    .put(
                            "/v1/channels/" + channel.code(),
                            document(
                                    "name", channel.code(),
                                    "deductionMode", channel.deductionMode(),
                                    "holdSeconds", channel.holdSeconds(),
                                    "deliveryMethod", DELIVERY_METHOD,
                                    "shipRegion", region))
                    .orFail();
        }
        layers.dispatch()
                .put(
                        "/v1/allotment-rules/AR-" + settings.name(),
                        document(
                                "kind",
                                "RATIO",
                                "priority",
                                1,
                                "nodes",
                                warehouses,
                                "skus",
                                skus,
                                "shares",
                                channels.stream().map(this::share).toList()))
                .orFail();
    }

    private void open(Layers layers, String warehouse, int priority) {
        layers.warehouse()
                .put("/v1/warehouses/" + warehouse, Map.of("name", warehouse))
                .orFail();
        layers.warehouse()
                .post(
                        "/v1/warehouses/" + warehouse + "/locations/batch",
                        document(
                                "locations",
                                List.of(
                                        document("code", LOCATION, "kind", "STORAGE"),
                                        document("code", STAGING, "kind", "STAGING"))))
                .orFail();
        layers.dispatch()
                .put(
                        "/v1/nodes/" + warehouse,
                        document(
                                "name", warehouse,
                                "kind", "OWN_WAREHOUSE",
                                "warehouse", warehouse,
                                "regions", List.of(region),
                                "priority", priority))
                .orFail();
    }

    private Map<String, Object> share(Channel channel) {
        return document(
                "channel", channel.code(), "deliveryMethod", DELIVERY_METHOD, "shipRegion", region, "weight", 1);
    }

    /** Receives the opening stock of every SKU in every warehouse. */
    void stock(Layers layers, Acknowledged acknowledged) {
        for (String warehouse : warehouses) {
            receive(layers, acknowledged, "OPEN-" + warehouse, warehouse, skus, settings.openingUnits());
        }
    }

    /** Receives so many units of each of these SKUs. */
    private void receive(
            Layers layers,
            Acknowledged acknowledged,
            String number,
            String warehouse,
            List<String> received,
            long units) {
        layers.wms()
                .post("/v1/receipts", receipt(number, warehouse, received, units))
                .orFail();
        received.forEach(sku -> acknowledged.received(sku, units));
    }

    /** A receipt of so many units of each of these SKUs. */
    static Map<String, Object> receipt(String number, String warehouse, List<String> received, long units) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String sku : received) {
            Map<String, Object> line = place(lines.size() + 1, sku);
            line.put("units", units);
            lines.add(line);
        }
        return document("receiptNumber", number, "kind", "PURCHASE", "warehouse", warehouse, "lines", lines);
    }

    /** A line of a warehouse document about a SKU on its shelf. */
    static Map<String, Object> place(int line, String sku) {
        return document(
                "line", line,
                "sku", sku,
                "owner", OWNER,
                "virtualWarehouse", VIRTUAL_WAREHOUSE,
                "batch", BATCH,
                "location", LOCATION);
    }
}
