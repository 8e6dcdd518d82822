package org.tierstock.warehouse.adapter.in.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tierstock.protocol.v1.HistoryServiceGrpc;
import org.tierstock.runtime.identity.GrpcAccess;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.warehouse.v1.ReconciliationServiceGrpc;
import org.tierstock.warehouse.v1.StockLockServiceGrpc;

/** Who may call which method: the dispatch layer only. */
@ApplicationScoped
public class WarehouseAccess {
    @Produces
    @Singleton
    GrpcAccess access() {
        return GrpcAccess.none()
                .allow(StockLockServiceGrpc.getServiceDescriptor(), Roles.SERVICE_DISPATCH)
                .allow(ReconciliationServiceGrpc.getServiceDescriptor(), Roles.SERVICE_DISPATCH)
                .allow(HistoryServiceGrpc.getServiceDescriptor(), Roles.SERVICE_DISPATCH);
    }
}
