package org.tierstock.integration.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.movements.Book;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;

/**
 * How often histories came to what the protocol is about: histories in which nothing happens prove nothing.
 *
 * @param documents movements by the kind of their document
 * @param messages messages that arrived, by their type
 */
record Happenings(
        Map<Kind, Long> counts, Map<DocumentKind, Long> documents, Map<Class<? extends Message>, Long> messages) {
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
        PLACED_IN_PARTS,
        DEFECTS_MET,
        DEFICITS,
        REFUSALS_KEPT_BACK,
        UNITS_GIVEN_BACK,
        ROWS_PURGED,
        REVOCATION_KEYS_PURGED,
        OUTBOUNDS_PURGED,
        CUTS_TOO_OLD,
        MESSAGES_FORGOTTEN,
        MESSAGES_CARRIED_AGAIN,
        DEATHS
    }

    Happenings {
        counts = Map.copyOf(counts);
        documents = Map.copyOf(documents);
        messages = Map.copyOf(messages);
    }

    static final Happenings NONE = new Happenings(Map.of(), Map.of(), Map.of());

    /** It books away a difference, and histories that have one have failed: see LostUnitTest. */
    private static final DocumentKind MENDS_WHAT_NEVER_HAPPENS = DocumentKind.RECONCILIATION_ADJUSTMENT;

    /** The kinds of events, documents and messages that never occurred. */
    List<String> missing() {
        return Stream.of(
                        Stream.of(Kind.values()).filter(kind -> of(kind) == 0).map(Kind::name),
                        EnumSet.complementOf(EnumSet.of(MENDS_WHAT_NEVER_HAPPENS)).stream()
                                .filter(kind -> !documents.containsKey(kind))
                                .map(DocumentKind::name),
                        kindsOf(Message.class)
                                .filter(kind -> !messages.containsKey(kind))
                                .map(Class::getSimpleName))
                .flatMap(names -> names)
                .toList();
    }

    /** The records that a sealed interface permits, however deep. */
    private static <T> Stream<Class<? extends T>> kindsOf(Class<T> sealed) {
        return sealed.isSealed()
                ? Stream.of(sealed.getPermittedSubclasses()).flatMap(kind -> kindsOf(kind.asSubclass(sealed)))
                : Stream.of(sealed);
    }

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
        Map<DocumentKind, Long> documents = new EnumMap<>(DocumentKind.class);
        Stream.of(
                        world.sales.ports.stock.ledger().stream().map(Book.Entry::movement),
                        world.dispatch.ports.stock.ledger().stream().map(Book.Entry::movement),
                        world.warehouses.ports.stock.ledger().stream())
                .flatMap(movements -> movements)
                .forEach(movement -> documents.merge(movement.because().kind(), 1L, Long::sum));
        Map<Class<? extends Message>, Long> messages = new HashMap<>();
        world.traffic.arrived().forEach(received -> {
            messages.merge(received.message().getClass(), 1L, Long::sum);
            if (received.message() instanceof RevocationSettled settled) {
                add(counts, Kind.UNITS_GIVEN_BACK, settled.taken());
            }
        });
        add(counts, Kind.PLACED_IN_PARTS, world.dispatch.placedInParts());
        add(counts, Kind.DEFECTS_MET, world.dispatch.defectsMet());
        add(counts, Kind.ROWS_PURGED, world.deeds.purgers.rowsPurged());
        add(counts, Kind.REVOCATION_KEYS_PURGED, world.deeds.purgers.keysPurged());
        add(counts, Kind.OUTBOUNDS_PURGED, world.deeds.purgers.outboundsPurged());
        add(counts, Kind.CUTS_TOO_OLD, world.deeds.auditors.refused());
        add(counts, Kind.MESSAGES_FORGOTTEN, world.deeds.carriers.forgotten());
        add(counts, Kind.MESSAGES_CARRIED_AGAIN, world.deeds.receivers.carriedAgain());
        add(counts, Kind.DEATHS, world.deaths());
        return new Happenings(counts, documents, messages);
    }

    private static void add(Map<Kind, Long> counts, Kind kind, long more) {
        counts.merge(kind, more, Long::sum);
    }

    Happenings and(Happenings others) {
        return new Happenings(
                sums(counts, others.counts), sums(documents, others.documents), sums(messages, others.messages));
    }

    private static <K> Map<K, Long> sums(Map<K, Long> some, Map<K, Long> more) {
        Map<K, Long> sums = new HashMap<>(some);
        more.forEach((key, count) -> sums.merge(key, count, Long::sum));
        return sums;
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
        Map<String, Long> types = new TreeMap<>();
        messages.forEach((type, count) -> types.put(type.getSimpleName(), count));
        return text + "\nmovements by document: " + new TreeMap<>(documents) + "\nmessages: " + types;
    }
}
