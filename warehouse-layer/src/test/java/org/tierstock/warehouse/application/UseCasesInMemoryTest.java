package org.tierstock.warehouse.application;

import org.tierstock.warehouse.fake.InMemoryAdapters;

class UseCasesInMemoryTest implements UseCasesContract {
    private final Floor floor = new Floor(new InMemoryAdapters());

    @Override
    public Floor floor() {
        return floor;
    }
}
