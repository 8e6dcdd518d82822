package org.tierstock.integration.simulation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.movements.Book;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;

/** How often histories came to what the protocol is about: histories in which nothing happens prove nothing. */
record Happenings(Map<Kind, Long> counts) {
    /** What is counted. */
    enum Kind {
        ORDERS,
        LINES_PAID,
        EXPIRED,
        REFUNDED,
        CANCELS_ASKED,
        UNITS_REVERSED,
        UNITS_SHIPPED,
        UNITS_LOST_FROM_LOCKS,
        UNITS_REFUSED,
        UNITS_RELEASED,
        UNITS_SHORT,
        DEFICITS,
        REFUSALS_KEPT_BACK,
        UNITS_GIVEN_BACK,
        ROWS_PURGED,
        REVOCATION_KEYS_PURGED,
        OUTBOUNDS_PURGED,
        CUTS_TOO_OLD,
        DEATHS
    }

    Happenings {
        counts = Map.copyOf(counts);
    }

    static final Happenings NONE = new Happenings(Map.of());

    static Happenings in(World world) {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        for (Order order : world.sales.ports.orders.all()) {
            add(counts, Kind.ORDERS, 1);
            switch (order.state()) {
                case PAID -> add(counts, Kind.LINES_PAID, order.lines().size());
                case EXPIRED -> add(counts, Kind.EXPIRED, 1);
                case REFUND -> add(counts, Kind.REFUNDED, 1);
                case PLACED, CANCELLED -> {
                    // Not of interest.
                }
            }
            order.lines().forEach(line -> add(counts, Kind.UNITS_REVERSED, line.reversed()));
        }
        for (Cancellation cancellation : world.sales.ports.cancellations.all()) {
            cancellation.lines().forEach(line -> add(counts, Kind.CANCELS_ASKED, line.asked() > 0 ? 1 : 0));
        }
        world.dispatch.ports.outbounds.all().forEach(outbound -> {
            add(counts, Kind.UNITS_SHIPPED, outbound.shipped());
            add(counts, Kind.UNITS_LOST_FROM_LOCKS, outbound.lost());
            add(counts, Kind.UNITS_REFUSED, outbound.refused());
            add(counts, Kind.UNITS_RELEASED, outbound.cancelled());
        });
        world.dispatch.ports.lines.all().forEach(line -> add(counts, Kind.UNITS_SHORT, line.shortage()));
        for (Book.Entry<?, DispatchBucket> entry : world.dispatch.ports.stock.ledger()) {
            add(counts, Kind.DEFICITS, entry.movement().fromBucket() == DispatchBucket.DEFICIT ? 1 : 0);
            add(counts, Kind.REFUSALS_KEPT_BACK, entry.movement().toBucket() == DispatchBucket.HELD ? 1 : 0);
        }
        world.traffic.arrived().forEach(received -> {
            if (received.message() instanceof RevocationSettled settled) {
                add(counts, Kind.UNITS_GIVEN_BACK, settled.taken());
            }
        });
        add(counts, Kind.ROWS_PURGED, world.deeds.purgers.rowsPurged());
        add(counts, Kind.REVOCATION_KEYS_PURGED, world.deeds.purgers.keysPurged());
        add(counts, Kind.OUTBOUNDS_PURGED, world.deeds.purgers.outboundsPurged());
        add(counts, Kind.CUTS_TOO_OLD, world.deeds.auditors.refused());
        add(counts, Kind.DEATHS, world.deaths());
        return new Happenings(counts);
    }

    private static void add(Map<Kind, Long> counts, Kind kind, long more) {
        counts.merge(kind, more, Long::sum);
    }

    Happenings and(Happenings others) {
        Map<Kind, Long> sums = new EnumMap<>(Kind.class);
        sums.putAll(counts);
        others.counts.forEach((kind, count) -> add(sums, kind, count));
        return new Happenings(sums);
    }

    long of(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    String text() {
        StringJoiner text = new StringJoiner(", ");
        for (Kind kind : Kind.values()) {
            text.add("%,d %s"
                    .formatted(of(kind), kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        return text.toString();
    }
}
