package org.tierstock.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts, statement by statement, the rows of tables and the entries of indexes that PostgreSQL reads, against the rows
 * that the statement answers or touches. What a statement reads more than it needs grows with what is kept.
 *
 * <p>The figures are the database's own, those of the transaction that the statement is in; each statement is in one.
 * What triggers and foreign keys read counts too. A statement that fails is not counted.
 */
public final class RowsRead {
    /** By which plans the statements are executed: PostgreSQL may choose either for a statement that is repeated. */
    public enum Plans {
        /** Each execution is planned with its parameters. */
        CUSTOM("force_custom_plan"),
        /** One plan for all parameters. */
        GENERIC("force_generic_plan");

        private final String mode;

        Plans(String mode) {
            this.mode = mode;
        }

        /** The setting of a connection. */
        String option() {
            return "-c plan_cache_mode=" + mode;
        }
    }

    /**
     * One execution of a statement.
     *
     * @param read rows and index entries
     * @param needed rows answered and rows touched
     * @param where what was read of each table and index
     */
    public record Execution(String sql, long read, long needed, Map<String, Long> where) {
        @Override
        public String toString() {
            return "reads " + read + " rows for " + needed + ", of " + where + ":\n" + sql;
        }
    }

    /** An index has entries read, a table rows that were read in its order, and rows that were fetched by its indexes. */
    private static final String FIGURES = """
            SELECT c.relname, coalesce(t.relname, c.relname), pg_stat_get_xact_tuples_returned(c.oid),
                   CASE c.relkind WHEN 'r' THEN pg_stat_get_xact_tuples_fetched(c.oid) ELSE 0 END
            FROM pg_class c
            LEFT JOIN pg_index i ON i.indexrelid = c.oid
            LEFT JOIN pg_class t ON t.oid = i.indrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i')
              AND (pg_stat_get_xact_tuples_returned(c.oid) > 0 OR pg_stat_get_xact_tuples_fetched(c.oid) > 0)
            """;

    private static final Figure NONE = new Figure("", 0, 0);

    /**
     * What was read of a table or an index so far.
     *
     * @param table the table itself, or the index's
     * @param read rows of a table in its own order, or entries of an index
     * @param fetched rows of a table by its indexes
     */
    private record Figure(String table, long read, long fetched) {
        Figure since(Figure before) {
            return new Figure(table, read - before.read, fetched - before.fetched);
        }
    }

    private final List<Execution> executions = Collections.synchronizedList(new ArrayList<>());

    /** Forgets what was counted so far. */
    public void clear() {
        executions.clear();
    }

    /** Every execution since the last {@link #clear}. */
    public List<Execution> executions() {
        synchronized (executions) {
            return List.copyOf(executions);
        }
    }

    /**
     * The statements that have read more than that, the worst execution of each.
     *
     * @param always rows that any statement may read
     * @param perRow and rows that it may read for each that it answers or touches
     */
    public List<Execution> above(long always, long perRow) {
        return executions().stream()
                .filter(execution -> execution.read() > always + perRow * execution.needed())
                .collect(Collectors.toMap(
                        Execution::sql, e -> e, (a, b) -> a.read() >= b.read() ? a : b, java.util.LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** The connection, counting. */
    Connection counting(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? new Counted(connection, statement, (String) arguments[0]).statement()
                    : result;
        });
    }

    /** A statement from its preparation to its end. */
    private final class Counted {
        private final Connection connection;
        private final PreparedStatement target;
        private final String sql;
        private final boolean alone;
        private final Map<String, Figure> before;
        private long needed;

        Counted(Connection connection, PreparedStatement target, String sql) throws SQLException {
            this.connection = connection;
            this.target = target;
            this.sql = sql;
            this.alone = connection.getAutoCommit();
            if (alone) {
                connection.setAutoCommit(false);
            }
            this.before = figures(connection);
        }

        PreparedStatement statement() {
            return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                    end();
                }
                Object result = call(target, method, arguments);
                if (result instanceof Integer touched
                        && (method.getName().equals("executeUpdate")
                                || method.getName().equals("getUpdateCount"))) {
                    needed += Math.max(0, touched);
                }
                return result instanceof ResultSet rows ? answered(rows) : result;
            });
        }

        private ResultSet answered(ResultSet rows) {
            return proxy(ResultSet.class, (proxy, method, arguments) -> {
                Object result = call(rows, method, arguments);
                if (method.getName().equals("next") && (Boolean) result) {
                    needed++;
                }
                return result;
            });
        }

        private void end() throws SQLException {
            Map<String, Figure> after;
            try {
                after = figures(connection);
            } catch (SQLException failed) {
                // The statement has failed, and its transaction with it.
                return;
            } finally {
                if (alone) {
                    connection.commit();
                    connection.setAutoCommit(true);
                }
            }
            after.replaceAll((relation, figure) -> figure.since(before.getOrDefault(relation, NONE)));
            Map<String, Long> where = new TreeMap<>();
            after.forEach((relation, figure) -> where.merge(relation, figure.read(), Long::sum));
            after.forEach((relation, figure) -> where.merge(relation, beyond(figure, after.values()), Long::sum));
            where.values().removeIf(rows -> rows == 0);
            long read = where.values().stream().mapToLong(Long::longValue).sum();
            executions.add(new Execution(sql, read, needed, where));
        }
    }

    /** A coarse index names pages, and all of their rows are fetched: those that it has no entry for. */
    private static long beyond(Figure table, Collection<Figure> all) {
        long entries = all.stream()
                .filter(each -> each.table().equals(table.table()) && each != table)
                .mapToLong(Figure::read)
                .sum();
        return Math.max(0, table.fetched() - entries);
    }

    private static Map<String, Figure> figures(Connection connection) throws SQLException {
        Map<String, Figure> figures = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FIGURES)) {
            while (rows.next()) {
                figures.put(rows.getString(1), new Figure(rows.getString(2), rows.getLong(3), rows.getLong(4)));
            }
        }
        return figures;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(RowsRead.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
