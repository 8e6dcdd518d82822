package org.tierstock.dispatch.application;

import org.tierstock.dispatch.fake.Adapters;
import org.tierstock.dispatch.fake.InMemoryAdapters;

class UseCasesInMemoryTest extends UseCasesContract {
    @Override
    Adapters adapters() {
        return new InMemoryAdapters();
    }
}
