package org.tierstock.runtime.work;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Signals within this process, sent after the commit. */
@ApplicationScoped
public class JtaWorkSignals implements WorkSignals {
    private final TransactionSynchronizationRegistry transactions;
    private final Map<String, Semaphore> raised = new ConcurrentHashMap<>();

    @Inject
    public JtaWorkSignals(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /** For the container's proxy. */
    protected JtaWorkSignals() {
        this(null);
    }

    @Override
    public void announce(String work) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            raise(work);
            return;
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing to write
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    raise(work);
                }
            }
        });
    }

    private void raise(String work) {
        Semaphore semaphore = semaphore(work);
        if (semaphore.availablePermits() == 0) {
            semaphore.release();
        }
    }

    /** Waits until work is announced or the time has passed, and takes all announcements so far; false when there was none. */
    boolean await(String work, Duration atMost) throws InterruptedException {
        Semaphore semaphore = semaphore(work);
        boolean announced = semaphore.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        semaphore.drainPermits();
        return announced;
    }

    private Semaphore semaphore(String work) {
        return raised.computeIfAbsent(work, w -> new Semaphore(0));
    }
}
