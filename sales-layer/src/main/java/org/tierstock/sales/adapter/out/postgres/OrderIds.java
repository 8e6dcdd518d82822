package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.tierstock.runtime.sql.Database;

/** Gives orders the ids by which their lines name them, from blocks that this replica takes from the sequence. */
@Singleton
class OrderIds {
    private static final long BLOCK = 1000;

    private final Database database;
    private long next;
    private long end;

    @Inject
    OrderIds(Database database) {
        this.database = database;
    }

    /** An id that was never given before. What is not used is lost. */
    synchronized long next() {
        if (next == end) {
            next = database.query("SELECT nextval('order_id')", Database.Binder.NOTHING, row -> row.getLong(1))
                    .getFirst();
            end = next + BLOCK;
        }
        return next++;
    }
}
