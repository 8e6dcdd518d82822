package org.tierstock.runtime.sql;

import java.sql.SQLException;

/** The database refused a statement or could not be reached. */
public final class DatabaseFailure extends RuntimeException {
    private final String sqlState;

    public DatabaseFailure(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
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
        return sqlState.isEmpty()
                || sqlState.startsWith("08")
                || sqlState.startsWith("57P")
                || sqlState.startsWith("53");
    }
}
