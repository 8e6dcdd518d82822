package org.tierstock.runtime.calls;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/**
 * Answers in parts, each only when the caller has taken what was sent before: a caller that reads slowly must not fill this
 * process's memory. Blocks its thread meanwhile.
 *
 * <p>Services that return a Multi cannot do so: whatever it has is asked for at once and waits at the connection.
 *
 * @param <A> the parts
 */
public final class Unhurried<A> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 2;

    private final ServerCallStreamObserver<A> caller;

    /** Answers that caller. */
    public Unhurried(StreamObserver<A> caller) {
        this.caller = (ServerCallStreamObserver<A>) caller;
    }

    /**
     * Sends a part once there is room for it.
     *
     * @throws io.grpc.StatusRuntimeException CANCELLED when the caller has gone, or has taken nothing for a minute
     */
    public void send(A part) {
        // Whether there is room is looked at, not heard of: what the connection has to tell waits for this call to
        // return.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!caller.isReady()) {
            if (caller.isCancelled() || System.nanoTime() > deadline) {
                throw Status.CANCELLED
                        .withDescription("The caller takes no answers")
                        .asRuntimeException();
            }
            pause();
        }
        caller.onNext(part);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.UNAVAILABLE.withDescription("The service is stopping").asRuntimeException();
        }
    }
}
