package org.tierstock.sales.adapter.in.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tierstock.protocol.v1.HistoryServiceGrpc;
import org.tierstock.runtime.identity.GrpcAccess;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.sales.v1.OrderServiceGrpc;

/** Who may call which method. */
@ApplicationScoped
public class OrderAccess {
    @Produces
    @Singleton
    GrpcAccess access() {
        return GrpcAccess.none()
                .allowScoped(OrderServiceGrpc.getServiceDescriptor(), Roles.CHANNEL, Roles.OPERATOR)
                .allow(HistoryServiceGrpc.getServiceDescriptor(), Roles.SERVICE_DISPATCH);
    }
}
