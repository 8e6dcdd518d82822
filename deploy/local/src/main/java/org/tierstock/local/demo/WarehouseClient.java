package org.tierstock.local.demo;

import static org.tierstock.local.demo.Api.encoded;
import static org.tierstock.local.demo.Api.required;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tierstock.local.demo.Api.Answer;
import org.tierstock.local.demo.Event.DeliveredLine;
import org.tierstock.local.demo.Event.GoodsDelivered;

/** A warehouse system's view of the warehouse layer. */
final class WarehouseClient {
    /** What a warehouse was asked to ship for one order line, and what became of it, in units. */
    record OutboundSeen(
            String outbound,
            String warehouse,
            String order,
            int orderLine,
            String sku,
            long locked,
            long picked,
            long shipped,
            List<OutboundRow> rows) {}

    record OutboundRow(String location, String batch, long units) {}

    /** Goods of one batch at one location. */
    record StockRow(String warehouse, String owner, String sku, String batch, String location, long goodUnits) {}

    private record WarehouseBody(String name) {}

    private record NameBody(String name) {}

    private record LocationBody(String code, String kind) {}

    private record SkuBody(String code, String name, int unitsPerCase) {}

    private record ReceiptBody(String receiptNumber, String kind, String warehouse, List<ReceiptLineBody> lines) {}

    private record ReceiptLineBody(
            int line,
            String sku,
            String owner,
            String virtualWarehouse,
            String batch,
            String location,
            long cases,
            long units) {}

    private record PickBody(String pickNumber, String staging, List<PickLineBody> lines) {}

    private record PickLineBody(String location, String batch, long asked, long found) {}

    /** Goods of one outbound leave; all that is locked when {@code quantity} is null. */
    record Shipment(String shipmentNumber, String outbound, Long quantity) {}

    private record StocktakeBody(String stocktakeNumber, String warehouse, List<StocktakeLineBody> lines) {}

    private record StocktakeLineBody(
            int line, String sku, String owner, String virtualWarehouse, String batch, String location, long counted) {}

    private static final int SKUS_PER_CALL = 500;

    private final Api operator;
    private final Api wms;

    WarehouseClient(Api operator, Api wms) {
        this.operator = operator;
        this.wms = wms;
    }

    void open(Market.Node node) {
        operator.put("/v1/warehouses/" + node.code(), new WarehouseBody(node.name()));
        List<LocationBody> locations = new ArrayList<>();
        node.locations().forEach(location -> locations.add(new LocationBody(location, "STORAGE")));
        locations.add(new LocationBody(Market.STAGING, "STAGING"));
        stored(operator.postEach("/v1/warehouses/" + node.code() + "/locations/batch", "locations", locations));
    }

    void admit(String owner) {
        operator.put("/v1/owners/" + owner, new NameBody(owner));
    }

    void list(List<Market.Product> products) {
        for (int from = 0; from < products.size(); from += SKUS_PER_CALL) {
            List<Market.Product> some = products.subList(from, Math.min(from + SKUS_PER_CALL, products.size()));
            stored(operator.postEach(
                    "/v1/skus/batch",
                    "skus",
                    some.stream()
                            .map(p -> new SkuBody(p.sku(), p.name(), p.unitsPerCase()))
                            .toList()));
        }
    }

    void receive(GoodsDelivered delivery) {
        List<ReceiptLineBody> lines = new ArrayList<>();
        for (DeliveredLine line : delivery.lines()) {
            lines.add(new ReceiptLineBody(
                    lines.size() + 1,
                    line.sku(),
                    delivery.owner(),
                    Market.VIRTUAL_WAREHOUSE,
                    line.batch(),
                    line.location(),
                    line.cases(),
                    line.looseUnits()));
        }
        done(wms.post("/v1/receipts", new ReceiptBody(delivery.receipt(), "PURCHASE", delivery.node(), lines)));
    }

    /** Hands everything that waits to be shipped to {@code each}. */
    void eachOpenOutbound(Consumer<OutboundSeen> each) {
        wms.eachOf("/v1/outbound-orders?state=OPEN", row -> each.accept(outbound(row)));
    }

    void eachOutbound(Consumer<OutboundSeen> each) {
        wms.eachOf("/v1/outbound-orders", row -> each.accept(outbound(row)));
    }

    /** Takes goods from their places to the staging location; answers the units found missing. */
    long pick(String number, String outbound, OutboundRow from, long found) {
        Answer answer = wms.post(
                "/v1/outbound-orders/" + encoded(outbound) + "/picks",
                new PickBody(
                        number,
                        Market.STAGING,
                        List.of(new PickLineBody(from.location(), from.batch(), from.units(), found))));
        long lost = 0;
        if (answer.done()) {
            for (JsonNode line : required(answer.body(), "lines")) {
                lost += required(line, "lost").asLong();
            }
        }
        return lost;
    }

    /** Ships; answers the units that left, 0 where nothing was locked any more. */
    List<Long> ship(List<Shipment> shipments) {
        List<Long> units = new ArrayList<>();
        for (JsonNode result : wms.postEach("/v1/shipments", "shipments", shipments)) {
            boolean shipped = required(result, "status").asInt() < 300;
            units.add(
                    shipped ? required(required(result, "shipment"), "quantity").asLong() : 0);
        }
        return units;
    }

    List<StockRow> stockOf(String sku) {
        List<StockRow> rows = new ArrayList<>();
        wms.eachOf(
                "/v1/stock?sku=" + encoded(sku),
                row -> rows.add(new StockRow(
                        required(row, "warehouse").asText(),
                        required(row, "owner").asText(),
                        sku,
                        required(row, "batch").asText(),
                        required(row, "location").asText(),
                        required(row, "available").asLong()
                                + required(row, "locked").asLong())));
        return rows;
    }

    /** Counts one place; answers how many more units there were than booked, below zero for a loss. */
    long count(String number, StockRow place, long countedUnits) {
        Answer answer = wms.post(
                "/v1/stocktakes",
                new StocktakeBody(
                        number,
                        place.warehouse(),
                        List.of(new StocktakeLineBody(
                                1,
                                place.sku(),
                                place.owner(),
                                Market.VIRTUAL_WAREHOUSE,
                                place.batch(),
                                place.location(),
                                countedUnits))));
        long difference = 0;
        for (JsonNode line : required(done(answer), "lines")) {
            difference += required(line, "difference").asLong();
        }
        return difference;
    }

    /** Units by SKU and bucket, of all rows. */
    Buckets stock() {
        Buckets stock = new Buckets();
        wms.eachOf("/v1/stock", row -> {
            String sku = required(row, "sku").asText();
            for (String bucket : List.of("available", "locked", "unavailable")) {
                stock.add(sku, bucket, required(row, bucket).asLong());
            }
        });
        return stock;
    }

    private static void stored(List<JsonNode> results) {
        for (JsonNode result : results) {
            if (required(result, "status").asInt() >= 300) {
                throw new DemoFailure("the warehouse layer did not store a master record: " + result);
            }
        }
    }

    private static JsonNode done(Answer answer) {
        if (!answer.done()) {
            throw new DemoFailure("the warehouse layer refused: " + answer.body());
        }
        return answer.body();
    }

    private static OutboundSeen outbound(JsonNode row) {
        List<OutboundRow> rows = new ArrayList<>();
        for (JsonNode place : required(row, "rows")) {
            rows.add(new OutboundRow(
                    required(place, "location").asText(),
                    required(place, "batch").asText(),
                    required(place, "quantity").asLong()));
        }
        return new OutboundSeen(
                required(row, "outbound").asText(),
                required(row, "warehouse").asText(),
                required(row, "order").asText(),
                required(row, "orderLine").asInt(),
                required(row, "sku").asText(),
                required(row, "locked").asLong(),
                required(row, "picked").asLong(),
                required(row, "shipped").asLong(),
                rows);
    }
}
