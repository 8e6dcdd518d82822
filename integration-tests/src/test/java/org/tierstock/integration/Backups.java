package org.tierstock.integration;

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

/** Copies of layers' databases, made and put back while the layer's service is down. */
final class Backups {
    private final LocalPlatform platform;

    Backups(LocalPlatform platform) {
        this.platform = platform;
    }

    /** Copies the layer's database under that name. */
    void make(Layer layer, String backup) {
        copy(database(layer), backup, layer);
    }

    /** Puts a copy in the place of the layer's database, which is kept under the other name. */
    void putBack(Layer layer, String backup, String keptAs) {
        disconnect(database(layer));
        execute("ALTER DATABASE " + database(layer) + " RENAME TO " + keptAs);
        copy(backup, database(layer), layer);
    }

    private void copy(String from, String to, Layer layer) {
        disconnect(from);
        String owner = platform.database(layer).owner();
        execute("CREATE DATABASE " + to + " OWNER " + owner + " TEMPLATE " + from);
    }

    private void disconnect(String database) {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    private static String database(Layer layer) {
        return "tierstock_" + layer.code();
    }

    private void execute(String sql) {
        String url = platform.database(Layer.SALES).jdbcUrl().replaceFirst("/tierstock_sales", "/postgres");
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
