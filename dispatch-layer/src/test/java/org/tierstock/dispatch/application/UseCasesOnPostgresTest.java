package org.tierstock.dispatch.application;

import org.tierstock.dispatch.adapter.out.postgres.PostgresAdapters;
import org.tierstock.dispatch.fake.Adapters;

class UseCasesOnPostgresTest extends UseCasesContract {
    @Override
    Adapters adapters() {
        return new PostgresAdapters();
    }
}
