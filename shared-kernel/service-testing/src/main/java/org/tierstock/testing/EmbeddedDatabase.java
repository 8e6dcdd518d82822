package org.tierstock.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh database on the PostgreSQL server of this JVM, migrated as in production: by the owner role, to be used by the
 * runtime role with no more rights than it has there.
 *
 * <p>The server keeps zonky's settings without fsync: contracts are about what a transaction does, and nothing here
 * survives the JVM. That an acknowledged commit outlives a kill is shown by the tests that kill, on durable servers.
 */
public final class EmbeddedDatabase {
    private static final String OWNER = "tierstock_owner";
    private static final String RUNTIME = "tierstock_runtime";
    private static final Map<List<String>, String> TEMPLATES = new HashMap<>();

    private static EmbeddedPostgres server;
    private static int created;

    private final String name;

    private EmbeddedDatabase(String name) {
        this.name = name;
    }

    /**
     * A database of its own with the migrations of these locations, such as {@code classpath:db/runtime}. They are run
     * once in this JVM; every further database is a copy.
     */
    public static synchronized EmbeddedDatabase migrated(String... locations) {
        String template = TEMPLATES.computeIfAbsent(List.of(locations), EmbeddedDatabase::migrate);
        String copy = "test_" + ++created;
        asSuperuser("CREATE DATABASE " + copy + " TEMPLATE " + template + " OWNER " + OWNER);
        return new EmbeddedDatabase(copy);
    }

    private static String migrate(List<String> locations) {
        String template = "template_" + ++created;
        asSuperuser("CREATE DATABASE " + template + " OWNER " + OWNER);
        Flyway.configure()
                .dataSource(server().getDatabase(OWNER, template))
                .locations(locations.toArray(String[]::new))
                .placeholders(Map.of("runtime-role", RUNTIME))
                .load()
                .migrate();
        return template;
    }

    private static void asSuperuser(String sql) {
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded database refuses: " + sql, e);
        }
    }

    private static EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded PostgreSQL does not start", e);
            }
            asSuperuser("CREATE ROLE " + OWNER + " LOGIN");
            asSuperuser("CREATE ROLE " + RUNTIME + " LOGIN");
        }
        return server;
    }

    /** Connections of the runtime role, bound to the thread inside a transaction. */
    public TransactionalDataSource dataSource() {
        return new TransactionalDataSource(server.getDatabase(RUNTIME, name)::getConnection);
    }

    /**
     * The same, counting what each statement reads.
     *
     * @param options further settings of a connection, such as {@code -c enable_seqscan=off}; may be empty
     */
    public TransactionalDataSource dataSource(RowsRead rowsRead, RowsRead.Plans plans, String options) {
        PGSimpleDataSource counted = (PGSimpleDataSource) server.getDatabase(RUNTIME, name);
        counted.setOptions((options + ' ' + plans.option()).strip());
        return new TransactionalDataSource(() -> rowsRead.counting(counted.getConnection()));
    }

    /** Connections of the owner role, for what only a test may do. */
    public DataSource ownerDataSource() {
        return server.getDatabase(OWNER, name);
    }
}
