package org.tierstock.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tierstock.local.demo.Event.Counted;
import org.tierstock.local.demo.Event.DeliveredLine;
import org.tierstock.local.demo.Event.GoodsDelivered;
import org.tierstock.local.demo.WarehouseClient.OutboundRow;
import org.tierstock.local.demo.WarehouseClient.OutboundSeen;
import org.tierstock.local.demo.WarehouseClient.Shipment;
import org.tierstock.local.demo.WarehouseClient.StockRow;

/** The people in the warehouses: they unload, count, pick and ship, and write down what they did. */
final class Warehouses {
    private static final int SHIPMENTS_PER_CALL = 100;
    private static final int HANDS = 12;

    /** One outbound in so many is picked before it is shipped; the others are shipped from their shelves. */
    private static final int PICKED_ONE_IN = 20;

    /** One pick in so many finds a unit missing. */
    private static final int SHORT_ONE_IN = 25;

    /** One outbound in so many leaves in two parcels. */
    private static final int SPLIT_ONE_IN = 50;

    private final WarehouseClient client;
    private final OwnBooks books;
    private final Crew crew;

    Warehouses(WarehouseClient client, OwnBooks books, Crew crew) {
        this.client = client;
        this.books = books;
        this.crew = crew;
    }

    void unload(List<GoodsDelivered> deliveries) {
        crew.each(HANDS, deliveries, delivery -> {
            books.missingFromSupplier(delivery.missingUnits());
            if (!delivery.lines().isEmpty()) {
                client.receive(delivery);
                books.documented();
                for (DeliveredLine line : delivery.lines()) {
                    books.received(line.sku(), line.units());
                }
            }
        });
    }

    /**
     * Counts the place that holds most of the SKU, and finds so many units more or fewer there than booked, at most all
     * of them. What nobody has a place for is not counted.
     */
    void count(Counted event) {
        Optional<StockRow> fullest = client.stockOf(event.sku()).stream()
                .filter(row -> !row.location().equals(Market.STAGING))
                .max(Comparator.comparingLong(StockRow::goodUnits)
                        .thenComparing(StockRow::warehouse)
                        .thenComparing(StockRow::batch));
        if (fullest.isPresent()) {
            long found = Math.max(0, fullest.get().goodUnits() + event.deltaUnits());
            books.counted(event.sku(), client.count(event.number(), fullest.get(), found));
            books.documented();
        }
    }

    /** Ships what is open and wanted; answers how many outbounds that were. */
    int ship(Predicate<OwnBooks.Order> wanted) {
        List<OutboundSeen> open = new ArrayList<>();
        client.eachOpenOutbound(outbound -> {
            OwnBooks.Order order = books.order(outbound.order());
            if (order != null && outbound.locked() > 0 && wanted.test(order)) {
                open.add(outbound);
            }
        });
        crew.each(HANDS, open.stream().filter(Warehouses::isPicked).toList(), this::pick);
        List<List<OutboundSeen>> loads = new ArrayList<>();
        for (int from = 0; from < open.size(); from += SHIPMENTS_PER_CALL) {
            loads.add(open.subList(from, Math.min(from + SHIPMENTS_PER_CALL, open.size())));
        }
        crew.each(HANDS, loads, this::ship);
        return open.size();
    }

    private static boolean isPicked(OutboundSeen outbound) {
        return outbound.picked() == 0
                && outbound.shipped() == 0
                && outbound.rows().size() == 1
                && Chance.draw("pick", outbound.order() + outbound.orderLine(), PICKED_ONE_IN) == 0;
    }

    private void pick(OutboundSeen outbound) {
        OutboundRow from = outbound.rows().getFirst();
        boolean missing = Chance.draw("short", outbound.order() + outbound.orderLine(), SHORT_ONE_IN) == 0
                && nearlyEmpty(outbound, from);
        long lost =
                client.pick("PICK-" + outbound.outbound(), outbound.outbound(), from, from.units() - (missing ? 1 : 0));
        books.counted(outbound.sku(), -lost);
        books.documented();
    }

    /** A short pick counts its place as empty. Nobody would do that to a full shelf. */
    private boolean nearlyEmpty(OutboundSeen outbound, OutboundRow from) {
        return client.stockOf(outbound.sku()).stream()
                .filter(row -> row.warehouse().equals(outbound.warehouse())
                        && row.batch().equals(from.batch())
                        && row.location().equals(from.location()))
                .allMatch(row -> row.goodUnits() <= 2 * from.units());
    }

    private void ship(List<OutboundSeen> outbounds) {
        List<Shipment> shipments = new ArrayList<>();
        List<OutboundSeen> shipped = new ArrayList<>();
        for (OutboundSeen outbound : outbounds) {
            boolean split = outbound.shipped() == 0
                    && outbound.locked() > 1
                    && Chance.draw("split", outbound.order() + outbound.orderLine(), SPLIT_ONE_IN) == 0;
            if (split) {
                shipments.add(new Shipment(outbound.outbound() + "-A", outbound.outbound(), 1L));
                shipped.add(outbound);
            }
            shipments.add(new Shipment(outbound.outbound() + "-B", outbound.outbound(), null));
            shipped.add(outbound);
        }
        List<Long> units = client.ship(shipments);
        for (int i = 0; i < shipments.size(); i++) {
            if (units.get(i) > 0) {
                books.shipped(shipped.get(i).order(), shipped.get(i).orderLine(), units.get(i));
                books.documented();
            }
        }
    }
}
