package org.tierstock.integration.simulation;

import org.tierstock.dispatch.application.ApplySettlements;
import org.tierstock.dispatch.application.ApplyWarehouseReports;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.application.PlaceFreeStock;
import org.tierstock.dispatch.application.RecallPromises;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.runtime.work.EachInTurn;

/** The use cases of one life of the dispatch layer. A planted fault puts another in place of one of them. */
final class DispatchUseCases {
    final DispatchLayer layer;
    ApplyWarehouseReports applyWarehouseReports;
    ApplySettlements applySettlements;
    CancelLines cancelLines;
    PlaceFreeStock placeFreeStock;
    RecallPromises recallPromises;
    EachInTurn eachInTurn;

    DispatchUseCases(DispatchPorts ports) {
        layer = new DispatchLayer(ports);
        applyWarehouseReports = layer.applyWarehouseReports;
        applySettlements = layer.applySettlements;
        cancelLines = layer.cancelLines;
        placeFreeStock = layer.placeFreeStock;
        recallPromises = layer.recallPromises;
        eachInTurn = layer.eachInTurn;
    }
}
