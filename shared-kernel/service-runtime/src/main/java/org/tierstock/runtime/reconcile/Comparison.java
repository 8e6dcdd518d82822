package org.tierstock.runtime.reconcile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Two sides' positions side by side.
 *
 * @param keys how many keys either side has a position of
 * @param differences the keys whose positions are not equal
 */
record Comparison(long keys, List<Difference> differences) {

    /** What the two sides hold of a key that they should hold alike; whole units. */
    record Difference(String key, long here, long there) {}

    /**
     * Merges two lists of positions.
     *
     * @throws IllegalArgumentException when one of them is not in the strict order of its keys
     */
    static Comparison of(List<KeyPosition> here, List<KeyPosition> there) {
        long keys = 0;
        List<Difference> differences = new ArrayList<>();
        InOrder ours = new InOrder(here.iterator());
        InOrder theirs = new InOrder(there.iterator());
        while (ours.head != null || theirs.head != null) {
            int order = order(ours.head, theirs.head);
            String key = order <= 0 ? ours.head.key() : theirs.head.key();
            long quantityHere = order <= 0 ? ours.take() : 0;
            long quantityThere = order >= 0 ? theirs.take() : 0;
            keys++;
            if (quantityHere != quantityThere) {
                differences.add(new Difference(key, quantityHere, quantityThere));
            }
        }
        return new Comparison(keys, List.copyOf(differences));
    }

    private static int order(KeyPosition here, KeyPosition there) {
        if (here == null || there == null) {
            return here == null ? 1 : -1;
        }
        return here.key().compareTo(there.key());
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
            if (head != null && head.key().compareTo(taken.key()) <= 0) {
                throw new IllegalArgumentException("Not in key order: " + taken.key() + " before " + head.key());
            }
            return taken.quantity();
        }
    }
}
