package org.tierstock.warehouse.fake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongBiFunction;
import java.util.stream.Collectors;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.OutboundPositions;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;

/** The outbound orders without a database. */
public final class InMemoryOutbounds implements Outbounds, OutboundPositions {
    private final InMemoryTransactions transactions;
    private final Map<String, Outbound> outbounds;
    private final Map<String, Long> lows;
    private final List<Effect> effects = new ArrayList<>();

    public InMemoryOutbounds(InMemoryTransactions transactions) {
        this.transactions = transactions;
        this.outbounds = new InMemoryTable<>(transactions);
        this.lows = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, StockHead> heads(Collection<String> ids) {
        Map<String, StockHead> heads = new HashMap<>();
        find(ids).forEach((id, outbound) -> heads.put(id, outbound.order().head()));
        return heads;
    }

    @Override
    public Map<String, Outbound> find(Collection<String> ids) {
        Map<String, Outbound> found = new HashMap<>();
        for (String id : ids) {
            if (outbounds.containsKey(id)) {
                found.put(id, outbounds.get(id));
            }
        }
        return found;
    }

    @Override
    public List<Outbound> holding(Collection<StockKey> keys) {
        return outbounds.values().stream()
                .filter(outbound ->
                        keys.stream().anyMatch(key -> outbound.placeIn(key).isPresent()))
                .toList();
    }

    @Override
    public void add(Collection<Outbound> added) {
        for (Outbound outbound : added) {
            if (outbounds.putIfAbsent(outbound.order().outbound(), outbound) != null) {
                throw new IllegalStateException("The outbound is there already: " + outbound);
            }
        }
    }

    @Override
    public void change(Collection<Outbound> changed) {
        for (Outbound outbound : changed) {
            if (outbounds.replace(outbound.order().outbound(), outbound) == null) {
                throw new IllegalStateException("The outbound is not there: " + outbound);
            }
        }
    }

    @Override
    public void record(Collection<Effect> recorded) {
        int before = effects.size();
        transactions.onRollback(() -> effects.subList(before, effects.size()).clear());
        effects.addAll(recorded);
    }

    @Override
    public Map<String, Long> lows(Collection<String> warehouses) {
        Map<String, Long> found = new HashMap<>(lows);
        found.keySet().retainAll(warehouses);
        return found;
    }

    @Override
    public List<Position> at(Range range, List<AppliedPosition> cut) {
        Map<String, Long> positions = new TreeMap<>();
        outbounds.forEach((id, outbound) -> {
            positions.put(id, outbound.locked());
        });
        for (Effect effect : effects) {
            boolean applied = cut.stream()
                    .anyMatch(position -> position.stream().equals(effect.position().stream())
                            && position.partition() == effect.position().partition()
                            && position.holds(effect.position().sequence()));
            if (!applied) {
                positions.merge(effect.outbound(), effect.quantity(), Long::sum);
            }
        }
        return positions.entrySet().stream()
                .filter(position -> position.getValue() > 0 && isIn(range, outbounds.get(position.getKey())))
                .map(position -> new Position(
                        outbounds.get(position.getKey()).order().warehouse(), position.getKey(), position.getValue()))
                .toList();
    }

    private static boolean isIn(Range range, Outbound outbound) {
        OutboundOrder order = outbound.order();
        return range.warehouses().contains(order.warehouse())
                && (range.sku().isEmpty()
                        || range.sku().equals(order.cell().sku().code()))
                && order.number() > range.after()
                && order.number() <= range.until();
    }

    /**
     * Forgets what messages took from outbounds, up to the floors of their streams.
     *
     * @param floor how far the messages of a stream partition were purged
     */
    public void forgetEffects(ToLongBiFunction<String, Integer> floor) {
        List<Effect> before = List.copyOf(effects);
        transactions.onRollback(() -> {
            effects.clear();
            effects.addAll(before);
        });
        effects.removeIf(effect -> effect.position().sequence()
                <= floor.applyAsLong(
                        effect.position().stream(), effect.position().partition()));
    }

    /** Forgets the outbounds of a warehouse up to that number of which nothing is locked and no message is kept. */
    public void forget(String warehouse, long upTo) {
        Set<String> needed = effects.stream().map(Effect::outbound).collect(Collectors.toSet());
        for (Outbound outbound : all()) {
            OutboundOrder order = outbound.order();
            if (order.warehouse().equals(warehouse)
                    && order.number() <= upTo
                    && outbound.locked() == 0
                    && !needed.contains(order.outbound())) {
                outbounds.remove(order.outbound());
                lows.merge(warehouse, order.number(), Math::max);
            }
        }
    }

    /** Every outbound as it is now. */
    public Collection<Outbound> all() {
        return List.copyOf(outbounds.values());
    }
}
