package org.tierstock.runtime.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Runs hand-written SQL on the service's database, inside the transaction that the use case began.
 *
 * <p>Every method throws {@link DatabaseFailure}; nothing is retried here.
 */
@ApplicationScoped
public class Database {
    /** How long what reads whole tables may take. */
    public static final int SURVEY_SECONDS = 600;

    private static final int SURVEY_MILLIS = SURVEY_SECONDS * 1_000;

    /** Those that the connection began with. */
    private static final String USUAL_BOUNDS = "RESET statement_timeout; RESET idle_in_transaction_session_timeout";

    /** How many rows are held at a time of those that are passed on. One may have a document of half a megabyte. */
    private static final int CHUNK = 100;

    private final DataSource dataSource;
    private final Runnable monthMissing;

    /** @param missing is told when a statement finds that the month of its rows is missing */
    @Inject
    public Database(DataSource dataSource, Event<MonthMissing> missing) {
        this(dataSource, () -> missing.fireAsync(new MonthMissing()));
    }

    /** One that nobody is told of what it misses. */
    public Database(DataSource dataSource) {
        this(dataSource, () -> {});
    }

    private Database(DataSource dataSource, Runnable monthMissing) {
        this.dataSource = dataSource;
        this.monthMissing = monthMissing;
    }

    /** For the container's proxy. */
    protected Database() {
        this(null, () -> {});
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    public interface Binder {
        /** Binds nothing. */
        Binder NOTHING = parameters -> {};

        void bind(Parameters parameters) throws SQLException;
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /**
     * An INSERT, UPDATE or DELETE that must touch exactly so many rows.
     *
     * @param rows how many
     */
    public record Write(int rows, String sql, Binder binder) {}

    /** A query. */
    public record Read<T>(String sql, Binder binder, RowMapper<T> mapper) {}

    /** The rows of two queries. */
    public record Both<A, B>(List<A> first, List<B> second) {}

    /** A connection; within a transaction the one that it has. */
    private Connection connection() throws SQLException {
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException e) {
            throw DatabaseFailure.withoutConnection(e);
        }
        try {
            LockPatience.tell(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** All rows of a query. The statement itself must bound them. */
    public <T> List<T> query(Read<T> read) {
        return query(read.sql(), read.binder(), read.mapper());
    }

    /** All rows of a query. The statement itself must bound them. */
    public <T> List<T> query(Sql sql, RowMapper<T> mapper) {
        return query(sql.statement(), sql.binder(), mapper);
    }

    /** All rows of a query. The statement itself must bound them. */
    public <T> List<T> query(String sql, Binder binder, RowMapper<T> mapper) {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(new Parameters(connection, statement));
            statement.execute();
            return rows(statement, mapper);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** All rows of a query that may read whole tables: it may take minutes where others are given up after seconds. */
    public <T> List<T> survey(String sql, Binder binder, RowMapper<T> mapper) {
        try (Connection connection = connection()) {
            return patiently(connection, () -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    binder.bind(new Parameters(connection, statement));
                    statement.execute();
                    return rows(statement, mapper);
                }
            });
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** All rows of two queries, in one round trip. The second sees what was committed while the first waited for locks. */
    public <A, B> Both<A, B> query(Read<A> first, Read<B> second) {
        Both<A, B> both = new Both<>(new ArrayList<>(), new ArrayList<>());
        query(List.of(into(both.first(), first), into(both.second(), second)));
        return both;
    }

    private static <T> Read<Boolean> into(List<T> rows, Read<T> read) {
        return new Read<>(
                read.sql(), read.binder(), row -> rows.add(read.mapper().map(row)));
    }

    /**
     * Runs queries in this order, in one round trip; each passes its rows to its mapper. Each sees what was committed while
     * those before it waited for locks.
     */
    public void query(List<? extends Read<?>> reads) {
        String sql = reads.stream().map(Read::sql).collect(Collectors.joining(";\n"));
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int bound = 0;
            for (Read<?> read : reads) {
                Parameters parameters = new Parameters(connection, statement, bound);
                read.binder().bind(parameters);
                bound = parameters.count();
            }
            statement.execute();
            for (Read<?> read : reads) {
                rows(statement, read.mapper());
                statement.getMoreResults();
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static <T> List<T> rows(PreparedStatement statement, RowMapper<T> mapper) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(mapper.map(rows));
            }
            return result;
        }
    }

    /** The row of a query that has at most one. */
    public <T> Optional<T> queryOne(String sql, Binder binder, RowMapper<T> mapper) {
        List<T> rows = query(sql, binder, mapper);
        if (rows.size() > 1) {
            throw new IllegalStateException("At most one row was expected, not " + rows.size() + ": " + sql);
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** Passes every row of a query on as it comes: {@link #stream(String, Binder, RowMapper, java.util.function.Consumer)}. */
    public <T> void stream(Sql sql, RowMapper<T> mapper, java.util.function.Consumer<T> sink) {
        stream(sql.statement(), sql.binder(), mapper, sink);
    }

    /**
     * Passes every row of a query on as it comes, without holding more than {@value #CHUNK}. Within no transaction it has one
     * of its own. Whoever is to get the rows must not be waited for in it.
     */
    public <T> void stream(String sql, Binder binder, RowMapper<T> mapper, java.util.function.Consumer<T> sink) {
        try (Connection connection = connection()) {
            boolean alone = connection.getAutoCommit();
            if (alone) {
                // Rows come in chunks within a transaction only.
                connection.setAutoCommit(false);
            }
            try {
                patiently(connection, () -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        statement.setFetchSize(CHUNK);
                        binder.bind(new Parameters(connection, statement));
                        try (ResultSet rows = statement.executeQuery()) {
                            while (rows.next()) {
                                sink.accept(mapper.map(rows));
                            }
                        }
                        return null;
                    }
                });
            } finally {
                if (alone) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** What is done on a connection. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Does what may take long, on both sides: neither this process nor the server gives it up before its time. It holds no
     * locks that others wait for.
     */
    private static <T> T patiently(Connection connection, Work<T> work) throws SQLException {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, SURVEY_MILLIS);
        try (Statement bounds = connection.createStatement()) {
            bounds.execute("SET statement_timeout = " + SURVEY_MILLIS + "; SET idle_in_transaction_session_timeout = "
                    + SURVEY_MILLIS);
            T result;
            try {
                result = work.run();
            } catch (SQLException | RuntimeException e) {
                try {
                    bounds.execute(USUAL_BOUNDS);
                } catch (SQLException late) {
                    // In a transaction that has failed they are taken back with it, in a lost session they are lost
                    // too.
                    e.addSuppressed(late);
                }
                throw e;
            }
            bounds.execute(USUAL_BOUNDS);
            return result;
        } finally {
            connection.setNetworkTimeout(Runnable::run, usual);
        }
    }

    /** Runs an INSERT, UPDATE or DELETE and answers how many rows it touched. */
    public int update(String sql, Binder binder) {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(new Parameters(connection, statement));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Runs an INSERT, UPDATE or DELETE that must touch exactly so many rows.
     *
     * @throws IllegalStateException when it does not: a bug, since the rows are locked by this transaction
     */
    public void updateExactly(int expected, String sql, Binder binder) {
        updateExactly(List.of(new Write(expected, sql, binder)));
    }

    /**
     * Runs several statements in this order. They travel together: however many, it is one round trip.
     *
     * @throws IllegalStateException when one touches another number of rows: a bug, since the rows are locked by this
     *     transaction
     */
    public void updateExactly(List<Write> writes) {
        if (writes.isEmpty()) {
            return;
        }
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(together(writes))) {
            bind(writes, connection, statement, 0);
            statement.execute();
            for (Write write : writes) {
                int touched = statement.getUpdateCount();
                if (touched != write.rows()) {
                    throw new IllegalStateException(
                            "Touched " + touched + " rows instead of " + write.rows() + ": " + write.sql());
                }
                statement.getMoreResults();
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Runs a query and then several statements, in one round trip, and takes them back when the database's constraints
     * refuse one of them or one touches another number of rows: the transaction goes on as if they had not been.
     *
     * @return the rows of the query; empty when all was taken back
     */
    public <T> Optional<List<T>> attempt(Read<T> read, List<Write> writes) {
        String sql = "SAVEPOINT attempt;\n" + read.sql() + ";\n" + together(writes);
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters ofRead = new Parameters(connection, statement);
            read.binder().bind(ofRead);
            bind(writes, connection, statement, ofRead.count());
            try {
                statement.execute();
            } catch (SQLException e) {
                if (!new DatabaseFailure(e).againstTheRules()) {
                    throw e;
                }
                takeBack(connection);
                return Optional.empty();
            }
            statement.getMoreResults();
            List<T> rows = rows(statement, read.mapper());
            for (Write write : writes) {
                statement.getMoreResults();
                if (statement.getUpdateCount() != write.rows()) {
                    takeBack(connection);
                    return Optional.empty();
                }
            }
            return Optional.of(rows);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private DatabaseFailure failure(SQLException e) {
        DatabaseFailure failure = new DatabaseFailure(e);
        if (failure.monthMissing()) {
            monthMissing.run();
        }
        return failure;
    }

    private static void takeBack(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK TO SAVEPOINT attempt");
        }
    }

    private static String together(List<Write> writes) {
        return writes.stream().map(Write::sql).collect(Collectors.joining(";\n"));
    }

    private static void bind(List<Write> writes, Connection connection, PreparedStatement statement, int before)
            throws SQLException {
        int parameters = before;
        for (Write write : writes) {
            Parameters own = new Parameters(connection, statement, parameters);
            write.binder().bind(own);
            parameters = own.count();
        }
    }
}
