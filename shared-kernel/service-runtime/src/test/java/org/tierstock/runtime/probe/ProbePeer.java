package org.tierstock.runtime.probe;

import jakarta.inject.Singleton;
import org.tierstock.runtime.purge.PeerExchange;

/** A layer to exchange with that is silent when it is told to be. */
@Singleton
public class ProbePeer implements PeerExchange {
    private volatile boolean silent;

    /** It does not answer from now on, or does again. */
    public void silent(boolean from) {
        silent = from;
    }

    @Override
    public void exchange() {
        if (silent) {
            throw new IllegalStateException("The probe's peer is silent");
        }
    }
}
