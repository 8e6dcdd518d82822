package org.tierstock.warehouse.application;

import org.tierstock.warehouse.adapter.out.postgres.PostgresAdapters;

class RebuildStockOnPostgresTest extends RebuildStockContract {
    @Override
    Floor restored() {
        return new Floor(new PostgresAdapters());
    }
}
