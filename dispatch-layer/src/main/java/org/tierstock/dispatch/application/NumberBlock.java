package org.tierstock.dispatch.application;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.tierstock.runtime.documents.DocumentNumbers;

/** Document numbers for one transaction that does not know beforehand how many it needs. Those left over are never used. */
final class NumberBlock implements Supplier<String> {
    private static final int SIZE = 64;

    private final DocumentNumbers numbers;
    private final String prefix;
    private final Queue<String> block = new ArrayDeque<>();

    NumberBlock(DocumentNumbers numbers, String prefix) {
        this.numbers = numbers;
        this.prefix = prefix;
    }

    /** Takes so many at once. */
    void reserve(int count) {
        block.addAll(numbers.next(prefix, count));
    }

    @Override
    public String get() {
        if (block.isEmpty()) {
            reserve(SIZE);
        }
        return block.remove();
    }
}
