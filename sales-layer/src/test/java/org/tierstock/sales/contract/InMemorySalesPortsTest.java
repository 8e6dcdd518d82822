package org.tierstock.sales.contract;

class InMemorySalesPortsTest extends SalesPortsContract {
    @Override
    protected Adapters open() {
        return new InMemoryAdapters();
    }
}
