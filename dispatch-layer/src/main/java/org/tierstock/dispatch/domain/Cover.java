package org.tierstock.dispatch.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.tierstock.movements.Action;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.NodeKey;

/**
 * What free stock is for before it may be promised again (cover job, protocol 4): short lines that its node serves, oldest
 * first; then backing at nodes with a deficit.
 */
public final class Cover {
    /** A short line with the free stock that was found for it. */
    public record Covered(DispatchLine line, List<Sourcing.Allocation> allocations) {
        public Covered {
            Objects.requireNonNull(line, "line");
            allocations = List.copyOf(allocations);
        }
    }

    private final Rules rules;

    /** Covers by the rules in force. */
    public Cover(Rules rules) {
        this.rules = rules;
    }

    /**
     * Allocates free stock to short lines.
     *
     * @param waiting lines of this SKU with a shortage, oldest first
     * @return the lines that were covered, in part or wholly
     */
    public List<Covered> shortages(StockOfSku goods, List<DispatchLine> waiting) {
        List<Covered> covered = new ArrayList<>();
        for (DispatchLine line : waiting) {
            Reason reason = new Reason(Action.LOCK, line.number().as(DocumentKind.SHORTAGE), null);
            List<Sourcing.Allocation> allocations = new ArrayList<>();
            DispatchLine now = line;
            for (NodeKey node : serving(goods, line.key())) {
                long units = Math.min(now.shortage(), goods.free(node));
                if (units > 0) {
                    goods.allocateFree(node, units, reason);
                    allocations.add(new Sourcing.Allocation(node, units));
                    now = now.covered(units);
                }
            }
            if (!allocations.isEmpty()) {
                covered.add(new Covered(now, allocations));
            }
        }
        return covered;
    }

    /** True when free stock of any node may serve the key. */
    public boolean serves(StockOfSku goods, ChannelKey key) {
        return goods.nodes().stream().anyMatch(node -> goods.free(node) > 0 && rules.serves(node, key));
    }

    /** Moves backing away from nodes with a deficit, onto free stock of nodes that serve the same key. */
    public void deficits(StockOfSku goods, Supplier<String> exchangeNumbers) {
        for (NodeKey from : goods.nodes()) {
            for (ChannelKey key : List.copyOf(goods.keysAt(from))) {
                for (NodeKey to : serving(goods, key)) {
                    long units = Math.min(-goods.deficit(from), Math.min(goods.allotted(from, key), goods.free(to)));
                    exchange(goods, key, from, to, units, exchangeNumbers);
                }
            }
        }
    }

    /** Moves backing away from nodes that no longer serve its key, as far as other nodes have free stock. */
    public void misplaced(StockOfSku goods, Supplier<String> exchangeNumbers) {
        for (NodeKey from : List.copyOf(goods.nodes())) {
            for (ChannelKey key : List.copyOf(goods.keysAt(from))) {
                if (goods.allotted(from, key) > 0 && !rules.serves(from, key)) {
                    for (NodeKey to : serving(goods, key)) {
                        long units = Math.min(goods.allotted(from, key), goods.free(to));
                        exchange(goods, key, from, to, units, exchangeNumbers);
                    }
                }
            }
        }
    }

    private List<NodeKey> serving(StockOfSku goods, ChannelKey key) {
        return goods.nodes().stream()
                .filter(node -> goods.free(node) > 0 && rules.serves(node, key))
                .sorted(rules.preference(key.shipRegion()))
                .toList();
    }

    private static void exchange(
            StockOfSku goods, ChannelKey key, NodeKey from, NodeKey to, long units, Supplier<String> exchangeNumbers) {
        if (units > 0) {
            DocumentLine document = new DocumentLine(DocumentKind.BACKING_EXCHANGE, exchangeNumbers.get(), 0);
            goods.exchange(key, from, to, units, new Reason(Action.ALLOT, document, null));
        }
    }
}
