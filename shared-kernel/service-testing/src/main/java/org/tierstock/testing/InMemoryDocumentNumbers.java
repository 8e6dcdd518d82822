package org.tierstock.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.tierstock.runtime.documents.DocumentNumbers;

/** Numbers documents from 1, in epoch 1. As a database sequence does, it gives no number twice, even after a rollback. */
public final class InMemoryDocumentNumbers implements DocumentNumbers {
    private final AtomicLong last = new AtomicLong();

    @Override
    public List<String> next(String prefix, int count) {
        return Stream.generate(() -> prefix + "-1-" + last.incrementAndGet())
                .limit(count)
                .toList();
    }
}
