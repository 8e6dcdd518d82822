package org.tierstock.runtime.sql;

import java.sql.SQLException;

/** The database refused a statement or could not be reached. */
public final class DatabaseFailure extends RuntimeException {
    private final String sqlState;
    private final boolean withoutConnection;

    public DatabaseFailure(SQLException cause) {
        this(cause, false);
    }

    private DatabaseFailure(SQLException cause, boolean withoutConnection) {
        super(cause.getMessage(), cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
        this.withoutConnection = withoutConnection;
    }

    /** No connection was to be had: all of the pool are in use, or the database takes none. */
    static DatabaseFailure withoutConnection(SQLException cause) {
        return new DatabaseFailure(cause, true);
    }

    /**
     * True when it is certain that nothing was done: a transaction that has got no connection has sent no statement, since
     * it keeps the one that it gets.
     */
    public boolean nothingDone() {
        return withoutConnection;
    }

    /** The SQLSTATE, empty when there is none. */
    public String sqlState() {
        return sqlState;
    }

    /** True when another transaction was in the way and the same work may succeed when it is run again. */
    public boolean conflict() {
        return sqlState.equals("23505") || sqlState.equals("40001") || sqlState.equals("40P01");
    }

    /** True when a constraint or the range of a type does not admit what was to be stored. */
    public boolean againstTheRules() {
        return sqlState.startsWith("22") || sqlState.startsWith("23");
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
