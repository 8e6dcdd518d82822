package org.tierstock.integration.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.tierstock.integration.load.Load;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;

/**
 * Each layer's ledger has lost its present month, as after a leap of the database's clock, and somebody reads it: the month must
 * be made, and orders go on, while that transaction is open. Only before the first movement may a month be taken away: what
 * stands in it would be lost.
 */
final class MissingMonth {
    private static final int ORDERS_MEANWHILE = 200;

    /** Whoever would make the month waits until the ledger without it has been read. */
    private static final String KEEP_MAKERS_OUT =
            "SELECT pg_advisory_lock(hashtextextended('ensure_ledger_partitions', 0))";

    private static final String TAKE_AWAY = """
            DO $$ BEGIN
                EXECUTE format('DROP TABLE public.%I', public.ledger_month_table((now() AT TIME ZONE 'UTC')::date));
            END $$
            """;

    private final LocalPlatform platform;
    private final Snapshots snapshots;

    MissingMonth(LocalPlatform platform, Snapshots snapshots) {
        this.platform = platform;
        this.snapshots = snapshots;
    }

    /** Takes the months away, and has the ledgers read without them. */
    void befall() {
        for (Layer layer : Layer.values()) {
            LayerDatabase database = platform.database(layer);
            try (Connection owner = DriverManager.getConnection(
                            database.jdbcUrl(), database.owner(), database.ownerPassword());
                    Statement statement = owner.createStatement()) {
                statement.execute(KEEP_MAKERS_OUT);
                statement.execute(TAKE_AWAY);
                snapshots.hold(layer);
            } catch (SQLException e) {
                throw new IllegalStateException("The ledger of " + layer.code() + " keeps its month", e);
            }
        }
    }

    /** Lets orders be placed, and ends the snapshots. Answers whose had been kept until then. */
    Set<Layer> pass(Load load) {
        load.awaitOrders(ORDERS_MEANWHILE);
        return snapshots.release();
    }
}
