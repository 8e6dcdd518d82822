package org.tierstock.integration.simulation;

import java.util.List;
import org.tierstock.sales.application.ApplyGrants;
import org.tierstock.sales.application.CancelOrders;
import org.tierstock.sales.application.ConfirmPayments;
import org.tierstock.sales.application.ExpireLocks;
import org.tierstock.sales.application.PlaceOrders;
import org.tierstock.sales.application.RecordCancelAnswers;
import org.tierstock.sales.application.ReverseSales;
import org.tierstock.sales.application.SettleRevocations;

/** The use cases of one life of the sales layer. A planted fault puts another in place of one of them. */
final class SalesUseCases {
    PlaceOrders placeOrders;
    ConfirmPayments confirmPayments;
    CancelOrders cancelOrders;
    ExpireLocks expireLocks;
    ApplyGrants applyGrants;
    SettleRevocations settleRevocations;
    ReverseSales reverseSales;
    RecordCancelAnswers recordCancelAnswers;

    SalesUseCases(SalesPorts ports) {
        placeOrders = new PlaceOrders(ports.channels, ports.stockRows(), ports.orders(), ports.placements());
        confirmPayments = new ConfirmPayments(ports.stockRows(), ports.orders(), ports.payments(), ports.outbox());
        cancelOrders = new CancelOrders(ports.stockRows(), ports.orders(), ports.cancellations(), ports.signals);
        expireLocks = new ExpireLocks(ports.stockRows(), ports.orders());
        applyGrants = new ApplyGrants(ports.stockRows(), ports.inbox());
        settleRevocations = new SettleRevocations(ports.stockRows(), ports.inbox(), ports.outbox());
        reverseSales = new ReverseSales(ports.stockRows(), ports.orders(), ports.cancellations(), ports.inbox());
        // Called by a use case that has no transaction of its own: it begins one, as its proxy does in the container.
        recordCancelAnswers = new RecordCancelAnswers(ports.stockRows(), ports.orders(), ports.cancellations()) {
            @Override
            public void record(List<Answered> answers) {
                ports.process.inTransaction(() -> super.record(answers));
            }
        };
    }
}
