package org.tierstock.runtime.readers;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.tierstock.runtime.posting.Overloaded;

/**
 * A pool's connections, of which no caller has more than its share at a time. One more waits a little for one of the same
 * caller's to come back, and is refused then. The service itself is no caller, and has no share.
 */
final class SharedConnections implements DataSource {
    /** What one caller has, and how many of its requests look at it: it is forgotten with the last of them. */
    private static final class Share {
        private final Semaphore places;
        private int users;

        Share(int most) {
            this.places = new Semaphore(most, true);
        }
    }

    private final DataSource pool;
    private final int most;
    private final Duration patience;
    private final Supplier<String> caller;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    /**
     * A pool with shares.
     *
     * @param most how many connections a caller may have at a time
     * @param patience how long one more waits
     * @param caller who asks; empty for the service itself
     */
    SharedConnections(DataSource pool, int most, Duration patience, Supplier<String> caller) {
        this.pool = pool;
        this.most = most;
        this.patience = patience;
        this.caller = caller;
    }

    /**
     * A connection that gives its place back when it is closed.
     *
     * @throws Overloaded when the caller has its share
     */
    @Override
    public Connection getConnection() throws SQLException {
        String name = caller.get();
        if (name.isEmpty()) {
            return pool.getConnection();
        }
        Share share = enter(name);
        boolean given = false;
        try {
            if (!share.places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Overloaded("a caller has " + most + " connections for reading");
            }
            try {
                Connection connection = returning(pool.getConnection(), () -> {
                    share.places.release();
                    leave(name, share);
                });
                given = true;
                return connection;
            } finally {
                if (!given) {
                    share.places.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("the service is stopping");
        } finally {
            if (!given) {
                leave(name, share);
            }
        }
    }

    private Share enter(String name) {
        return shares.compute(name, (key, known) -> {
            Share share = known == null ? new Share(most) : known;
            share.users++;
            return share;
        });
    }

    private void leave(String name, Share left) {
        shares.compute(name, (key, same) -> --left.users == 0 ? null : left);
    }

    /** How many callers have a connection or wait for one. */
    int callers() {
        return shares.size();
    }

    private static Connection returning(Connection connection, Runnable whenClosed) {
        AtomicBoolean closed = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                SharedConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    try {
                        return method.invoke(connection, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("close") && closed.compareAndSet(false, true)) {
                            whenClosed.run();
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
