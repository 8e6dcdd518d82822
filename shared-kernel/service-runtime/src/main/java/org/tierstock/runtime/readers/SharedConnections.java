package org.tierstock.runtime.readers;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.tierstock.runtime.posting.Overloaded;

/**
 * A pool's connections, of which no caller has more than its share at a time.
 */
final class SharedConnections implements DataSource {
    private final DataSource pool;
    private final Shares shares;
    private final Supplier<String> caller;

    /**
     * A pool with shares.
     *
     * @param most how many connections a caller may have at a time
     * @param patience how long one more waits
     * @param caller who asks; empty for the service itself
     */
    SharedConnections(DataSource pool, int most, Duration patience, Supplier<String> caller) {
        this.pool = pool;
        this.shares = new Shares("connections for reading", most, patience);
        this.caller = caller;
    }

    /**
     * A connection that gives its place back when it is closed.
     *
     * @throws Overloaded when the caller has its share
     */
    @Override
    public Connection getConnection() throws SQLException {
        Shares.Place place = shares.take(caller.get());
        boolean given = false;
        try {
            Connection connection = returning(pool.getConnection(), place);
            given = true;
            return connection;
        } finally {
            if (!given) {
                place.close();
            }
        }
    }

    /** How many callers have a connection or wait for one. */
    int callers() {
        return shares.callers();
    }

    private static Connection returning(Connection connection, Shares.Place place) {
        return (Connection) Proxy.newProxyInstance(
                SharedConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    try {
                        return method.invoke(connection, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("close")) {
                            place.close();
                        }
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The role is given");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }
}
