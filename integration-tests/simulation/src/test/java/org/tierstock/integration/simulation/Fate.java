package org.tierstock.integration.simulation;

/** What befalls the processes of the layers. */
interface Fate {
    /** Whether a process dies here. */
    boolean strikes();

    /** A process has committed a transaction. */
    void committed(Process process);
}
