package org.tierstock.runtime.history;

import io.grpc.StatusRuntimeException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.protocol.v1.AppliedPosition;
import org.tierstock.protocol.v1.TakenRequest;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.runtime.work.WorkLoops;

/** Tells the peers, from time to time, what has arrived of what they sent, so that they carry again what a broker has lost. */
@ApplicationScoped
public class TellTaken {
    private static final String WORK = "tell-taken";
    private static final String NEVER = "off";

    /** Whoever does the work of this partition tells for all: what is not named counts as not taken. */
    private static final int TELLING = 0;

    private final Peers peers;
    private final Histories histories;
    private final Installation installation;
    private final WorkLoops loops;
    private final String every;
    private final String layer;

    @Inject
    public TellTaken(
            Peers peers,
            Histories histories,
            Installation installation,
            WorkLoops loops,
            @ConfigProperty(name = "tierstock.exchange.tell-every", defaultValue = "1m") String every,
            @ConfigProperty(name = "tierstock.layer", defaultValue = "") String layer) {
        this.peers = peers;
        this.histories = histories;
        this.installation = installation;
        this.loops = loops;
        this.every = every;
        this.layer = layer;
    }

    /** For the container's proxy. */
    protected TellTaken() {
        this(null, null, null, null, null, null);
    }

    void start(@Observes StartupEvent event) {
        if (!every.equals(NEVER) && !peers.names().isEmpty()) {
            loops.start(WORK, DurationConverter.parseDuration(every), partitions -> {
                if (!partitions.contains(TELLING)) {
                    return Progress.NONE;
                }
                tell();
                return Progress.DONE;
            });
        }
    }

    /** Tells every peer, and fails when one was not reached: another replica may reach it. */
    private void tell() {
        Unreached failure = null;
        List<AppliedPosition> taken = histories.taken().stream().map(Protos::of).toList();
        for (String peer : peers.names()) {
            try {
                peers.history(peer)
                        .taken(TakenRequest.newBuilder()
                                .setEnvelope(Protos.envelope(installation))
                                .setLayer(layer)
                                .addAllTaken(taken)
                                .build());
            } catch (StatusRuntimeException e) {
                failure = new Unreached("the " + peer + " layer", e.getStatus().toString());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
