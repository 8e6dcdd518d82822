package org.tierstock.runtime.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** What a peer asks for, in parts that one answer can carry, in the order given. No more than one is held at a time. */
final class Portions<T> {
    static final int MOST = 500;

    /** Of three bytes each at most, well below the 4 MiB of an answer. */
    static final int MOST_CHARACTERS = 500_000;

    private final ToIntFunction<T> characters;
    private final Consumer<List<T>> portions;
    private final List<T> open = new ArrayList<>();
    private int carried;

    /**
     * Nothing yet.
     *
     * @param characters how large one is. One that is larger than a part may be has a part of its own
     * @param portions gets each part
     */
    Portions(ToIntFunction<T> characters, Consumer<List<T>> portions) {
        this.characters = characters;
        this.portions = portions;
    }

    void add(T next) {
        int more = characters.applyAsInt(next);
        if (open.size() == MOST || carried + more > MOST_CHARACTERS) {
            close();
        }
        open.add(next);
        carried += more;
    }

    /** That was all. */
    void close() {
        if (!open.isEmpty()) {
            portions.accept(List.copyOf(open));
            open.clear();
            carried = 0;
        }
    }
}
