package org.tierstock.runtime.work;

/**
 * Nobody whom a work needs has answered. That is this replica's failure and not that of the work's subjects: none of them is
 * set aside, and the replica leaves the work to others that can do it.
 */
public final class Unreached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says who did not answer.
     *
     * @param who the peer
     * @param reason what became of the call, in its own words
     */
    public Unreached(String who, String reason) {
        super("No answer from " + who + ": " + reason);
    }
}
