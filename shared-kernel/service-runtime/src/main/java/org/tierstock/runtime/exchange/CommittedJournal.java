package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.TreeMap;

/**
 * The last transactions that this replica has seen committed, in memory, and the server's line that it works on: a database
 * that lacks one of them was set back, or is a standby that had not received all of it.
 *
 * <p>The highest number alone would not do: other replicas, that miss nothing, lift it above what was lost.
 */
@ApplicationScoped
public class CommittedJournal {
    /** So many are remembered. What a standby lacks are the last ones. */
    static final int LAST = 64;

    /**
     * A transaction.
     *
     * @param at when it took its number, in microseconds since 1970: a number that is given a second time has another
     */
    public record Commit(long number, long at) {}

    /**
     * What a database says of itself.
     *
     * @param line which server's history it goes on with, see {@link CommittedJournal#LINE}
     * @param last the highest transaction number, 0 for none
     * @param missing the highest number of those asked for that it lacks; null when it has them all
     */
    public record Found(long epoch, String line, long last, Long missing) {}

    /**
     * What a database must know at least.
     *
     * @param epoch 0 when nothing was seen yet
     * @param line the server's line that this replica works on; empty before it has begun
     */
    public record Known(long epoch, String line, List<Commit> commits) {
        public Known {
            commits = List.copyOf(commits);
        }

        /** Why a database that knows only this was set back; null when it was not. */
        public String missedBy(Found found) {
            if (found.epoch() < epoch) {
                return "This replica has worked in epoch " + epoch + ", the database is in epoch " + found.epoch();
            }
            if (found.epoch() == epoch && found.missing() != null) {
                return "This replica has seen transaction " + found.missing() + " of epoch " + epoch
                        + " committed, the database does not know it; its last one is " + found.last();
            }
            return null;
        }

        /** Whether the database is another server's: it may lack what nobody here can know. */
        public boolean failedOver(Found found) {
            return !line.isEmpty() && !found.line().isEmpty() && !line.equals(found.line());
        }
    }

    /**
     * An expression: which line of history the server writes. It is another one after every failover and after every restore that
     * replays archived log. Empty where the server does not say.
     */
    public static final String LINE = "database_line()";

    /**
     * A scalar subquery: the highest number of those transactions that the database lacks. Two parameters: arrays of the numbers
     * and of their times.
     */
    public static final String MISSING = """
            (SELECT max(s.number) FROM unnest(?::bigint[], ?::bigint[]) AS s (number, at)
             WHERE NOT EXISTS (SELECT FROM journal j
                               WHERE j.number = s.number
                                 AND (extract(epoch FROM j.written_at) * 1000000)::bigint = s.at)
               -- of those that were purged it is enough that later ones are known
               AND s.number >= (SELECT coalesce(min(number), 0) FROM journal))
            """;

    private final TransactionSynchronizationRegistry transactions;
    private final TreeMap<Long, Long> commits = new TreeMap<>();
    private long epoch;
    private String line = "";

    @Inject
    public CommittedJournal(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /** For the container's proxy. */
    protected CommittedJournal() {
        this(null);
    }

    /** To be read before the database is asked: what is committed meanwhile is not missed by it. */
    public synchronized Known known() {
        return new Known(
                epoch,
                line,
                commits.entrySet().stream()
                        .map(commit -> new Commit(commit.getKey(), commit.getValue()))
                        .toList());
    }

    /** From now on this replica works on that line. */
    public synchronized void worksOn(String itsLine) {
        line = itsLine;
    }

    /** The database has this one; a later epoch counts from its own beginning. */
    public synchronized void seen(long itsEpoch, Commit commit) {
        if (itsEpoch > epoch) {
            epoch = itsEpoch;
            commits.clear();
        }
        if (itsEpoch == epoch && commit.number() > 0) {
            commits.putIfAbsent(commit.number(), commit.at());
            if (commits.size() > LAST) {
                commits.pollFirstEntry();
            }
        }
    }

    /** This transaction has taken a number: it counts when it commits. */
    void taken(long itsEpoch, Commit commit) {
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
                    seen(itsEpoch, commit);
                }
            }
        });
    }
}
