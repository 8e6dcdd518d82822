package org.tierstock.runtime.fence;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.problem.GrpcProblems;

/** Refuses every gRPC call as UNAVAILABLE, but those by which layers compare and repair their histories. */
@ApplicationScoped
@GlobalInterceptor
public class FencedCalls implements ServerInterceptor {
    private static final List<String> OPEN = List.of(".Health", ".HistoryService", ".ReconciliationService");

    private final Fence fence;

    @Inject
    FencedCalls(Fence fence) {
        this.fence = fence;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (fence.isOpen() || passes(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        Metadata trailers = new Metadata();
        trailers.put(GrpcProblems.CODE, Fence.FENCED);
        call.close(Status.UNAVAILABLE.withDescription(fence.problem().detail()), trailers);
        return new ServerCall.Listener<>() {};
    }

    private static boolean passes(String service) {
        return OPEN.stream().anyMatch(service::endsWith);
    }
}
