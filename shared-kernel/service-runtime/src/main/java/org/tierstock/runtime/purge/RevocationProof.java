package org.tierstock.runtime.purge;

/**
 * Which revocations can come no more, so that their keys may be forgotten (protocol 11.7).
 *
 * <p>Dispatch may issue a revocation again under a new number until it has applied the settlement. So every copy has a
 * number up to the head of its stream at a moment after that; once everything up to that head has come, none is missing.
 * Acknowledgements come faster than that under traffic: one is waited for at a time.
 *
 * @param settled the copies of revocations whose settlement has a number up to this one have all come
 * @param awaited the same will hold for this number
 * @param head when everything up to this one of the stream from dispatch has been applied
 */
public record RevocationProof(long settled, long awaited, long head) {
    /** Nothing is known. */
    public static final RevocationProof NONE = new RevocationProof(0, 0, 0);

    /** After everything up to this number of the stream from dispatch has been applied. */
    public RevocationProof reached(long contiguous) {
        return contiguous >= head ? new RevocationProof(awaited, awaited, head) : this;
    }

    /**
     * After dispatch has told both in one acknowledgement.
     *
     * @param applied it has applied settlements up to here
     * @param headThen the last number of its stream, at that moment or later
     */
    public RevocationProof heard(long applied, long headThen) {
        // One that is waited for gives way to one that says more and comes earlier: a number that the stream will never
        // reach would be waited for without end.
        boolean isNext = awaited == settled && applied > settled;
        boolean comesEarlier = applied >= awaited && awaited > settled && headThen < head;
        return isNext || comesEarlier ? new RevocationProof(settled, applied, headThen) : this;
    }
}
