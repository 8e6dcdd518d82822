package org.tierstock.runtime.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.tierstock.runtime.exchange.AppliedPosition;

/** Counts what is carried again, and shows for how long each peer has lacked what was carried to it. */
@ApplicationScoped
class AwaitedMeters {
    private static final Logger LOG = Logger.getLogger(AwaitedMeters.class);

    private final AwaitedMessages awaited;
    private final MeterRegistry meters;
    private final Map<String, Optional<Instant>> oldest = new ConcurrentHashMap<>();

    @Inject
    AwaitedMeters(AwaitedMessages awaited, MeterRegistry meters, Peers peers) {
        this.awaited = awaited;
        this.meters = meters;
        for (String peer : peers.names()) {
            TimeGauge.builder("tierstock.exchange.awaited", () -> age(peer), TimeUnit.SECONDS)
                    .description(
                            "Age of the oldest message that was carried to the peer and that it lacked when it last told")
                    .tag("peer", peer)
                    .register(meters);
        }
    }

    private double age(String peer) {
        return oldest.getOrDefault(peer, Optional.empty())
                .map(written -> Duration.between(written, Instant.now()).toSeconds())
                .orElse(0L);
    }

    /** A peer has told what it has taken. */
    void told(String peer, List<AppliedPosition> taken) {
        long again = awaited.told(peer, taken);
        oldest.put(peer, awaited.oldest(peer));
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
