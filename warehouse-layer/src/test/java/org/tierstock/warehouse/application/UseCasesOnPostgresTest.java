package org.tierstock.warehouse.application;

import org.tierstock.warehouse.adapter.out.postgres.PostgresAdapters;

class UseCasesOnPostgresTest implements UseCasesContract {
    private final Floor floor = new Floor(new PostgresAdapters());

    @Override
    public Floor floor() {
        return floor;
    }
}
