package org.tierstock.runtime.identity;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/**
 * The gate of all gRPC services: no valid token, no call; no declared role, no call. Only the standard health service
 * is open.
 */
@GlobalInterceptor
@ApplicationScoped
public class GrpcGate implements ServerInterceptor {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final String SCHEME = "Bearer ";
    private static final String HEALTH = "grpc.health.v1.Health";

    private final JWTParser tokens;
    private final GrpcAccess access;
    private final RefusedCalls refusedCalls;

    @Inject
    GrpcGate(JWTParser tokens, Instance<GrpcAccess> access, RefusedCalls refusedCalls) {
        this.tokens = tokens;
        this.refusedCalls = refusedCalls;
        this.access = access.isResolvable() ? access.get() : GrpcAccess.none();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (HEALTH.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        String method = call.getMethodDescriptor().getFullMethodName();
        Caller caller = callerOf(headers.get(AUTHORIZATION));
        if (caller == null) {
            refusedCalls.refused(RefusedCalls.Cause.TOKEN, new Caller(), method);
            return refuse(call, Status.UNAUTHENTICATED.withDescription("A valid bearer token is needed."));
        }
        if (!access.allows(method, caller)) {
            refusedCalls.refused(RefusedCalls.Cause.ROLE, caller, method);
            return refuse(call, Status.PERMISSION_DENIED.withDescription("The token's roles do not allow this."));
        }
        if (!access.servesScopesOf(caller, method)) {
            refusedCalls.refused(RefusedCalls.Cause.SCOPE, caller, method);
            return refuse(call, Status.PERMISSION_DENIED.withDescription("This is only for tokens with all scopes."));
        }
        return Contexts.interceptCall(Context.current().withValue(Caller.GRPC, caller), call, headers, next);
    }

    /** Null when the token is missing or not good. */
    private Caller callerOf(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            return tokens.parse(authorization.substring(SCHEME.length())) instanceof VerifiedToken token
                    ? token.caller()
                    : null;
        } catch (ParseException e) {
            return null;
        }
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
