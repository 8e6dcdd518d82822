package org.tierstock.runtime.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.sql.Database;

/** The epochs that peers have begun: a call that still comes from an older history must move nothing. */
@ApplicationScoped
public class PeerEpochs {
    private static final String OLD_EPOCH = "OLD_EPOCH";

    private final Database database;

    @Inject
    public PeerEpochs(Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected PeerEpochs() {
        this(null);
    }

    /** @throws Problem when the peer has begun a later epoch: its database was set back since */
    public void requireCurrent(String peer, long epoch) {
        boolean old = database.queryOne(
                        "SELECT epoch FROM peer_epoch WHERE peer = ?", p -> p.text(1, peer), row -> row.getLong(1))
                .filter(begun -> epoch < begun)
                .isPresent();
        if (old) {
            throw Problem.of(409, OLD_EPOCH, "The " + peer + " layer has begun a later epoch than " + epoch + ".");
        }
    }
}
