package org.tierstock.integration.simulation;

import org.tierstock.dispatch.application.ApplySettlements;
import org.tierstock.dispatch.application.ApplyWarehouseReports;
import org.tierstock.dispatch.application.SourceOrders;
import org.tierstock.dispatch.fake.DispatchLayer;

/** The dispatch layer, and those of its use cases that messages are brought to. */
record DispatchUseCases(
        DispatchLayer layer, ApplyWarehouseReports reports, ApplySettlements settlements, SourceOrders sourceOrders) {}
