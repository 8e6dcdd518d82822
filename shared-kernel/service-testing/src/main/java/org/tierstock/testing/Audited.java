package org.tierstock.testing;

import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.inspect.Audit;
import org.tierstock.runtime.inspect.AuditRows;
import org.tierstock.runtime.inspect.Audits;
import org.tierstock.runtime.inspect.WarehouseRows;
import org.tierstock.runtime.sql.Database;

/** Audits of a layer's stock on PostgreSQL, each done at once and recorded. */
public final class Audited {
    private final Database database;
    private final Audits audits;
    private int runs;

    /**
     * Audits of what a database has.
     *
     * @param warehouses the layer's; none when it knows no warehouses
     * @param chunk how many stock rows are compared in one statement
     */
    public Audited(Database database, Optional<WarehouseRows> warehouses, int chunk) {
        this.database = database;
        this.audits = new Audits(database, new AuditRows(database, database, null), warehouses, chunk);
    }

    /** What an audit of a part finds, in the order in which it is recorded. */
    public List<Audit.Difference> differences(Part part) {
        String number = "AUDITED-" + ++runs;
        database.update(
                "INSERT INTO check_run (number, kind, state, asked_by, finished_at)"
                        + " VALUES (?, 'AUDIT', 'DONE', 'o', now())",
                p -> p.text(1, number));
        audits.run(part, compared -> {}).store(number);
        return database.query(
                "SELECT key, bucket, balance, ledger FROM audit_difference WHERE number = ? ORDER BY place",
                p -> p.text(1, number),
                row -> new Audit.Difference(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
    }
}
