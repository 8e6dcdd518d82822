package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/**
 * The highest transaction number that this replica has seen committed, in memory: a database that knows less was set back,
 * or is a standby that had not received all of it.
 */
@ApplicationScoped
public class CommittedJournal {
    /**
     * What a database must know at least.
     *
     * @param epoch 0 when nothing was seen yet
     */
    public record Known(long epoch, long journal) {
        /** Why a database that knows only this was set back; null when it was not. */
        public String missedBy(long itsEpoch, long itsJournal) {
            if (itsEpoch < epoch || itsEpoch == epoch && itsJournal < journal) {
                return "This replica has seen transaction " + journal + " of epoch " + epoch
                        + " committed, the database's last one is " + itsJournal + " of epoch " + itsEpoch;
            }
            return null;
        }
    }

    private final TransactionSynchronizationRegistry transactions;
    private volatile Known known = new Known(0, 0);

    @Inject
    public CommittedJournal(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /** For the container's proxy. */
    protected CommittedJournal() {
        this(null);
    }

    /** To be read before the database is asked: what is committed meanwhile is not missed by it. */
    public Known known() {
        return known;
    }

    /** The database has these; a later epoch counts from its own beginning. */
    public synchronized void seen(long epoch, long journal) {
        if (epoch > known.epoch() || epoch == known.epoch() && journal > known.journal()) {
            known = new Known(epoch, journal);
        }
    }

    /** This transaction has taken a number: it counts when it commits. */
    void taken(long epoch, long journal) {
        if (transactions == null || transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
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
                    seen(epoch, journal);
                }
            }
        });
    }
}
