package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.tierstock.movements.Book;
import org.tierstock.movements.DocumentKind;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.Shipments;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.Decided;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.ShippedGoods;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Told;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Lets goods of outbounds leave the house, whole or part by part (S117, protocol 5). */
@ApplicationScoped
public class ShipGoods {
    private final StockRows stockRows;
    private final Outbounds outbounds;
    private final Shipments shipments;
    private final ToldDocuments toldDocuments;
    private final Posting posting;

    @Inject
    public ShipGoods(
            StockRows stockRows,
            Outbounds outbounds,
            Shipments shipments,
            ToldDocuments toldDocuments,
            Posting posting) {
        this.stockRows = stockRows;
        this.outbounds = outbounds;
        this.shipments = shipments;
        this.toldDocuments = toldDocuments;
        this.posting = posting;
    }

    /**
     * Posts shipments; a refused one leaves the others untouched.
     *
     * @return the outcomes in the order of the shipments
     */
    @Transactional
    public List<ShipOutcome> ship(List<Shipment> batch) {
        List<String> ids = batch.stream().map(Shipment::outbound).distinct().toList();
        Book<StockKey, WarehouseBucket> book =
                stockRows.lock(new TreeSet<>(outbounds.heads(ids).values()));
        OpenOutbounds open = new OpenOutbounds(outbounds.find(ids).values());
        List<String> numbers = batch.stream().map(Shipment::number).distinct().toList();
        Map<String, ShippedGoods> known = new HashMap<>(shipments.find(numbers));
        Map<String, Told> told = toldDocuments.find(DocumentKind.SHIPMENT, numbers);
        List<ShippedGoods> posted = new ArrayList<>();
        List<ShipOutcome> outcomes = new ArrayList<>(batch.size());
        for (Shipment shipment : batch) {
            ShipOutcome outcome = repeated(shipment, known)
                    .or(() -> Optional.ofNullable(told.get(shipment.number())).map(shipment::again))
                    .orElseGet(() -> decide(shipment, open, book));
            if (outcome instanceof ShipOutcome.Shipped shipped
                    && known.putIfAbsent(shipment.number(), shipped.goods()) == null) {
                posted.add(shipped.goods());
            }
            outcomes.add(outcome);
        }
        shipments.add(posted);
        outbounds.change(open.changed());
        posting.write(book);
        return outcomes;
    }

    private static Optional<ShipOutcome> repeated(Shipment shipment, Map<String, ShippedGoods> known) {
        return Optional.ofNullable(known.get(shipment.number()))
                .map(goods -> goods.shipment().equals(shipment)
                        ? new ShipOutcome.Shipped(goods, true)
                        : new ShipOutcome.DocumentReused());
    }

    private static ShipOutcome decide(Shipment shipment, OpenOutbounds open, Book<StockKey, WarehouseBucket> book) {
        Optional<Outbound> outbound = open.find(shipment.outbound());
        if (outbound.isEmpty()) {
            return new ShipOutcome.UnknownOutbound();
        }
        Decided<ShipOutcome> decided = shipment.decide(outbound.get(), book);
        open.change(decided.outbounds());
        return decided.outcome();
    }
}
