package org.tierstock.runtime.sql;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** The database refused a statement or could not be reached. */
public final class DatabaseFailure extends RuntimeException {
    private static final String CHECK_VIOLATION = "23514";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";

    private final String sqlState;
    private final boolean withoutConnection;
    private final boolean monthMissing;

    public DatabaseFailure(SQLException cause) {
        this(cause, false);
    }

    private DatabaseFailure(SQLException cause, boolean withoutConnection) {
        super(cause.getMessage(), cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
        this.withoutConnection = withoutConnection;
        this.monthMissing = sqlState.equals(CHECK_VIOLATION) && namesNoConstraint(cause);
    }

    /**
     * What the database has refused, of the failure that a framework has made of it, so that it is told as any statement's is and
     * a lost race is run again; the failure itself when no database is behind it.
     */
    public static RuntimeException behind(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return new DatabaseFailure(refused);
            }
        }
        return failure;
    }

    /** No connection was to be had: all of the pool are in use, or the database takes none. */
    static DatabaseFailure withoutConnection(SQLException cause) {
        return new DatabaseFailure(cause, true);
    }

    /**
     * PostgreSQL reports a row that belongs into no partition as one that violates a check. A check has a name, and the words
     * of the message depend on the server's language.
     */
    private static boolean namesNoConstraint(SQLException cause) {
        return cause instanceof PSQLException refusal
                && refusal.getServerErrorMessage() != null
                && refusal.getServerErrorMessage().getConstraint() == null;
    }

    /** The SQLSTATE, empty when there is none. */
    public String sqlState() {
        return sqlState;
    }

    /** True when another transaction was in the way and the same work may succeed when it is run again. */
    public boolean conflict() {
        return sqlState.equals("23505") || undoneByOthers();
    }

    /** True when the database has undone the transaction because of others that ran at the same time. */
    public boolean undoneByOthers() {
        return sqlState.equals("40001") || sqlState.equals("40P01");
    }

    /**
     * True when it is certain that nothing was done, because something is in the way that will go, although not at once. A
     * transaction that has got no connection has sent no statement, since it keeps the one that it gets; one whose lock has
     * not come, whose statement took too long, or whose {@link #monthMissing month is missing}, is rolled back.
     */
    public boolean nothingDone() {
        return withoutConnection || monthMissing || locked() || sqlState.equals(QUERY_CANCELED);
    }

    /** True when somebody else holds what was needed, and has not let it go in the time that was given. */
    public boolean locked() {
        return sqlState.equals(LOCK_NOT_AVAILABLE);
    }

    /** True when the month that a row belongs to has no partition yet. It is made as soon as {@link MonthMissing} is told. */
    public boolean monthMissing() {
        return monthMissing;
    }

    /** True when a constraint or the range of a type does not admit what was to be stored. */
    public boolean againstTheRules() {
        return !monthMissing && (sqlState.startsWith("22") || sqlState.startsWith("23"));
    }

    /** True when the database could not be reached, is shutting down, or has no room for another connection. */
    public boolean unreachable() {
        return withoutConnection
                || sqlState.isEmpty()
                || sqlState.startsWith("08")
                || sqlState.startsWith("57P")
                || sqlState.startsWith("53");
    }
}
