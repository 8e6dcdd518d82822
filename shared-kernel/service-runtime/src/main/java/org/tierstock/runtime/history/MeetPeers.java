package org.tierstock.runtime.history;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.protocol.v1.MeetResponse;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.fence.Fence;

/**
 * Opens the fence when every peer has said what it has seen of this layer's history and all of it is known here. A peer
 * answers while it is fenced itself, so layers that start together do not wait for each other in a circle; one that cannot be
 * reached is waited for.
 *
 * <p>Another replica of this layer that is open is proof enough as well, once it has compared itself with this database
 * anew ({@link DatabaseWatch}) since this one began to look. A fence that has closed again is looked after in the same way;
 * after a failover the other replicas are waited for, too, until they have compared themselves with the new server.
 */
@ApplicationScoped
public class MeetPeers {
    private static final Logger LOG = Logger.getLogger(MeetPeers.class);
    private static final long PAUSE_MILLIS = 200;
    private static final long AWAIT_MILLIS = 1_000;

    /** How long an answer is waited for at first, and at most: a link may be dead, or the history long. */
    private static final long FIRST_PATIENCE_SECONDS = 2;

    private static final long LONGEST_PATIENCE_SECONDS = 60;

    /** A replica that has not compared itself with the new server by then is gone. */
    private static final Duration OTHERS_AT_MOST = Duration.ofSeconds(10);

    private final Peers peers;
    private final Histories histories;
    private final Installation installation;
    private final RestorationRows restorations;
    private final DatabaseWatch watch;
    private final Fence fence;
    private final String layer;
    private final Set<String> complained = new HashSet<>();

    /** Doubled with every answer that did not come in time. Only the meeting thread uses it. */
    private long patienceSeconds = FIRST_PATIENCE_SECONDS;

    /** How far each open replica had counted when it was first looked at. Only the meeting thread uses it. */
    private final Map<String, Long> proofs = new HashMap<>();

    /** When this replica began to look, by {@link System#nanoTime}. Only the meeting thread uses it. */
    private long lookingSince;

    private volatile Thread meeting;

    @Inject
    public MeetPeers(
            Peers peers,
            Histories histories,
            Installation installation,
            RestorationRows restorations,
            DatabaseWatch watch,
            Fence fence,
            @ConfigProperty(name = "tierstock.layer", defaultValue = "") String layer) {
        this.peers = peers;
        this.histories = histories;
        this.installation = installation;
        this.restorations = restorations;
        this.watch = watch;
        this.fence = fence;
        this.layer = layer;
    }

    /** For the container's proxy. */
    protected MeetPeers() {
        this(null, null, null, null, null, null, null);
    }

    void start(@Observes StartupEvent event) {
        meeting = Thread.ofVirtual().name("meet-peers").start(this::meet);
    }

    void stop(@Observes ShutdownEvent event) {
        meeting.interrupt();
    }

    private void meet() {
        List<String> unmet = new ArrayList<>(peers.names());
        boolean failing = false;
        lookingSince = System.nanoTime();
        while (true) {
            try {
                if (fence.isOpen()) {
                    fence.awaitClosed(AWAIT_MILLIS);
                    if (!fence.isOpen()) {
                        unmet = new ArrayList<>(peers.names());
                        proofs.clear();
                        lookingSince = System.nanoTime();
                    }
                    continue;
                }
                look(unmet);
                failing = false;
                if (!fence.isOpen()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (Exception | Error e) {
                // Whatever it is: a fence that nobody looks after any more would never open.
                if (!failing) {
                    LOG.warnf(e, "The fence stays closed, and is looked after again every %d ms", PAUSE_MILLIS);
                    failing = true;
                }
                fence.close("This database cannot be compared with what the peers know; see the log.");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    private void look(List<String> unmet) {
        DatabaseWatch.Looked looked = watch.compare();
        if (restorations.open().isEmpty()) {
            looked.missed().ifPresent(this::detect);
            if (proven()) {
                LOG.info("Another replica of this layer is open, and this database knows all that it has seen");
                unmet.clear();
            }
            if (looked.provesAll()) {
                LOG.info("The database failed over, and knows all that the replicas of this layer have seen");
                unmet.clear();
            }
            unmet.removeIf(this::met);
        }
        // Read again: a peer may just have shown it. Whichever replica a repair is done at, all open when it is closed.
        Optional<Restoration> restoration = restorations.open();
        if (restoration.isPresent()) {
            unmet.clear();
            installation.readAgain();
            String because = "This database was set back to a backup ("
                    + restoration.get().reason() + "): see /v1/restorations.";
            switch (restoration.get().state()) {
                case DETECTED, CLOSED -> fence.setBack(because);
                case EPOCH_BEGUN, REBUILT -> fence.repairing(because);
            }
        } else if (!unmet.isEmpty()) {
            fence.close("No answer yet from " + String.join(", ", unmet) + ".");
        } else if (!looked.byAll() && System.nanoTime() - lookingSince < OTHERS_AT_MOST.toNanos()) {
            fence.close("The database failed over, and another replica has not compared itself with it yet.");
        } else {
            installation.readAgain();
            watch.opensOn(looked.line());
            LOG.infof(
                    "Nothing of this layer is known elsewhere that it does not know itself; its peers: %s",
                    peers.names());
            fence.open();
        }
    }

    /** Whether another replica has counted on since this one began to look: so nothing was lost before that. */
    private boolean proven() {
        Map<String, Long> now = watch.proofs();
        now.forEach(proofs::putIfAbsent);
        return now.entrySet().stream().anyMatch(proof -> proof.getValue() > proofs.get(proof.getKey()));
    }

    private boolean met(String peer) {
        try {
            MeetResponse answer = peers.history(peer)
                    .withDeadlineAfter(patienceSeconds, TimeUnit.SECONDS)
                    .meet(Wire.meeting(installation, layer, histories.taken()));
            long epoch = answer.getEnvelope().getEpoch();
            if (!histories.epochToldBy(peer, epoch)) {
                if (complained.add(peer)) {
                    LOG.warnf(
                            "The %s layer says that it is in epoch %d, which lies too far beyond the last one known here to be"
                                    + " believed; it is asked again",
                            peer, epoch);
                }
                return false;
            }
            histories.lost(peer, Wire.of(answer.getSeen())).ifPresent(this::detect);
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
                patienceSeconds = Math.min(2 * patienceSeconds, LONGEST_PATIENCE_SECONDS);
            }
            if (e.getStatus().getCode() != Status.Code.UNAVAILABLE && complained.add(peer)) {
                LOG.warnf("The %s layer does not answer as it should and is asked again: %s", peer, e.getStatus());
            }
            return false;
        }
    }

    private void detect(String reason) {
        restorations.detect(reason, installation.epoch());
        LOG.errorf(
                "RESTORED: this database was set back to a backup. %s. It stays fenced until it is repaired:"
                        + " docs/operations.md, 'A database set back to a backup'",
                reason);
    }
}
