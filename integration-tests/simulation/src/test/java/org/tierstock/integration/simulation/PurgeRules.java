package org.tierstock.integration.simulation;

import java.util.List;
import org.tierstock.runtime.purge.RevocationProof;

/** What may be purged (protocol 11.7): the sound rules. A planted fault overrides one of them. */
class PurgeRules {
    /**
     * What the other side is told that it may forget.
     *
     * @param position where this layer stands
     * @param backups where it stood in each backup that would be restored
     */
    long told(long position, List<Long> backups) {
        return backups.stream().reduce(position, Math::min);
    }

    /**
     * Up to where rows of the outbox may go.
     *
     * @param released what the receiver has told
     * @param head the last number sent
     */
    long sent(long released, long head) {
        return released;
    }

    /**
     * Whether the key of a revocation may go.
     *
     * @param settlement the number of its settlement
     * @param released what dispatch has told of the stream of settlements
     */
    boolean keyMayGo(long settlement, long released, RevocationProof proof) {
        return settlement <= proof.settled();
    }

    /** Whether a position at a cut below the floor is refused. */
    boolean refusesOldCuts() {
        return true;
    }
}
