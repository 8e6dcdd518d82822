package org.tierstock.warehouse.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.ConservationBroken;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;

/**
 * Units that were booked at a place and are not there (protocol 5 and 11.5): AVAILABLE goes first, then locks. The
 * outbound that came last loses first, so that the oldest promise is kept longest. One message names them all.
 *
 * @param available units that nobody had been promised
 * @param locks units that outbounds had been promised
 * @param outbounds the outbounds that lost, as they are now
 */
record Loss(long available, long locks, List<Outbound> outbounds) {
    private static final Comparator<Outbound> LATEST_FIRST = Comparator.comparing(
                    (Outbound outbound) -> outbound.order().number())
            .thenComparing(outbound -> outbound.order().outbound())
            .reversed();

    private record Share(Place place, long units) {}

    /**
     * Posts the loss of so many units, at least 1 and at most what is AVAILABLE and LOCKED there.
     *
     * @param holders at least all outbounds that hold a lock on the row
     */
    static Loss post(
            StockKey key,
            long units,
            Collection<Outbound> holders,
            DocumentLine because,
            Book<StockKey, WarehouseBucket> book) {
        long available = Math.min(units, book.balance(key, WarehouseBucket.AVAILABLE));
        Map<Outbound, Share> shares = shares(key, units - available, holders);
        List<LostLock> lostLocks = new ArrayList<>();
        shares.forEach(
                (outbound, share) -> lostLocks.add(new LostLock(outbound.order().outbound(), share.units())));
        StockChanged message = new StockChanged(
                key.warehouse(),
                because.toString(),
                List.of(new Side(key.cell(), -available, 0, Shelf.of(key).sheet())),
                lostLocks);
        leave(key, WarehouseBucket.AVAILABLE, available, because, message, book);
        leave(key, WarehouseBucket.LOCKED, units - available, because, message, book);
        List<Outbound> losers = new ArrayList<>();
        shares.forEach((outbound, share) -> losers.add(outbound.lost(share.place(), share.units())));
        return new Loss(available, units - available, losers);
    }

    private static Map<Outbound, Share> shares(StockKey key, long units, Collection<Outbound> holders) {
        Map<Outbound, Share> shares = new LinkedHashMap<>();
        long missing = units;
        for (Outbound outbound : holders.stream().sorted(LATEST_FIRST).toList()) {
            Optional<Place> place = outbound.placeIn(key);
            if (missing > 0 && place.isPresent()) {
                long share = Math.min(missing, outbound.lockedAt(place.get()));
                shares.put(outbound, new Share(place.get(), share));
                missing -= share;
            }
        }
        if (missing > 0) {
            throw new ConservationBroken(missing + " units locked at " + key + " belong to no outbound");
        }
        return shares;
    }

    private static void leave(
            StockKey key,
            WarehouseBucket bucket,
            long units,
            DocumentLine because,
            StockChanged message,
            Book<StockKey, WarehouseBucket> book) {
        if (units > 0) {
            book.post(Movement.within(Action.ADJUST, key, bucket, WarehouseBucket.EXTERNAL, units, because), message);
        }
    }
}
