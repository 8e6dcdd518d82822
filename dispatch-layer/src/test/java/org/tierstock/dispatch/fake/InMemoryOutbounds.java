package org.tierstock.dispatch.fake;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.clock.DatabaseClock;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** The outbounds without a database. */
public final class InMemoryOutbounds implements Outbounds {
    private final InMemoryTransactions transactions;
    private final DatabaseClock clock;
    final Map<String, Outbound> outbounds;
    final Map<String, HandOver> orders;
    private final Map<String, Long> numbers;
    private final Map<String, Instant> postponed;

    public InMemoryOutbounds(InMemoryTransactions transactions, DatabaseClock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.outbounds = new InMemoryTable<>(transactions);
        this.orders = new InMemoryTable<>(transactions);
        this.numbers = new InMemoryTable<>(transactions);
        this.postponed = new InMemoryTable<>(transactions);
    }

    /** All outbounds, oldest first. */
    public List<Outbound> all() {
        return List.copyOf(outbounds.values());
    }

    @Override
    public void insert(List<Outbound> requested) {
        for (Outbound outbound : requested) {
            long number = numbers.merge(outbound.warehouse(), 1L, Long::sum);
            outbounds.put(outbound.id(), outbound.numbered(number));
        }
    }

    @Override
    public Map<String, Sku> skus(Collection<String> ids) {
        Map<String, Sku> skus = new HashMap<>();
        find(ids).forEach((id, outbound) -> skus.put(id, outbound.cell().sku()));
        return skus;
    }

    @Override
    public Map<String, Outbound> find(Collection<String> ids) {
        Map<String, Outbound> found = new HashMap<>();
        for (String id : ids) {
            Outbound outbound = outbounds.get(id);
            if (outbound != null) {
                found.put(id, outbound);
            }
        }
        return found;
    }

    @Override
    public List<Outbound> releasable(Collection<LineNumber> lines) {
        return outbounds.values().stream()
                .filter(outbound -> lines.contains(outbound.line()) && outbound.releasable())
                .toList();
    }

    @Override
    public void save(Collection<Outbound> changed) {
        changed.forEach(outbound -> outbounds.put(outbound.id(), outbound));
    }

    @Override
    public List<Parcel> unanswered(Set<Integer> partitions, int limit) {
        return due(partitions, limit, outbound -> outbound.state() == Outbound.State.REQUESTED)
                .map(this::parcel)
                .toList();
    }

    @Override
    public Optional<Parcel> parcel(String id) {
        return Optional.ofNullable(outbounds.get(id)).map(this::parcel);
    }

    private Parcel parcel(Outbound outbound) {
        HandOver order = orders.get(outbound.line().order());
        return new Parcel(
                outbound, order.shipRegion(), order.deliveryMethod(), order.addressReference(), order.traceParent());
    }

    @Override
    public List<Outbound> unreleased(Set<Integer> partitions, int limit) {
        return due(partitions, limit, outbound -> outbound.release() != null).toList();
    }

    private Stream<Outbound> due(Set<Integer> partitions, int limitPerWarehouse, Predicate<Outbound> wanted) {
        Map<String, Integer> ofWarehouse = new HashMap<>();
        return outbounds.values().stream()
                .filter(outbound -> partitions.contains(outbound.cell().sku().partition()))
                .filter(outbound ->
                        !postponed.getOrDefault(outbound.id(), Instant.MIN).isAfter(clock.now()))
                .filter(wanted)
                .filter(outbound -> ofWarehouse.merge(outbound.warehouse(), 1, Integer::sum) <= limitPerWarehouse);
    }

    @Override
    public void postpone(Collection<String> ids, int seconds) {
        transactions.inTransaction(
                () -> ids.forEach(id -> postponed.put(id, clock.now().plusSeconds(seconds))));
    }

    @Override
    public Map<String, Long> low(Collection<String> warehouses) {
        Map<String, Long> low = new HashMap<>();
        for (String warehouse : warehouses) {
            long first = outbounds.values().stream()
                    .filter(outbound -> outbound.warehouse().equals(warehouse) && outbound.unfinished())
                    .mapToLong(Outbound::number)
                    .min()
                    .orElse(numbers.getOrDefault(warehouse, 0L) + 1);
            low.put(warehouse, first - 1);
        }
        return low;
    }
}
