package org.tierstock.runtime.fence;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.runtime.problem.Problem;

/** Whether this replica may work. It starts closed, and closes again when its database may have been set back. */
@ApplicationScoped
public class Fence {
    /** The code of every refusal by the fence: status 503. */
    public static final String FENCED = "FENCED";

    private static final int RETRY_SECONDS = 2;

    private volatile boolean open;
    private volatile boolean repairing;
    private volatile boolean setBack;
    private volatile String reason = "The service is starting.";
    private volatile Long closedAt;
    private final List<Runnable> onOpening = new ArrayList<>();

    /** True when the layer may work. */
    public boolean isOpen() {
        return open;
    }

    /**
     * True when what is posted has numbers of its own: the fence is open, or the repair of a database that was set back has
     * begun a new epoch. Before that, numbers could be given twice.
     */
    public boolean mayPost() {
        return open || repairing;
    }

    /** True when the database says itself that it was set back and is not repaired: every replica of the layer is closed then. */
    public boolean isSetBack() {
        return setBack;
    }

    /** Why it is closed, for a person. */
    public String reason() {
        return reason;
    }

    /** Is closed, or stays so, for that reason. What waits for its opening waits; what is posted from now on is refused. */
    public synchronized void close(String because) {
        close(because, false, false);
    }

    /** Is closed, as it is at every replica: the database was set back, and nobody repairs it yet. */
    public synchronized void setBack(String because) {
        close(because, true, false);
    }

    /** Stays closed while the layer is repaired, in an epoch of its own. */
    public synchronized void repairing(String because) {
        close(because, true, true);
    }

    private void close(String because, boolean everywhere, boolean inRepair) {
        noteClosing();
        open = false;
        setBack = everywhere;
        repairing = inRepair;
        reason = because;
        notifyAll();
    }

    private void noteClosing() {
        if (open) {
            closedAt = System.nanoTime();
        }
    }

    /** True when it was open within that time: what had passed it then may still be under way. */
    public boolean wasOpenWithin(Duration time) {
        Long closed = closedAt;
        return open || closed != null && System.nanoTime() - closed < time.toNanos();
    }

    /** Opens. What has waited for it runs in this thread. */
    public void open() {
        List<Runnable> waiting;
        synchronized (this) {
            open = true;
            setBack = false;
            repairing = false;
            reason = "";
            waiting = List.copyOf(onOpening);
            onOpening.clear();
            notifyAll();
        }
        waiting.forEach(Runnable::run);
    }

    /** Runs something once the fence is open for the first time: now, when it is. */
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

    /** Returns when the fence is closed, or the time has passed. */
    public synchronized void awaitClosed(long millis) throws InterruptedException {
        if (open) {
            wait(millis);
        }
    }

    /** @throws Problem when the layer may not work now */
    public void requireOpen() {
        if (!open) {
            throw problem();
        }
    }

    /** @throws Problem when nothing may be posted now, not even by a repair */
    public void requirePosting() {
        if (!mayPost()) {
            throw problem();
        }
    }

    /** What is told to whoever asks for something meanwhile. Nothing was done. */
    public Problem problem() {
        return Problem.of(503, FENCED, "Fenced; nothing was done. " + reason).retryAfterSeconds(RETRY_SECONDS);
    }
}
