package org.tierstock.runtime.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What a peer asks for, in parts that one answer can carry. */
final class Portions {
    static final int MOST = 500;

    /** Of three bytes each at most, well below the 4 MiB of an answer. */
    static final int MOST_CHARACTERS = 500_000;

    private Portions() {}

    /**
     * Parts in the order given. One that is larger than a part may be has a part of its own.
     *
     * @param characters how large one of them is
     */
    static <T> List<List<T>> of(List<T> all, ToIntFunction<T> characters) {
        List<List<T>> portions = new ArrayList<>();
        int from = 0;
        int carried = 0;
        for (int i = 0; i < all.size(); i++) {
            int more = characters.applyAsInt(all.get(i));
            if (i > from && (i - from == MOST || carried + more > MOST_CHARACTERS)) {
                portions.add(all.subList(from, i));
                from = i;
                carried = 0;
            }
            carried += more;
        }
        if (from < all.size()) {
            portions.add(all.subList(from, all.size()));
        }
        return portions;
    }
}
