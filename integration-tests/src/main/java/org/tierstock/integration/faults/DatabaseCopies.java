package org.tierstock.integration.faults;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;

/**
 * Copies of layers' databases, made and put back whether the layer's services run or not. For the moment that it takes they are
 * told, as by a server that has no room, that they cannot connect.
 */
public final class DatabaseCopies {
    private final LocalPlatform platform;

    public DatabaseCopies(LocalPlatform platform) {
        this.platform = platform;
    }

    /** Copies the layer's database under that name. */
    public void make(Layer layer, String copy) {
        closeTo(database(layer));
        copy(database(layer), copy, layer, "");
        open(database(layer));
    }

    /** Puts a copy in the place of the layer's database, which is kept under the other name. */
    public void putBack(Layer layer, String copy, String keptAs) {
        closeTo(database(layer));
        execute("ALTER DATABASE " + name(database(layer)) + " RENAME TO " + name(keptAs));
        copy(copy, database(layer), layer, "");
    }

    /**
     * Has a standby take over from the layer's database, which is kept under the other name: one that is another server's, and says
     * so from the first connection on.
     */
    void failOver(Layer layer, String standby, String keptAs) {
        closeTo(database(layer));
        execute("ALTER DATABASE " + name(database(layer)) + " RENAME TO " + name(keptAs));
        copy(standby, database(layer), layer, " CONNECTION LIMIT 0");
        executeAt(
                database(layer),
                "CREATE OR REPLACE FUNCTION public.database_line() RETURNS text LANGUAGE sql AS $$ SELECT '" + keptAs
                        + "' $$");
        open(database(layer));
    }

    private void copy(String from, String to, Layer layer, String options) {
        String owner = platform.database(layer).owner();
        execute("CREATE DATABASE " + name(to) + " OWNER " + name(owner) + " TEMPLATE " + name(from) + options);
    }

    private void open(String database) {
        execute("ALTER DATABASE " + name(database) + " CONNECTION LIMIT -1");
    }

    private void closeTo(String database) {
        execute("ALTER DATABASE " + name(database) + " CONNECTION LIMIT 0");
        execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    /** Quoted: a word of SQL's own may be a name. */
    private static String name(String identifier) {
        return '"' + identifier + '"';
    }

    private static String database(Layer layer) {
        return "tierstock_" + layer.code();
    }

    private void execute(String sql) {
        executeAt("postgres", sql);
    }

    private void executeAt(String database, String sql) {
        String url = platform.database(Layer.SALES).jdbcUrl().replaceFirst("/tierstock_sales", "/" + database);
        try (Reader passwords = Files.newBufferedReader(platform.directory().resolve("passwords.properties"))) {
            Properties properties = new Properties();
            properties.load(passwords);
            try (Connection connection =
                            DriverManager.getConnection(url, "postgres", properties.getProperty("postgres"));
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
