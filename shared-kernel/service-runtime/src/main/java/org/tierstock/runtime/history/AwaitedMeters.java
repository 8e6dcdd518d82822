package org.tierstock.runtime.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.tierstock.runtime.exchange.AppliedPosition;

/** Counts what is carried again. What is still awaited every replica shows, whichever of them was told. */
@ApplicationScoped
class AwaitedMeters {
    private static final Logger LOG = Logger.getLogger(AwaitedMeters.class);

    private final AwaitedMessages awaited;
    private final MeterRegistry meters;

    @Inject
    AwaitedMeters(AwaitedMessages awaited, MeterRegistry meters) {
        this.awaited = awaited;
        this.meters = meters;
    }

    /** A peer has started and tells what it has taken: what it lacks is carried again, unless that was so just now. */
    void met(String peer, List<AppliedPosition> taken) {
        awaited.met(peer, taken);
    }

    /** A peer has told what it has taken. */
    void told(String peer, List<AppliedPosition> taken) {
        long again = awaited.told(peer, taken);
        Counter.builder("tierstock.carried.again")
                .description("Messages carried again, since the peer lacked one of them for minutes")
                .tag("peer", peer)
                .register(meters)
                .increment(again);
        if (again > 0) {
            LOG.warnf("%d messages are carried to the %s layer again: the first of them has not arrived", again, peer);
        }
    }
}
