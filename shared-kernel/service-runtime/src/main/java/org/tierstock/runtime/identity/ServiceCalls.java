package org.tierstock.runtime.identity;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Puts this service's token on every gRPC call that it makes. */
@GlobalInterceptor
@ApplicationScoped
public class ServiceCalls implements ClientInterceptor {
    private final ServiceToken token;

    @Inject
    ServiceCalls(ServiceToken token) {
        this.token = token;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                token.current().ifPresent(text -> headers.put(GrpcGate.AUTHORIZATION, "Bearer " + text));
                super.start(listener, headers);
            }
        };
    }
}
