package org.tierstock.benchmark;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tierstock.benchmark.v1.NaiveOrderServiceGrpc;
import org.tierstock.runtime.identity.GrpcAccess;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.sales.v1.OrderServiceGrpc;

/** Opens both sides to the same role: there is one access list a service, so this one stands in for the sales layer's. */
public class BenchmarkAccess {
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    GrpcAccess access() {
        return GrpcAccess.none()
                .allowScoped(OrderServiceGrpc.getServiceDescriptor(), Roles.CHANNEL)
                .allowScoped(NaiveOrderServiceGrpc.getServiceDescriptor(), Roles.CHANNEL);
    }
}
