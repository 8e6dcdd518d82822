package org.tierstock.runtime.trace;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

/** Gives every incoming gRPC call its trace context. */
@GlobalInterceptor
@ApplicationScoped
public class GrpcTrace implements ServerInterceptor, Prioritized {
    static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of(TraceContext.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private static final int BEFORE_THE_GATE = 1;

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        TraceContext.continuing(headers.get(TRACE_PARENT)).enter();
        return next.startCall(call, headers);
    }

    @Override
    public int getPriority() {
        return BEFORE_THE_GATE;
    }
}
