package org.tierstock.runtime.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jboss.logging.Logger;
import org.tierstock.movements.StreamPosition;

/**
 * Counts the gRPC calls that were refused for who made them ({@code tierstock.calls.refused} by cause), and logs them: of
 * each cause one in ten seconds, since a caller that is refused asks again.
 */
@ApplicationScoped
public class RefusedCalls {
    private static final Logger LOG = Logger.getLogger(RefusedCalls.class);
    private static final String METER = "tierstock.calls.refused";
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Why a call was refused. */
    public enum Cause {
        /** It bore no token that is good. */
        TOKEN,
        /** The method is not for the token's roles. */
        ROLE,
        /** The token is narrowed, and the method does not keep to scopes. */
        SCOPE,
        /** It spoke for a layer that the token is not of. */
        LAYER,
        /** It would begin an epoch that is not the next one, or is of one that has not begun. */
        EPOCH,
        /** It named a number that there cannot be yet. */
        NUMBER
    }

    private final MeterRegistry meters;
    private final AtomicLongArray lastLogged = new AtomicLongArray(Cause.values().length);

    @Inject
    public RefusedCalls(MeterRegistry meters) {
        this.meters = meters;
        long past = System.nanoTime() - QUIET_NANOS;
        for (Cause cause : Cause.values()) {
            lastLogged.set(cause.ordinal(), past);
        }
    }

    /** For the container's proxy. */
    protected RefusedCalls() {
        this.meters = null;
    }

    /** From the start on: what was never refused is 0, not missing. */
    void showAsMetric(@Observes StartupEvent event) {
        for (Cause cause : Cause.values()) {
            meters.counter(METER, "cause", tag(cause));
        }
    }

    /**
     * A call was refused.
     *
     * @param what the call, for the log
     */
    public void refused(Cause cause, Caller caller, String what) {
        meters.counter(METER, "cause", tag(cause)).increment();
        long now = System.nanoTime();
        long last = lastLogged.get(cause.ordinal());
        if (now - last >= QUIET_NANOS && lastLogged.compareAndSet(cause.ordinal(), last, now)) {
            LOG.warnf(
                    "Refused for its %s: %s by '%s' with the roles %s",
                    tag(cause), what, caller.subject(), caller.roles());
        }
    }

    /** A caller has named numbers that there cannot be yet; its call goes on without them. */
    public void numbersRefused(Caller caller, List<StreamPosition> beyond) {
        beyond.forEach(number -> refused(Cause.NUMBER, caller, number + ", which was not sent yet"));
    }

    /** The same of a layer that was asked, and has named them in its answer. */
    public void numbersRefused(String answerer, List<StreamPosition> beyond) {
        numbersRefused(
                new Caller("the answering " + answerer + " layer", null, Set.of(), Set.of(), Set.of(), Set.of()),
                beyond);
    }

    private static String tag(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
