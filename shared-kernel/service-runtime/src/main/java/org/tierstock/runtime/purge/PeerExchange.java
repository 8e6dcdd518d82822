package org.tierstock.runtime.purge;

/** A layer that calls another has one bean of it. */
public interface PeerExchange {
    /**
     * Tells the other layer what this one needs no longer, and hears the same of it. Calls the other layer, so it must not
     * run in a transaction.
     *
     * @throws RuntimeException when the other layer does not answer: what was told before still holds
     */
    void exchange();
}
