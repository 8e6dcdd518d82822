package org.tierstock.runtime.problem;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.posting.FairShares;
import org.tierstock.runtime.posting.Overloaded;

/**
 * Refuses a gRPC call at once when as many are under way as the service takes at a time, and its caller has their share; and
 * ends one whose request is not whole when it has had its time.
 *
 * <p>It bounds what is held for calls before they come to a lane, which bounds itself: a call that is begun and never
 * finished comes to none.
 */
@ApplicationScoped
public class CallBound {
    private final Vertx vertx;
    private final int capacity;
    private final long wholeMillis;
    private final FairShares shares;

    /**
     * Whatever is set.
     *
     * @param capacity how many calls are under way at a time, before shares count
     * @param whole how long a call's request may take to come
     */
    @Inject
    CallBound(
            Vertx vertx,
            @ConfigProperty(name = "tierstock.grpc.calls") int capacity,
            @ConfigProperty(name = "tierstock.grpc.request") Duration whole) {
        this.vertx = vertx;
        this.capacity = capacity;
        this.wholeMillis = whole.toMillis();
        this.shares = new FairShares(capacity);
    }

    /** For the container's proxy. */
    protected CallBound() {
        this(null, 1, Duration.ZERO);
    }

    void showAsMetric(@Observes StartupEvent event, MeterRegistry meters) {
        meters.gauge("tierstock.calls.active", this, CallBound::underWay);
    }

    /**
     * Begins a call of a caller who may make it.
     *
     * @param party whose share it is of
     */
    public <Q, A> ServerCall.Listener<Q> begin(
            String party, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!take(party)) {
            StatusException refusal = GrpcProblems.answer(
                    new Overloaded("there are " + capacity + " calls under way, and this caller has its share of them"));
            call.close(refusal.getStatus(), refusal.getTrailers());
            return new ServerCall.Listener<>() {};
        }
        UnderWay<Q, A> underWay = new UnderWay<>(party, call);
        try {
            return underWay.toldTo(next.startCall(underWay, headers));
        } catch (RuntimeException | Error e) {
            underWay.end();
            throw e;
        }
    }

    private synchronized boolean take(String party) {
        return shares.take(party);
    }

    private synchronized void release(String party) {
        shares.release(party);
    }

    private synchronized int underWay() {
        return shares.taken();
    }

    /** A call that has a place until its end, and so long for its request. */
    private final class UnderWay<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final String party;
        private final long patience;

        UnderWay(String party, ServerCall<Q, A> call) {
            super(call);
            this.party = party;
            this.patience = vertx.setTimer(
                    wholeMillis,
                    late -> close(
                            Status.DEADLINE_EXCEEDED.withDescription("The request has not come whole in its time."),
                            new Metadata()));
        }

        ServerCall.Listener<Q> toldTo(ServerCall.Listener<Q> taker) {
            return new SimpleForwardingServerCallListener<>(taker) {
                @Override
                public void onHalfClose() {
                    stopWaiting();
                    super.onHalfClose();
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
            stopWaiting();
            super.close(status, trailers);
        }

        void end() {
            stopWaiting();
            release(party);
        }

        private void stopWaiting() {
            vertx.cancelTimer(patience);
        }
    }
}
