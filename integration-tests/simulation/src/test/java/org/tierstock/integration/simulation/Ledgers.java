package org.tierstock.integration.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.movements.Book;
import org.tierstock.movements.Bucket;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/**
 * The layers' ledgers, followed as they grow: every movement has a document, the same document line never moves stock
 * twice, each balance is the sum of its movements, and no bucket crosses zero.
 */
final class Ledgers {
    /** How often every balance is compared with its ledger. What a transaction moved is followed after each. */
    private static final int COMPARED_ONCE_IN = 50;

    /** Documents of dispatch whose lines may move stock again: a refusal is kept back and ended, a shortage covered in parts. */
    private static final Set<DocumentKind> AGAIN = Set.of(DocumentKind.OUTBOUND_ORDER, DocumentKind.SHORTAGE);

    private final World world;
    private final Followed<StockKey, SalesBucket> sales = new Followed<>("sales");
    private final Followed<Place, DispatchBucket> dispatch = new Followed<>("dispatch");
    private final Followed<org.tierstock.warehouse.domain.StockKey, WarehouseBucket> warehouse =
            new Followed<>("warehouse");
    private int transactions;

    Ledgers(World world) {
        this.world = world;
    }

    void follow(Process process) {
        if (process == world.sales.process) {
            sales.follow(world.sales.ports.stock.ledger().stream()
                    .skip(sales.length)
                    .map(Book.Entry::movement)
                    .toList());
        } else if (process == world.dispatch.process) {
            dispatch.follow(world.dispatch.ports.stock.ledger().stream()
                    .skip(dispatch.length)
                    .map(Book.Entry::movement)
                    .toList());
        } else {
            warehouse.follow(world.warehouses.ports.stock.ledger().stream()
                    .skip(warehouse.length)
                    .toList());
        }
        if (++transactions % COMPARED_ONCE_IN == 0) {
            compareAll();
        }
    }

    void compareAll() {
        for (StockKey key : world.sales.ports.stock.keys()) {
            for (SalesBucket bucket : SalesBucket.values()) {
                sales.compare(key, bucket, world.sales.ports.stock.balance(key, bucket));
            }
        }
        for (Place place : world.dispatch.ports.stock.places()) {
            for (DispatchBucket bucket : DispatchBucket.values()) {
                dispatch.compare(place, bucket, world.dispatch.ports.stock.balance(place, bucket));
            }
        }
        world.warehouses
                .ports
                .stock
                .balances()
                .forEach((key, row) -> row.forEach((bucket, units) -> warehouse.compare(key, bucket, units)));
    }

    private static final class Followed<K, B extends Enum<B> & Bucket> {
        private record Row<K, B>(K key, B bucket) {}

        private final String layer;
        private final Map<Row<K, B>, Long> sums = new HashMap<>();
        private final Set<DocumentLine> moved = new HashSet<>();
        private int length;

        Followed(String layer) {
            this.layer = layer;
        }

        /** The movements of one transaction. */
        void follow(List<Movement<K, B>> movements) {
            length += movements.size();
            Set<DocumentLine> now = new HashSet<>();
            for (Movement<K, B> movement : movements) {
                add(movement.from(), movement.fromBucket(), -movement.quantity(), movement);
                add(movement.to(), movement.toBucket(), movement.quantity(), movement);
                if (!AGAIN.contains(movement.because().kind()) || !layer.equals("dispatch")) {
                    now.add(movement.because());
                }
            }
            for (DocumentLine line : now) {
                if (!moved.add(line)) {
                    throw new EquationBroken("A document moves stock once", layer + ": " + line + " moved it again");
                }
            }
        }

        private void add(K key, B bucket, long units, Movement<K, B> movement) {
            if (bucket.edge()) {
                return;
            }
            long after = sums.merge(new Row<>(key, bucket), units, Long::sum);
            if (bucket.contra() ? after > 0 : after < 0) {
                throw new EquationBroken("No bucket crosses zero", layer + ": " + movement + " leaves " + after);
            }
        }

        void compare(K key, B bucket, long balance) {
            long sum = sums.getOrDefault(new Row<>(key, bucket), 0L);
            if (sum != balance) {
                throw new EquationBroken(
                        "Each balance is the sum of its movements",
                        layer + ": " + bucket + " of " + key + " is " + balance + ", its movements sum up to " + sum);
            }
        }
    }
}
