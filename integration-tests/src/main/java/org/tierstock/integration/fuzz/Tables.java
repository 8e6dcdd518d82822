package org.tierstock.integration.fuzz;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;

/** All tables of all layers but those that move by themselves: a table that is new counts at once. */
final class Tables implements State, AutoCloseable {
    /** Clocks and leases of jobs, transaction numbers, how far messages have come, and what checks and poison leave behind. */
    private static final Set<String> MOVE_BY_THEMSELVES = Set.of(
            "lease",
            "replica",
            "open_replica",
            "stream_awaited",
            "peer_met",
            "peer_told",
            "purge_done",
            "journal",
            "stream_mark",
            "stream_carried",
            "sku_head",
            "parked_message",
            "check_run",
            "audit",
            "audit_difference",
            "reconciliation",
            "reconciliation_cut",
            "reconciliation_difference",
            "reconciliation_document",
            "open_difference",
            "difference_report",
            "difference_report_line");

    private final Map<Layer, Connection> connections = new EnumMap<>(Layer.class);
    private final Map<Layer, String> queries = new EnumMap<>(Layer.class);

    Tables(LocalPlatform platform) {
        try {
            for (Layer layer : Layer.values()) {
                LayerDatabase database = platform.database(layer);
                Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                connections.put(layer, connection);
                queries.put(layer, digests(connection));
            }
        } catch (SQLException e) {
            throw new FuzzFailure("The tables cannot be read", e);
        }
    }

    /** One statement, so that all tables of a layer are seen at one moment. */
    private static String digests(Connection connection) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (String table : texts(connection, """
                SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
                AND relkind IN ('r', 'p') AND NOT relispartition
                AND has_table_privilege(oid, 'SELECT') ORDER BY relname
                """)) {
            if (!MOVE_BY_THEMSELVES.contains(table)) {
                parts.add("SELECT '%1$s', concat(count(*), '/', sum(hashtextextended(t::text, 0)::numeric)) FROM %1$s t"
                        .formatted(table));
            }
        }
        return String.join(" UNION ALL ", parts);
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = connection.createStatement().executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    @Override
    public Map<String, String> look() {
        Map<String, String> all = new TreeMap<>();
        connections.forEach((layer, connection) -> {
            try (ResultSet row = connection.createStatement().executeQuery(queries.get(layer))) {
                while (row.next()) {
                    all.put(layer.code() + '.' + row.getString(1), row.getString(2));
                }
            } catch (SQLException e) {
                throw new FuzzFailure("The tables of " + layer.code() + " cannot be read", e);
            }
        });
        return all;
    }

    /** An order that does not say how long it holds may be held for minutes, by its channel. */
    @Override
    public void putOff() {
        try (Statement statement = connections.get(Layer.SALES).createStatement()) {
            statement.executeUpdate("""
                    UPDATE sales_order SET expires_at = expires_at + interval '30 days'
                    WHERE state = 'PLACED' AND expires_at < now() + interval '1 day'
                    """);
        } catch (SQLException e) {
            throw new FuzzFailure("The orders' time cannot be extended", e);
        }
    }

    /** A rule that is new is followed by a job, SKU by SKU; what cannot be followed is tried again after days. */
    @Override
    public boolean atRest() {
        try (ResultSet row = connections.get(Layer.DISPATCH).createStatement().executeQuery("""
                        SELECT NOT EXISTS (SELECT FROM sku_head, rule_version
                                           WHERE rules_version < version AND align_after <= now())
                        """)) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new FuzzFailure("The rules cannot be read", e);
        }
    }

    @Override
    public void close() {
        connections.values().forEach(connection -> {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new FuzzFailure("A connection cannot be closed", e);
            }
        });
    }
}
