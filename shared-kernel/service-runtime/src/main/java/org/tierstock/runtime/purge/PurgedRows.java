package org.tierstock.runtime.purge;

/** Rows of a layer's own that go by a rule of theirs: another layer has released what they are about, or nobody asks any more. */
public interface PurgedRows {
    /** What they are called in metrics; no others are called so. */
    String name();

    /**
     * Deletes some of those that may go, in the caller's transaction.
     *
     * @param limit the most of them
     * @param keepSeconds none that are younger
     * @return how many were deleted; fewer than the limit when there are no more
     */
    int purge(int limit, long keepSeconds);
}
