package org.tierstock.runtime.work;

/** Wakes the loop that does a kind of work. */
public interface WorkSignals {
    /** Wakes the loop of that name on this replica once the current transaction has committed; at once without one. */
    void announce(String work);
}
