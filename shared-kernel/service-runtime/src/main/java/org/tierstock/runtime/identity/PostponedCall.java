package org.tierstock.runtime.identity;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;

/** What happens to a gRPC call while it is not decided whether it is let in: kept, and told to whoever takes it then. */
final class PostponedCall<Q> extends ServerCall.Listener<Q> {
    /** Null until it is decided. */
    private ServerCall.Listener<Q> taker;

    private final List<Runnable> kept = new ArrayList<>();

    /** It is decided: everything so far, and all that comes, is for this listener. */
    synchronized void goOn(ServerCall.Listener<Q> listener) {
        taker = listener;
        kept.forEach(Runnable::run);
        kept.clear();
    }

    private synchronized void tell(Runnable event) {
        if (taker == null) {
            kept.add(event);
        } else {
            event.run();
        }
    }

    @Override
    public void onMessage(Q message) {
        tell(() -> taker.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        tell(() -> taker.onHalfClose());
    }

    @Override
    public void onCancel() {
        tell(() -> taker.onCancel());
    }

    @Override
    public void onComplete() {
        tell(() -> taker.onComplete());
    }

    @Override
    public void onReady() {
        tell(() -> taker.onReady());
    }
}
