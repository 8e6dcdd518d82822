package org.tierstock.runtime.bounds;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What large requests hold of the process's memory, of all callers together, and each caller its fair share of it. A request is
 * held until it is whole, and its caller may take its time: as many as may be under way, each almost whole, would be more than
 * there is.
 *
 * <p>It is counted by pieces. A request of less than one counts nothing: those are bounded by their number.
 */
@ApplicationScoped
public class RequestBytes extends ServerStreamTracer.Factory {
    /** Bytes. */
    private static final int PIECE = 16_384;

    private static final int PIECES_OF_MEGABYTE = 1_000_000 / PIECE;
    private static final Context.Key<OfCall> OF_CALL = Context.key("bytes of the call's request");

    private final FairPlaces pieces;

    /**
     * Whatever is set.
     *
     * @param megabytes how much all requests hold, before shares count
     */
    @Inject
    RequestBytes(@ConfigProperty(name = "tierstock.requests.megabytes") int megabytes) {
        this.pieces = new FairPlaces(megabytes * PIECES_OF_MEGABYTE, "pieces of 16 kB of large requests");
    }

    /** For the container's proxy. */
    protected RequestBytes() {
        this(1);
    }

    void showAsMetric(@Observes StartupEvent event, MeterRegistry meters) {
        Gauge.builder("tierstock.requests.bytes", pieces, held -> (double) held.taken() * PIECE)
                .description(
                        "Bytes that this replica holds, or has promised to, of requests that are larger than 16 kB")
                .register(meters);
    }

    /** What a request of so many bytes takes. */
    static int pieces(long bytes) {
        return Math.toIntExact(bytes / PIECE);
    }

    /** False when all are taken, and the caller has its share of them. */
    boolean take(String caller, int more) {
        return pieces.take(caller, more);
    }

    void release(String caller, int taken) {
        pieces.release(caller, taken);
    }

    /** What whoever finds none is told. */
    String refusal() {
        return pieces.refusal();
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new OfCall();
    }

    /** The request of the gRPC call that begins now. */
    static OfCall ofCall() {
        return OF_CALL.get();
    }

    /** What has come of a gRPC call's request, which says beforehand of no size. */
    final class OfCall extends ServerStreamTracer {
        private String caller;
        private Runnable refusal;
        private long come;
        private int taken;
        private boolean done;

        private OfCall() {}

        @Override
        public Context filterContext(Context context) {
            return context.withValue(OF_CALL, this);
        }

        /** Says whose it is, and what to do when it has become larger than there is room for. */
        synchronized void from(String party, Runnable whenRefused) {
            caller = party;
            refusal = whenRefused;
            take();
        }

        @Override
        public synchronized void inboundWireSize(long bytes) {
            come += bytes;
            take();
        }

        private void take() {
            int more = pieces(come) - taken;
            if (done || caller == null || more <= 0) {
                return;
            }
            if (pieces.take(caller, more)) {
                taken += more;
            } else {
                giveBack();
                refusal.run();
            }
        }

        /** It is whole, and what comes of it has bounds of its own; or nobody waits for it any more. */
        synchronized void giveBack() {
            if (taken > 0) {
                pieces.release(caller, taken);
            }
            taken = 0;
            done = true;
        }

        @Override
        public void streamClosed(Status status) {
            giveBack();
        }
    }
}
