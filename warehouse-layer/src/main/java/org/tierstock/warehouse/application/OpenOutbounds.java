package org.tierstock.warehouse.application;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tierstock.movements.Cell;
import org.tierstock.warehouse.domain.Outbound;

/** The outbounds of one transaction, as the documents decided so far have left them. */
final class OpenOutbounds {
    private final Map<String, Outbound> current = new HashMap<>();
    private final Map<Cell, Set<String>> byCell = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    OpenOutbounds(Collection<Outbound> outbounds) {
        outbounds.forEach(this::open);
    }

    /** Adds an outbound that was read under its head's lock. */
    void open(Outbound outbound) {
        String id = outbound.order().outbound();
        current.put(id, outbound);
        byCell.computeIfAbsent(outbound.order().cell(), cell -> new LinkedHashSet<>())
                .add(id);
    }

    Optional<Outbound> find(String outbound) {
        return Optional.ofNullable(current.get(outbound));
    }

    List<Outbound> ofCell(Cell cell) {
        return byCell.getOrDefault(cell, Set.of()).stream().map(current::get).toList();
    }

    Collection<Outbound> all() {
        return current.values();
    }

    void change(Collection<Outbound> outbounds) {
        for (Outbound outbound : outbounds) {
            current.put(outbound.order().outbound(), outbound);
            changed.add(outbound.order().outbound());
        }
    }

    List<Outbound> changed() {
        List<Outbound> outbounds = new ArrayList<>(changed.size());
        changed.forEach(id -> outbounds.add(current.get(id)));
        return outbounds;
    }
}
