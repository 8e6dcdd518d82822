package org.tierstock.runtime.fence;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.tierstock.runtime.problem.GrpcProblems;

/** Refuses every gRPC call as UNAVAILABLE, but those to services that say that they pass. */
@ApplicationScoped
@GlobalInterceptor
public class FencedCalls implements ServerInterceptor {
    private final Fence fence;
    private final Instance<BindableService> services;

    /** The full names of the services that pass. Found at the first call: they are not made before their interceptors. */
    private volatile Set<String> passing;

    @Inject
    FencedCalls(Fence fence, @Any Instance<BindableService> services) {
        this.fence = fence;
        this.services = services;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (fence.isOpen() || passing().contains(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        Metadata trailers = new Metadata();
        trailers.put(GrpcProblems.CODE, Fence.FENCED);
        call.close(Status.UNAVAILABLE.withDescription(fence.problem().detail()), trailers);
        return new ServerCall.Listener<>() {};
    }

    private Set<String> passing() {
        if (passing == null) {
            passing = StreamSupport.stream(services.handles().spliterator(), false)
                    .filter(service -> service.getBean().getBeanClass().isAnnotationPresent(PassesFence.class))
                    .map(service ->
                            service.get().bindService().getServiceDescriptor().getName())
                    .collect(Collectors.toUnmodifiableSet());
        }
        return passing;
    }
}
