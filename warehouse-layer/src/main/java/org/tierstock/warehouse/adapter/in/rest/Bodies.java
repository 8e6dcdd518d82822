package org.tierstock.warehouse.adapter.in.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.runtime.problem.ProblemDocument;
import org.tierstock.warehouse.application.port.OutboundQueries;
import org.tierstock.warehouse.application.port.StockQueries;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.CountedStock;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickedGoods;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceivedGoods;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.ShippedGoods;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;
import org.tierstock.warehouse.domain.Warehouse;

/** The JSON of stock and of the documents that move it. Quantities are whole units, instants UTC. */
final class Bodies {
    private Bodies() {}

    /** Goods that arrived. */
    record ReceiptRequest(String receiptNumber, ReceiptCause kind, String warehouse, List<ReceiptLineRequest> lines) {
        Receipt document() {
            List<Receipt.Line> made = new ArrayList<>();
            for (ReceiptLineRequest line : present("lines", lines)) {
                made.add(present("lines", line).line(warehouse, made.size() + 1));
            }
            return new Receipt(receiptNumber, present("kind", kind), warehouse, made);
        }
    }

    /**
     * Goods of one batch that go to one location.
     *
     * @param line without a number it takes its place in the list
     * @param expiresOn null to leave it to the batch as it is known, or to the SKU's shelf life
     * @param cases good cases; they become units by the SKU's pack size
     * @param units good units beside the cases
     * @param badUnits units found bad, beside the good ones
     */
    record ReceiptLineRequest(
            Integer line,
            String sku,
            String owner,
            String virtualWarehouse,
            String quality,
            String batch,
            LocalDate expiresOn,
            String location,
            Long cases,
            Long units,
            Long badUnits) {
        Receipt.Line line(String warehouse, int place) {
            return new Receipt.Line(
                    line == null ? place : line,
                    new StockKey(
                            warehouse, virtualWarehouse, owner, new Sku(sku), batch, Quality.named(quality), location),
                    expiresOn,
                    orZero(cases),
                    orZero(units),
                    orZero(badUnits));
        }
    }

    /** A receipt as it was posted. */
    record ReceiptBody(
            String receiptNumber,
            ReceiptCause kind,
            String warehouse,
            Instant receivedAt,
            List<ReceiptLineBody> lines) {
        static ReceiptBody of(ReceivedGoods goods) {
            Receipt receipt = goods.receipt();
            return new ReceiptBody(
                    receipt.number(),
                    receipt.cause(),
                    receipt.warehouse(),
                    goods.receivedAt(),
                    goods.lines().stream().map(ReceiptLineBody::of).toList());
        }
    }

    /** What of a line became available and what unavailable, in units. */
    record ReceiptLineBody(int line, String sku, String batch, String location, long goodUnits, long badUnits) {
        static ReceiptLineBody of(ReceivedGoods.Line received) {
            Receipt.Line line = received.line();
            return new ReceiptLineBody(
                    line.line(),
                    line.key().sku().code(),
                    line.key().batch(),
                    line.key().location(),
                    received.good(),
                    line.badUnits());
        }
    }

    /**
     * Goods that were carried from their shelves.
     *
     * @param staging where they were carried; null for the warehouse's first staging location
     */
    record PickRequest(String pickNumber, String staging, List<PickLineRequest> lines) {
        Pick document(String outbound) {
            return new Pick(
                    pickNumber,
                    outbound,
                    staging == null ? Warehouse.STAGING : staging,
                    present("lines", lines).stream()
                            .map(line -> present("lines", line).line())
                            .toList());
        }
    }

    /** What was to be taken from a place, and what was there. */
    record PickLineRequest(String location, String batch, Long asked, Long found) {
        Pick.Line line() {
            return new Pick.Line(location, batch, present("asked", asked), present("found", found));
        }
    }

    /** A pick as it was posted. */
    record PickBody(String pickNumber, String outbound, String staging, List<PickLineBody> lines) {
        static PickBody of(PickedGoods goods) {
            return new PickBody(
                    goods.pick().number(),
                    goods.pick().outbound(),
                    goods.pick().staging(),
                    goods.lines().stream().map(PickLineBody::of).toList());
        }
    }

    /**
     * A line of a pick.
     *
     * @param lost units that were booked at the place and are not there, whoever they were promised to
     */
    record PickLineBody(String location, String batch, long asked, long found, long lost) {
        static PickLineBody of(PickedGoods.Line picked) {
            Pick.Line line = picked.line();
            return new PickLineBody(line.location(), line.batch(), line.asked(), line.found(), picked.lost());
        }
    }

    /**
     * A shipment of the outbound in the path.
     *
     * @param quantity null for all that is locked
     */
    record ShipmentRequest(String shipmentNumber, Long quantity) {
        Shipment document(String outbound) {
            return shipment(shipmentNumber, outbound, quantity);
        }
    }

    /**
     * A shipment of any outbound.
     *
     * @param quantity null for all that is locked
     */
    record ShipmentOfOutbound(String shipmentNumber, String outbound, Long quantity) {
        Shipment document() {
            return shipment(shipmentNumber, outbound, quantity);
        }
    }

    private static Shipment shipment(String number, String outbound, Long quantity) {
        return new Shipment(number, outbound, quantity == null ? OptionalLong.empty() : OptionalLong.of(quantity));
    }

    record ShipmentBatch(List<ShipmentOfOutbound> shipments) {}

    /** A shipment as it was posted. */
    record ShipmentBody(String shipmentNumber, String outbound, long quantity, List<ShipmentLineBody> lines) {
        static ShipmentBody of(ShippedGoods goods) {
            return new ShipmentBody(
                    goods.shipment().number(),
                    goods.shipment().outbound(),
                    goods.quantity(),
                    goods.lines().stream().map(ShipmentLineBody::of).toList());
        }
    }

    /** What left of one batch. */
    record ShipmentLineBody(int line, String batch, long quantity) {
        static ShipmentLineBody of(ShippedGoods.Line line) {
            return new ShipmentLineBody(line.line(), line.batch(), line.quantity());
        }
    }

    /** One shipment's result in a batch: the shipment or the problem. */
    record ShipmentResult(int status, ShipmentBody shipment, ProblemDocument problem) {}

    record ShipmentResults(List<ShipmentResult> results) {}

    /** What somebody counted. */
    record StocktakeRequest(String stocktakeNumber, String warehouse, List<StocktakeLineRequest> lines) {
        Stocktake document() {
            List<Stocktake.Line> made = new ArrayList<>();
            for (StocktakeLineRequest line : present("lines", lines)) {
                made.add(present("lines", line).line(warehouse, made.size() + 1));
            }
            return new Stocktake(stocktakeNumber, warehouse, made);
        }
    }

    /**
     * What was counted of one stock row.
     *
     * @param line without a number it takes its place in the list
     * @param counted good units, promised or not; bad ones are not counted here
     */
    record StocktakeLineRequest(
            Integer line,
            String sku,
            String owner,
            String virtualWarehouse,
            String quality,
            String batch,
            String location,
            Long counted) {
        Stocktake.Line line(String warehouse, int place) {
            return new Stocktake.Line(
                    line == null ? place : line,
                    new StockKey(
                            warehouse, virtualWarehouse, owner, new Sku(sku), batch, Quality.named(quality), location),
                    present("counted", counted));
        }
    }

    /** A stocktake as it was posted. */
    record StocktakeBody(String stocktakeNumber, String warehouse, Instant countedAt, List<StocktakeLineBody> lines) {
        static StocktakeBody of(CountedStock stock) {
            return new StocktakeBody(
                    stock.stocktake().number(),
                    stock.stocktake().warehouse(),
                    stock.countedAt(),
                    stock.lines().stream().map(StocktakeLineBody::of).toList());
        }
    }

    /**
     * A line of a stocktake.
     *
     * @param difference what was gained, below zero what was lost
     * @param locksLost how many of the lost units had been promised to outbounds
     */
    record StocktakeLineBody(
            int line,
            String sku,
            String batch,
            String location,
            long booked,
            long counted,
            long difference,
            long locksLost) {
        static StocktakeLineBody of(CountedStock.Line counted) {
            Stocktake.Line line = counted.line();
            return new StocktakeLineBody(
                    line.line(),
                    line.key().sku().code(),
                    line.key().batch(),
                    line.key().location(),
                    counted.booked(),
                    line.counted(),
                    counted.difference(),
                    counted.locksLost());
        }
    }

    /** An outbound order as it is: locked, shipped, lost, released and refused are its quantity; picked is part of locked. */
    record OutboundBody(
            String outbound,
            OutboundQueries.State state,
            String order,
            int orderLine,
            String warehouse,
            String virtualWarehouse,
            String owner,
            Quality quality,
            String sku,
            long quantity,
            long locked,
            long picked,
            long shipped,
            long lost,
            long released,
            long refused,
            String shipRegion,
            String deliveryMethod,
            String addressReference,
            List<OutboundRowBody> rows) {
        static OutboundBody of(Outbound outbound) {
            OutboundOrder order = outbound.order();
            List<OutboundRowBody> rows = new ArrayList<>();
            outbound.rows()
                    .forEach((place, quantity) ->
                            rows.add(new OutboundRowBody(place.location(), place.batch(), place.staging(), quantity)));
            return new OutboundBody(
                    order.outbound(),
                    OutboundQueries.State.of(outbound),
                    order.order(),
                    order.orderLine(),
                    order.warehouse(),
                    order.cell().node().virtualWarehouse(),
                    order.cell().node().owner(),
                    order.cell().node().quality(),
                    order.cell().sku().code(),
                    order.quantity(),
                    outbound.locked(),
                    outbound.picked(),
                    outbound.shipped(),
                    outbound.lost(),
                    outbound.released(),
                    outbound.refused(),
                    order.shipRegion(),
                    order.deliveryMethod(),
                    order.addressReference(),
                    rows);
        }
    }

    /** Units of one batch that wait at one location. */
    record OutboundRowBody(String location, String batch, boolean staging, long quantity) {}

    /** The balances of one stock row. */
    record StockBody(
            String warehouse,
            String virtualWarehouse,
            String owner,
            String sku,
            String batch,
            Quality quality,
            String location,
            long available,
            long locked,
            long unavailable) {
        static StockBody of(StockQueries.Row row) {
            StockKey key = row.key();
            return new StockBody(
                    key.warehouse(),
                    key.virtualWarehouse(),
                    key.owner(),
                    key.sku().code(),
                    key.batch(),
                    key.quality(),
                    key.location(),
                    row.available(),
                    row.locked(),
                    row.unavailable());
        }
    }

    /** A batch: when its goods expire, and when the first of them came. */
    record BatchBody(
            String warehouse, String sku, String owner, String batch, LocalDate expiresOn, Instant receivedAt) {
        static BatchBody of(Batch batch) {
            return new BatchBody(
                    batch.key().warehouse(),
                    batch.key().sku().code(),
                    batch.key().owner(),
                    batch.key().batch(),
                    batch.expiresOn(),
                    batch.receivedAt());
        }
    }

    /** The value of a field that must be there. */
    static <T> T present(String field, T value) {
        if (value == null) {
            throw new InvalidValue(field, "is missing");
        }
        return value;
    }

    private static long orZero(Long units) {
        return units == null ? 0 : units;
    }
}
