package org.tierstock.integration.simulation;

import java.util.function.Supplier;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.testing.Transactions;

/**
 * The process of a layer. It may die in a transaction, which then is undone, or after its commit, of which the caller then
 * learns nothing. It starts again at once with new use cases on what was committed.
 */
final class Process implements Transactions {
    private final String layer;
    private final InMemoryTransactions transactions;
    private final Fate fate;
    private Runnable start = () -> {};
    private boolean open;
    private int lives = 1;

    Process(String layer, InMemoryTransactions transactions, Fate fate) {
        this.layer = layer;
        this.transactions = transactions;
        this.fate = fate;
    }

    /** Starts, now and after each death, by making the use cases anew. */
    void startWith(Runnable making) {
        start = making;
        start.run();
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        if (open) {
            return work.get();
        }
        T result = commit(work, fate.strikes());
        fate.committed(this);
        if (fate.strikes()) {
            die();
        }
        return result;
    }

    private <T> T commit(Supplier<T> work, boolean torn) {
        open = true;
        try {
            return transactions.inTransaction(() -> {
                T result = work.get();
                if (torn) {
                    die();
                }
                return result;
            });
        } catch (Defect e) {
            throw e;
        } catch (RuntimeException e) {
            // A job would set it aside and go on.
            throw History.brokenBy(e);
        } finally {
            open = false;
        }
    }

    /** Has something done once the open transaction has committed. */
    void onCommit(Runnable action) {
        transactions.onCommit(action);
    }

    /** Dies, and starts again. */
    void die() {
        lives++;
        start.run();
        throw new Died(layer);
    }

    /** Changes when it dies: who was under way in it before is dead. */
    int lives() {
        return lives;
    }

    @Override
    public String toString() {
        return layer;
    }
}
