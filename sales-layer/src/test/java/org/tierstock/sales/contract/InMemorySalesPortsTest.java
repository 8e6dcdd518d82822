package org.tierstock.sales.contract;

import org.tierstock.sales.fake.Adapters;
import org.tierstock.sales.fake.InMemoryAdapters;

class InMemorySalesPortsTest extends SalesPortsContract {
    @Override
    protected Adapters open() {
        return new InMemoryAdapters();
    }
}
