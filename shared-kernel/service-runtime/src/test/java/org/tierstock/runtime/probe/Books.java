package org.tierstock.runtime.probe;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import org.tierstock.movements.Action;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.ledger.LedgerRow;
import org.tierstock.runtime.sql.Database;

/** Books on the probe's stock, as a layer's use cases would. */
@Singleton
public class Books {
    private final Database database;
    private final Ledger ledger;

    @Inject
    public Books(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    /** A new stock row with so many units, received by a document; answers the row's id. */
    @Transactional
    public long receive(String key, String sku, long units, String document) {
        long row = database.query(
                        "INSERT INTO probe_stock (key, sku, sellable) VALUES (?, ?, ?) RETURNING row_id",
                        p -> p.text(1, key).text(2, sku).number(3, units),
                        r -> r.getLong(1))
                .getFirst();
        ledger.append(List.of(new LedgerRow(
                Action.INCREASE,
                null,
                "EXTERNAL",
                row,
                "SELLABLE",
                units,
                new DocumentLine(DocumentKind.STOCK_GRANT, document, 0),
                new StreamPosition("D>S", 3, 1))));
        return row;
    }

    /** Locks units of a row for a document. */
    @Transactional
    public void lock(long row, long units, String document) {
        database.updateExactly(
                1,
                "UPDATE probe_stock SET sellable = sellable - ?, locked = locked + ? WHERE row_id = ?",
                p -> p.number(1, units).number(2, units).number(3, row));
        ledger.append(List.of(new LedgerRow(
                Action.LOCK,
                row,
                "SELLABLE",
                row,
                "LOCKED",
                units,
                new DocumentLine(DocumentKind.SALES_ORDER, document, 1),
                null)));
    }

    /** Brings a row to what somebody has decided; false when it has less than that. */
    @Transactional
    public boolean adjust(String key, long units, String document) {
        long row = database.query(
                        "SELECT row_id FROM probe_stock WHERE key = ? FOR UPDATE",
                        p -> p.text(1, key),
                        r -> r.getLong(1))
                .getFirst();
        boolean done = database.update(
                        "UPDATE probe_stock SET sellable = sellable + ? WHERE row_id = ? AND sellable + ? >= 0",
                        p -> p.number(1, units).number(2, row).number(3, units))
                == 1;
        if (done) {
            ledger.append(List.of(new LedgerRow(
                    Action.ADJUST,
                    units > 0 ? null : row,
                    units > 0 ? "EXTERNAL" : "SELLABLE",
                    units > 0 ? row : null,
                    units > 0 ? "SELLABLE" : "EXTERNAL",
                    Math.abs(units),
                    new DocumentLine(DocumentKind.RECONCILIATION_ADJUSTMENT, document, 0),
                    null)));
        }
        return done;
    }

    /** Changes a balance behind the ledger's back. */
    @Transactional
    public void tamper(long row, long units) {
        database.updateExactly(
                1,
                "UPDATE probe_stock SET sellable = sellable + ? WHERE row_id = ?",
                p -> p.number(1, units).number(2, row));
    }

    /** Runs a statement of the test. */
    @Transactional
    public void run(String sql) {
        database.update(sql, Database.Binder.NOTHING);
    }
}
