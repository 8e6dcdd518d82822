package org.tierstock.dispatch.adapter.in.amqp;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.tierstock.dispatch.application.ApplyWarehouseReports;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.runtime.exchange.MessageIntakes;

/** Takes receipts, shipments and changes of stock from the warehouses. */
@ApplicationScoped
public class WarehouseMessagesConsumer {
    private static final String SENDER = "warehouse";
    private static final String QUEUE = "warehouse-to-dispatch";

    private final ApplyWarehouseReports applyWarehouseReports;

    @Inject
    public WarehouseMessagesConsumer(ApplyWarehouseReports applyWarehouseReports) {
        this.applyWarehouseReports = applyWarehouseReports;
    }

    void open(@Observes StartupEvent event, MessageIntakes intakes) {
        intakes.open(QUEUE, SENDER, FromWarehouse.class, applyWarehouseReports::apply);
    }
}
