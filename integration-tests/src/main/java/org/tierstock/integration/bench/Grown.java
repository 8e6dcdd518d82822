package org.tierstock.integration.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;

/** Gives the databases of a platform what years of trade leave behind: finished orders, outbounds, messages and movements. */
final class Grown {
    /** Numbers are dealt evenly to the partitions. */
    private static final long PARTITIONS = 16;

    /** How the names of all that it writes begin. */
    static final String NAMES = "OLD";

    private Grown() {}

    /**
     * Writes so many rows, rounded up to whole partitions, into each of ledger, outbox, inbox, orders and outbounds, while
     * nobody trades. The messages are applied, the orders shipped: nothing is left to do.
     */
    static void fill(LocalPlatform platform, long rows, Consumer<String> told) {
        long even = Math.ceilDiv(rows, PARTITIONS) * PARTITIONS;
        for (Layer layer : Layer.values()) {
            told.accept("  %,d rows a table for the %s layer".formatted(even, layer.code()));
            run(platform.database(layer), text("grown-" + layer.code() + ".sql").replace(":rows", Long.toString(even)));
        }
    }

    private static void run(LayerDatabase database, String script) {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.owner(), database.ownerPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute(script);
            statement.execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new BenchFailure("a database cannot be filled", e);
        }
    }

    private static String text(String resource) {
        try (InputStream in = Grown.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
