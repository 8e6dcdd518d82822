package org.tierstock.runtime.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.sql.Database;

/** The epochs that peers have begun: a call that still comes from an older history, or from none, must move nothing. */
@ApplicationScoped
public class PeerEpochs {
    /** The code of a refusal of what a peer cannot be or have come to. */
    public static final String NOT_BELIEVED = "NOT_BELIEVED";

    private static final String OLD_EPOCH = "OLD_EPOCH";

    private final Database database;
    private final SenderBounds bounds;
    private final RefusedCalls refusedCalls;

    @Inject
    public PeerEpochs(Database database, SenderBounds bounds, RefusedCalls refusedCalls) {
        this.database = database;
        this.bounds = bounds;
        this.refusedCalls = refusedCalls;
    }

    /** For the container's proxy. */
    protected PeerEpochs() {
        this(null, null, null);
    }

    /**
     * Requires that a call is of the history that the peer is in.
     *
     * @throws Problem OLD_EPOCH when the peer has begun a later epoch: its database was set back since. NOT_BELIEVED when it
     *     has not begun that one here, or cannot have come so far: nothing was done, and the call may be made again, since it
     *     may be this layer that has still to be told
     */
    public void requireCurrent(String peer, Envelope said) {
        boolean old = database.queryOne(
                        "SELECT epoch FROM peer_epoch WHERE peer = ?", p -> p.text(1, peer), row -> row.getLong(1))
                .filter(begun -> said.getEpoch() < begun)
                .isPresent();
        if (old) {
            throw Problem.of(
                    409, OLD_EPOCH, "The " + peer + " layer has begun a later epoch than " + said.getEpoch() + ".");
        }
        bounds.doubt(peer, said.getEpoch(), said.getJournal()).ifPresent(doubt -> {
            refusedCalls.refused(RefusedCalls.Cause.EPOCH, Caller.current(), doubt);
            throw Problem.of(409, NOT_BELIEVED, doubt + "; nothing was done.");
        });
    }
}
