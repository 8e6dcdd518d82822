package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.application.port.Refusals;
import org.tierstock.runtime.sql.Database;

/** What warehouses refused and dispatch keeps back, in PostgreSQL. */
@ApplicationScoped
public class PostgresRefusals implements Refusals {
    private final Database database;

    @Inject
    public PostgresRefusals(Database database) {
        this.database = database;
    }

    @Override
    public List<KeptBack> open(Set<Integer> partitions, int limit) {
        return database.query(
                """
                SELECT r.outbound, r.sku, o.warehouse, r.at_sequence FROM refusal r JOIN outbound o USING (outbound)
                WHERE r.held > 0 AND r.partition = ANY (?)
                ORDER BY o.rank LIMIT ?
                """,
                p -> p.integers(1, List.copyOf(partitions), n -> n).integer(2, limit),
                row -> new KeptBack(
                        row.getString("outbound"),
                        Rows.sku(row),
                        row.getString("warehouse"),
                        row.getLong("at_sequence")));
    }
}
