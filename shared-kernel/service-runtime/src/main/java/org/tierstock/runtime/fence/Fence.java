package org.tierstock.runtime.fence;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.runtime.problem.Problem;

/** Whether this replica may work. It starts closed. */
@ApplicationScoped
public class Fence {
    /** The code of every refusal by the fence: status 503. */
    public static final String FENCED = "FENCED";

    private static final int RETRY_SECONDS = 2;

    private volatile boolean open;
    private volatile String reason = "The service is starting.";
    private final List<Runnable> onOpening = new ArrayList<>();

    /** True when the layer may work. */
    public boolean isOpen() {
        return open;
    }

    /** Why it is closed, for a person. */
    public String reason() {
        return reason;
    }

    /** Stays closed, for that reason. */
    public synchronized void stayClosed(String because) {
        reason = because;
    }

    /** Opens for good. What has waited for it runs in this thread. */
    public void open() {
        List<Runnable> waiting;
        synchronized (this) {
            open = true;
            reason = "";
            waiting = List.copyOf(onOpening);
            onOpening.clear();
            notifyAll();
        }
        waiting.forEach(Runnable::run);
    }

    /** Runs something once the fence is open: now, when it is. */
    public void whenOpen(Runnable action) {
        synchronized (this) {
            if (!open) {
                onOpening.add(action);
                return;
            }
        }
        action.run();
    }

    /** Returns when the fence is open. */
    public synchronized void awaitOpen() throws InterruptedException {
        while (!open) {
            wait();
        }
    }

    /** What is told to whoever asks for something meanwhile. Nothing was done. */
    public Problem problem() {
        return Problem.of(503, FENCED, "Fenced; nothing was done. " + reason).retryAfterSeconds(RETRY_SECONDS);
    }
}
