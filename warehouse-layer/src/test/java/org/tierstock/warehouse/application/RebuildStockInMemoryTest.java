package org.tierstock.warehouse.application;

import org.tierstock.warehouse.fake.InMemoryAdapters;

class RebuildStockInMemoryTest extends RebuildStockContract {
    @Override
    Floor restored() {
        return new Floor(new InMemoryAdapters());
    }
}
