package org.tierstock.runtime.reconcile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Two sides' positions side by side. Both are read as they come, and no more than the differences is kept.
 *
 * @param keys how many keys either side has a position of
 * @param differenceCount how many of them are not equal
 * @param differences the first of these
 */
record Comparison(long keys, long differenceCount, List<Difference> differences) {
    private static final int TELL_EVERY = 10_000;

    /** What the two sides hold of a key that they should hold alike; whole units. */
    record Difference(String scope, String key, long here, long there) {}

    /**
     * Merges two rows of positions.
     *
     * @param mostDifferences how many differences are kept
     * @param compared is told now and then how many keys have been compared
     * @throws IllegalArgumentException when one of them is not in strict {@link KeyPosition#ORDER}
     */
    static Comparison of(
            Iterator<KeyPosition> here, Iterator<KeyPosition> there, int mostDifferences, LongConsumer compared) {
        long keys = 0;
        long differenceCount = 0;
        List<Difference> differences = new ArrayList<>();
        InOrder ours = new InOrder(here);
        InOrder theirs = new InOrder(there);
        while (ours.head != null || theirs.head != null) {
            int order = order(ours.head, theirs.head);
            KeyPosition first = order <= 0 ? ours.head : theirs.head;
            long quantityHere = order <= 0 ? ours.take() : 0;
            long quantityThere = order >= 0 ? theirs.take() : 0;
            keys++;
            if (quantityHere != quantityThere) {
                differenceCount++;
                if (differences.size() < mostDifferences) {
                    differences.add(new Difference(first.scope(), first.key(), quantityHere, quantityThere));
                }
            }
            if (keys % TELL_EVERY == 0) {
                compared.accept(keys);
            }
        }
        return new Comparison(keys, differenceCount, List.copyOf(differences));
    }

    private static int order(KeyPosition here, KeyPosition there) {
        if (here == null || there == null) {
            return here == null ? 1 : -1;
        }
        return KeyPosition.ORDER.compare(here, there);
    }

    private static final class InOrder {
        private final Iterator<KeyPosition> rest;
        private KeyPosition head;

        InOrder(Iterator<KeyPosition> rest) {
            this.rest = rest;
            this.head = rest.hasNext() ? rest.next() : null;
        }

        long take() {
            KeyPosition taken = head;
            head = rest.hasNext() ? rest.next() : null;
            if (head != null && KeyPosition.ORDER.compare(head, taken) <= 0) {
                throw new IllegalArgumentException("Not in key order: " + taken + " before " + head);
            }
            return taken.quantity();
        }
    }
}
