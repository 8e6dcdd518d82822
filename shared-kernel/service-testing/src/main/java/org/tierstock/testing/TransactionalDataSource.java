package org.tierstock.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.tierstock.runtime.sql.DatabaseFailure;

/**
 * Plain JDBC that behaves as the container's data source does: within {@link #inTransaction} every connection that this
 * thread asks for is the transaction's, and closing it does nothing. Outside, each statement commits by itself.
 */
public final class TransactionalDataSource implements DataSource, Transactions {
    /** Opens connections. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening target;
    private final ThreadLocal<Connection> bound = new ThreadLocal<>();

    TransactionalDataSource(Opening target) {
        this.target = target;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        if (bound.get() != null) {
            return work.get();
        }
        try (Connection connection = target.open()) {
            connection.setAutoCommit(false);
            bound.set(leftOpen(connection));
            T result = work.get();
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        } finally {
            // A connection closed without a commit is rolled back by the server.
            bound.remove();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection transaction = bound.get();
        return transaction == null ? target.open() : transaction;
    }

    private static Connection leftOpen(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TransactionalDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The role is given");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("It logs nothing");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("It is given");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("It logs nothing");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("It wraps no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
