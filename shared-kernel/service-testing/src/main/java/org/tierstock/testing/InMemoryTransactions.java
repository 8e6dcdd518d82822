package org.tierstock.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Transactions over state in memory: one at a time, all or nothing.
 *
 * <p>A fake says with every change how to take it back, so a transaction costs what it changes, however much state there
 * is. Changing anything outside a transaction is an error: {@code @Transactional} does nothing without a container, and
 * a test that forgot the transaction would otherwise prove nothing about rolling back.
 */
public final class InMemoryTransactions implements Transactions {
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        if (oneAtATime.isHeldByCurrentThread()) {
            return work.get();
        }
        List<Runnable> committed;
        T result;
        oneAtATime.lock();
        try {
            result = work.get();
            undo.clear();
            committed = List.copyOf(afterCommit);
        } finally {
            while (!undo.isEmpty()) {
                undo.pop().run();
            }
            afterCommit.clear();
            oneAtATime.unlock();
        }
        committed.forEach(Runnable::run);
        return result;
    }

    /**
     * Says how to take back a change that is about to be made. Changes are taken back in reverse order.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void onRollback(Runnable takeBack) {
        requireOne();
        undo.push(takeBack);
    }

    /**
     * Has something done once the transaction has committed.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void onCommit(Runnable action) {
        requireOne();
        afterCommit.add(action);
    }

    private void requireOne() {
        if (!oneAtATime.isHeldByCurrentThread()) {
            throw new IllegalStateException("Nothing may be changed outside a transaction");
        }
    }
}
