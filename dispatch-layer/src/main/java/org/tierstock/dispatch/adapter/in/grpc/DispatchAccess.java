package org.tierstock.dispatch.adapter.in.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tierstock.dispatch.v1.HandOverServiceGrpc;
import org.tierstock.dispatch.v1.ReconciliationServiceGrpc;
import org.tierstock.protocol.v1.HistoryServiceGrpc;
import org.tierstock.runtime.identity.GrpcAccess;
import org.tierstock.runtime.identity.Roles;

/** Who may call which method: the layers next to this one only, and each only what it has to. */
@ApplicationScoped
public class DispatchAccess {
    @Produces
    @Singleton
    GrpcAccess access() {
        return GrpcAccess.none()
                .allow(HandOverServiceGrpc.getServiceDescriptor(), Roles.SERVICE_SALES)
                .allow(ReconciliationServiceGrpc.getServiceDescriptor(), Roles.SERVICE_SALES)
                .allow(HistoryServiceGrpc.getServiceDescriptor(), Roles.SERVICE_SALES, Roles.SERVICE_WAREHOUSE);
    }
}
