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
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.bounds.CallBound;
import org.tierstock.runtime.connections.GrpcPlaces;
import org.tierstock.runtime.problem.Problem;

/**
 * The gate of all gRPC services: no valid token, no call; no declared role, no call. The standard health service has
 * none: the server keeps each name that it is asked for, and health has a port of its own.
 */
@GlobalInterceptor
@ApplicationScoped
public class GrpcGate implements ServerInterceptor {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** How the address of an issuer's keys begins, that are asked for over the network. */
    private static final String FAR = "http";

    private static final String SCHEME = "Bearer ";

    /**
     * Who brings a token.
     *
     * @param caller null when it is missing or not good
     * @param refusal what is to be said of one that is not good; may be empty
     */
    private record Bearer(Caller caller, String refusal) {
        static final Bearer NOBODY = new Bearer(null, "");
    }

    private final JWTParser tokens;
    private final VerifiedTokens verified;
    private final boolean keysAreFar;
    private final GrpcAccess access;
    private final RefusedCalls refusedCalls;
    private final GrpcPlaces places;
    private final CallBound calls;

    @Inject
    GrpcGate(
            JWTParser tokens,
            VerifiedTokens verified,
            Instance<GrpcAccess> access,
            RefusedCalls refusedCalls,
            GrpcPlaces places,
            CallBound calls,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") String keys) {
        this.tokens = tokens;
        this.verified = verified;
        this.keysAreFar = keys.startsWith(FAR);
        this.refusedCalls = refusedCalls;
        this.places = places;
        this.calls = calls;
        this.access = access.isResolvable() ? access.get() : GrpcAccess.none();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String token = token(headers.get(AUTHORIZATION));
        if (keysAreFar && token != null && !verified.isKnown(token)) {
            return decideElsewhere(token, call, headers, next);
        }
        return decide(bearerOf(token), call, headers, next);
    }

    /** This is the event loop, and the issuer may have to be asked for its keys: nobody else's call shall wait for that. */
    private <Q, A> ServerCall.Listener<Q> decideElsewhere(
            String token, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        PostponedCall<Q> postponed = new PostponedCall<>();
        Context grpc = Context.current();
        io.vertx.core.Context loop = Vertx.currentContext();
        Thread.ofVirtual().name("grpc-gate").start(() -> {
            Bearer bearer = bearerOf(token);
            Runnable entering = grpc.wrap(() -> postponed.goOn(decide(bearer, call, headers, next)));
            if (loop == null) {
                entering.run();
            } else {
                loop.runOnContext(now -> entering.run());
            }
        });
        return postponed;
    }

    private <Q, A> ServerCall.Listener<Q> decide(
            Bearer bearer, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        Caller caller = bearer.caller();
        if (caller == null) {
            refusedCalls.refused(RefusedCalls.Cause.TOKEN, new Caller(), method);
            return refuse(
                    call,
                    Status.UNAUTHENTICATED.withDescription(
                            Problem.unauthenticated(bearer.refusal()).getMessage()));
        }
        places.know(call);
        if (!access.allows(method, caller)) {
            refusedCalls.refused(RefusedCalls.Cause.ROLE, caller, method);
            return refuse(call, Status.PERMISSION_DENIED.withDescription("The token's roles do not allow this."));
        }
        if (!access.servesScopesOf(caller, method)) {
            refusedCalls.refused(RefusedCalls.Cause.SCOPE, caller, method);
            return refuse(call, Status.PERMISSION_DENIED.withDescription("This is only for tokens with all scopes."));
        }
        return Contexts.interceptCall(
                Context.current().withValue(Caller.GRPC, caller),
                call,
                headers,
                (begun, sent) -> calls.begin(caller.party(), begun, sent, next));
    }

    /** Null when there is none. */
    private static String token(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length())
                : null;
    }

    private Bearer bearerOf(String token) {
        if (token == null) {
            return Bearer.NOBODY;
        }
        try {
            return tokens.parse(token) instanceof VerifiedToken good ? new Bearer(good.caller(), "") : Bearer.NOBODY;
        } catch (ParseException e) {
            return new Bearer(null, RefusedToken.reason(e));
        }
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
