package org.tierstock.testing;

import java.util.function.Supplier;

/** Runs work as the container runs a transactional use case. */
public interface Transactions {
    /**
     * Runs the work in one transaction and answers its result once that is committed. Inside a transaction it joins it.
     *
     * @throws RuntimeException or Error whatever the work throws; then nothing that it changed remains
     */
    <T> T inTransaction(Supplier<T> work);

    /** Runs the work in one transaction, as {@link #inTransaction(Supplier)} does. */
    default void inTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return null;
        });
    }
}
