package org.tierstock.runtime.bounds;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.bounds.RequestBytes.OfCall;
import org.tierstock.runtime.posting.Overloaded;
import org.tierstock.runtime.problem.GrpcProblems;

/**
 * Refuses a gRPC call at once when as many are under way as the service takes at a time, and its caller has their share; and
 * ends one whose request is not whole when it has had its time.
 *
 * <p>It bounds what is held for calls before they come to a lane, which bounds itself: a call that is begun and never
 * finished comes to none. How large their requests may be together is bounded by {@link RequestBytes}. All that wait for
 * their request are looked at now and then, since a timer for each call would cost more than the call's place.
 */
@ApplicationScoped
public class CallBound {
    private static final int LOOKS_IN_A_CALLS_TIME = 10;

    private final Vertx vertx;
    private final RequestBytes bytes;
    private final Duration whole;
    private final FairPlaces places;
    private final Set<UnderWay<?, ?>> unread = ConcurrentHashMap.newKeySet();

    /**
     * Whatever is set.
     *
     * @param capacity how many calls are under way at a time, before shares count
     * @param whole how long a call's request may take to come
     */
    @Inject
    CallBound(
            Vertx vertx,
            RequestBytes bytes,
            @ConfigProperty(name = "tierstock.grpc.calls") int capacity,
            @ConfigProperty(name = "tierstock.grpc.request") Duration whole) {
        this.vertx = vertx;
        this.bytes = bytes;
        this.whole = whole;
        this.places = new FairPlaces(capacity, "calls");
    }

    /** For the container's proxy. */
    protected CallBound() {
        this(null, null, 1, Duration.ZERO);
    }

    void begin(@Observes StartupEvent event, MeterRegistry meters) {
        meters.gauge("tierstock.calls.active", places, FairPlaces::taken);
        vertx.setPeriodic(Math.max(1, whole.toMillis() / LOOKS_IN_A_CALLS_TIME), now -> endLate());
    }

    private void endLate() {
        long now = System.nanoTime();
        unread.forEach(call -> call.endIfLate(now));
    }

    /**
     * Begins a call of a caller who may make it.
     *
     * @param party whose share it is of
     */
    public <Q, A> ServerCall.Listener<Q> begin(
            String party, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!places.take(party)) {
            StatusException refusal = GrpcProblems.answer(new Overloaded(places.refusal()));
            call.close(refusal.getStatus(), refusal.getTrailers());
            return new ServerCall.Listener<>() {};
        }
        UnderWay<Q, A> underWay = new UnderWay<>(party, call);
        unread.add(underWay);
        OfCall request = RequestBytes.ofCall();
        request.from(party, underWay::endTooLarge);
        try {
            return underWay.toldTo(request, next.startCall(underWay, headers));
        } catch (RuntimeException | Error e) {
            underWay.end();
            throw e;
        }
    }

    /** A call that has a place until its end, and so long for its request. */
    private final class UnderWay<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final String party;
        private final Context loop = vertx.getOrCreateContext();
        private final long since = System.nanoTime();

        UnderWay(String party, ServerCall<Q, A> call) {
            super(call);
            this.party = party;
        }

        ServerCall.Listener<Q> toldTo(OfCall request, ServerCall.Listener<Q> taker) {
            return new SimpleForwardingServerCallListener<>(taker) {
                @Override
                public void onHalfClose() {
                    request.giveBack();
                    // Of one that was ended before nobody waits for an answer.
                    if (unread.remove(UnderWay.this)) {
                        super.onHalfClose();
                    }
                }

                @Override
                public void onCancel() {
                    end();
                    super.onCancel();
                }

                @Override
                public void onComplete() {
                    end();
                    super.onComplete();
                }
            };
        }

        @Override
        public void close(Status status, Metadata trailers) {
            unread.remove(this);
            super.close(status, trailers);
        }

        void end() {
            unread.remove(this);
            places.release(party);
        }

        void endIfLate(long now) {
            if (now - since > whole.toNanos()) {
                endUnread(() -> new StatusException(
                        Status.DEADLINE_EXCEEDED.withDescription("The request has not come whole in its time."),
                        new Metadata()));
            }
        }

        void endTooLarge() {
            endUnread(() -> GrpcProblems.answer(new Overloaded(bytes.refusal())));
        }

        /** Where the call runs: calls are not for several threads. */
        private void endUnread(Supplier<StatusException> answer) {
            loop.runOnContext(ended -> {
                if (unread.remove(this)) {
                    StatusException refusal = answer.get();
                    super.close(refusal.getStatus(), refusal.getTrailers());
                }
            });
        }
    }
}
