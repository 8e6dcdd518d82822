package org.tierstock.runtime.exchange;

/** What this layer knows of the histories of those who send to it (11.8). */
public interface SenderHistories {
    /**
     * What is known of one of them.
     *
     * @param epoch that it has begun here itself, {@link Installation#FIRST_EPOCH} when it never was repaired
     * @param journal the highest of its transaction numbers that have had an effect here, 0 for none
     */
    record Known(long epoch, long journal) {}

    /** @param layer sales, dispatch or warehouse */
    Known known(String layer);
}
