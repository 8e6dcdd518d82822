package org.tierstock.sales.fake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.runtime.work.FairBatch;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Changed;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** Cancellations in memory. */
public final class InMemoryCancellations implements Cancellations {
    private final InMemoryOrders orders;
    private final Map<String, Cancellation> cancellations;

    public InMemoryCancellations(InMemoryTransactions transactions, InMemoryOrders orders) {
        this.orders = orders;
        this.cancellations = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, Cancellation> load(Collection<String> documents) {
        Map<String, Cancellation> found = new HashMap<>();
        for (String document : documents) {
            Cancellation cancellation = cancellations.get(document);
            if (cancellation != null) {
                found.put(document, cancellation);
            }
        }
        return found;
    }

    void storeMissing(Cancellation known) {
        cancellations.merge(known.document(), known, (before, lost) -> {
            List<Cancellation.Line> lines = new ArrayList<>(before.lines());
            lost.lines().stream().filter(line -> !before.names(line.line())).forEach(lines::add);
            return before.withLines(lines);
        });
    }

    @Override
    public void insert(List<Cancellation> recorded) {
        for (Cancellation cancellation : recorded) {
            if (cancellations.putIfAbsent(cancellation.document(), cancellation) != null) {
                throw new IllegalStateException("Cancellation " + cancellation.document() + " exists");
            }
        }
    }

    @Override
    public void update(Collection<Changed<Cancellation>> changed) {
        for (Changed<Cancellation> change : changed) {
            String document = change.after().document();
            Map<Integer, Cancellation.Line> lines = new HashMap<>();
            change.after().changedSince(change.before()).forEach(line -> lines.put(line.line(), line));
            if (cancellations.computeIfPresent(document, (same, stored) -> withChanged(stored, lines)) == null) {
                throw new IllegalStateException("Cancellation " + document + " does not exist");
            }
        }
    }

    private static Cancellation withChanged(Cancellation stored, Map<Integer, Cancellation.Line> lines) {
        return stored.withLines(stored.lines().stream()
                .map(line -> lines.getOrDefault(line.line(), line))
                .toList());
    }

    @Override
    public List<Unanswered> unanswered(Set<Integer> partitions, int limit) {
        List<Unanswered> open = new ArrayList<>();
        for (Cancellation cancellation : cancellations.values()) {
            for (Cancellation.Line line : cancellation.lines()) {
                Order order = orders.load(List.of(cancellation.order())).get(cancellation.order());
                int partition =
                        order.line(line.line()).orElseThrow().key().sku().partition();
                if (!line.answered()
                        && orders.handed(cancellation.order(), line.line())
                        && partitions.contains(partition)) {
                    open.add(new Unanswered(
                            Cancellation.cancelOf(cancellation.document(), line.line()),
                            cancellation.document(),
                            cancellation.order(),
                            line.line(),
                            line.asked()));
                }
            }
        }
        return FairBatch.of(
                limit,
                Unanswered::document,
                (without, most) -> open.stream()
                        .filter(cancel -> !without.contains(cancel.document()))
                        .limit(most)
                        .toList());
    }

    /** All cancellations, oldest first. */
    public List<Cancellation> all() {
        return List.copyOf(cancellations.values());
    }
}
