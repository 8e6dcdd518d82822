package org.tierstock.runtime.history;

import io.grpc.StatusRuntimeException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.protocol.v1.MeetRequest;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.fence.Fence;

/**
 * Opens the fence when every peer has said what it has seen of this layer's history and all of it is known here. A peer
 * answers while it is fenced itself, so layers that start together do not wait for each other in a circle; one that cannot be
 * reached is waited for.
 *
 * <p>A peer that is lost later does not matter: a database is set back while its service is down.
 */
@ApplicationScoped
public class MeetPeers {
    private static final Logger LOG = Logger.getLogger(MeetPeers.class);
    private static final long PAUSE_MILLIS = 200;

    private final Peers peers;
    private final Histories histories;
    private final Installation installation;
    private final RestorationRows restorations;
    private final Fence fence;
    private final String layer;
    private volatile Thread meeting;

    @Inject
    public MeetPeers(
            Peers peers,
            Histories histories,
            Installation installation,
            RestorationRows restorations,
            Fence fence,
            @ConfigProperty(name = "tierstock.layer", defaultValue = "") String layer) {
        this.peers = peers;
        this.histories = histories;
        this.installation = installation;
        this.restorations = restorations;
        this.fence = fence;
        this.layer = layer;
    }

    /** For the container's proxy. */
    protected MeetPeers() {
        this(null, null, null, null, null, null);
    }

    void start(@Observes StartupEvent event) {
        meeting = Thread.ofVirtual().name("meet-peers").start(this::meet);
    }

    void stop(@Observes ShutdownEvent event) {
        meeting.interrupt();
    }

    private void meet() {
        try {
            List<String> unmet = new ArrayList<>(peers.names());
            while (restorations.open().isEmpty()) {
                unmet.removeIf(this::met);
                if (restorations.open().isPresent()) {
                    break;
                }
                if (unmet.isEmpty()) {
                    LOG.infof("The peers %s know nothing of this layer that it does not know itself", peers.names());
                    fence.open();
                    return;
                }
                fence.stayClosed("No answer yet from " + String.join(", ", unmet) + ".");
                Thread.sleep(PAUSE_MILLIS);
            }
            awaitRepair();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The fence stays closed: this database cannot be compared with what the peers know", e);
            fence.stayClosed("This database cannot be compared with what the peers know; see the log.");
        }
    }

    /** Whichever replica the repair is done at, all open when it is closed. */
    private void awaitRepair() throws InterruptedException {
        for (Optional<Restoration> open = restorations.open(); open.isPresent(); open = restorations.open()) {
            fence.stayClosed(
                    "This database was set back to a backup (" + open.get().reason() + "): see /v1/restorations.");
            Thread.sleep(PAUSE_MILLIS);
        }
        installation.readAgain();
        fence.open();
    }

    private boolean met(String peer) {
        try {
            MeetRequest.Builder request = MeetRequest.newBuilder()
                    .setEnvelope(
                            Envelope.newBuilder().setEpoch(installation.epoch()).setJournal(installation.journal()))
                    .setLayer(layer);
            histories.taken().forEach(position -> request.addApplied(Wire.of(position)));
            Seen seen = Wire.of(peers.history(peer).meet(request.build()).getSeen());
            histories.lost(peer, seen).ifPresent(this::detect);
            return true;
        } catch (StatusRuntimeException e) {
            LOG.debugf("The %s layer does not answer yet: %s", peer, e.getStatus());
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
