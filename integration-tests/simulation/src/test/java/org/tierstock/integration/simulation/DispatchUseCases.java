package org.tierstock.integration.simulation;

import org.tierstock.dispatch.application.ApplySettlements;
import org.tierstock.dispatch.application.ApplyWarehouseReports;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.fake.DispatchLayer;

/** The use cases of one life of the dispatch layer. A planted fault puts another in place of one of them. */
final class DispatchUseCases {
    final DispatchLayer layer;
    ApplyWarehouseReports applyWarehouseReports;
    ApplySettlements applySettlements;
    CancelLines cancelLines;

    DispatchUseCases(DispatchPorts ports) {
        layer = new DispatchLayer(ports);
        applyWarehouseReports = layer.applyWarehouseReports;
        applySettlements = layer.applySettlements;
        cancelLines = layer.cancelLines;
    }
}
