package org.tierstock.planted.runtime.sql;

/** Stands in for the runtime's way to the database. */
public final class Database {
    public void update(String sql) {}
}
