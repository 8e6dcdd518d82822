package org.tierstock.runtime.purge;

/** A layer that is asked by numbered calls has one bean of it: of their numbers the caller is believed no further than this. */
public interface AskedCalls {
    /**
     * The highest number of a series of calls that this layer was asked by; 0 before the first.
     *
     * @param series see {@link org.tierstock.movements.protocol.Streams#outboundsOf}
     */
    long lastOf(String series);
}
