package org.tierstock.runtime.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * How long the statements of a thread wait for locks: as long as the connection's setting says, or less while it is known that
 * somebody holds what they may need. A lock that has not come by then is a {@link DatabaseFailure#locked}.
 */
public final class LockPatience {
    private static final ThreadLocal<Duration> AT_MOST = new ThreadLocal<>();

    private LockPatience() {}

    /**
     * Does a work in which no statement waits longer for a lock.
     *
     * @param wait in whole milliseconds, at least one
     * @param work ends the transaction that it begins
     */
    public static <T> T atMost(Duration wait, Callable<T> work) throws Exception {
        AT_MOST.set(wait);
        try {
            return work.call();
        } finally {
            AT_MOST.remove();
        }
    }

    /** Tells a connection that a statement gets: until its transaction ends. A round trip, which only the impatient pay. */
    static void tell(Connection connection) throws SQLException {
        Duration wait = AT_MOST.get();
        if (wait != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = " + wait.toMillis());
            }
        }
    }
}
