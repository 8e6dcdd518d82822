package org.tierstock.sales.adapter.out.postgres;

import org.tierstock.sales.contract.SalesPortsContract;
import org.tierstock.sales.fake.Adapters;
import org.tierstock.testing.EmbeddedDatabase;

/** The contract on PostgreSQL, with the real migrations and the rights of the runtime role. */
class PostgresSalesPortsTest extends SalesPortsContract {
    /** How many stock keys are remembered. */
    long stockKeys() {
        return 1000;
    }

    @Override
    protected Adapters open() {
        return PostgresAdapters.of(
                EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales")
                        .dataSource(),
                stockKeys());
    }
}
