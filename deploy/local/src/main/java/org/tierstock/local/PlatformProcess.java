package org.tierstock.local;

import java.time.Duration;
import java.util.List;

/** One process of the platform that can be killed and started again by itself, on the same ports and files. */
interface PlatformProcess {

    /** How the process is called on the command line and in the log directory, e.g. {@code sales-0}. */
    String name();

    /** Where it listens, for people. */
    String address();

    /** Starts the process. When this returns it exists; it need not answer yet. */
    void start();

    /**
     * Returns when the process answers.
     *
     * @throws PlatformFailure if it ended instead, or does not answer in time
     */
    void awaitReady(Duration atMost);

    boolean alive();

    /** The processes of the system that it consists of now; none when it is dead. */
    List<ProcessHandle> running();

    /** Ends the process as a power cut would (SIGKILL). When this returns it is dead. */
    void kill();

    /** Asks the process to end, and kills it if it does not. When this returns it is dead. */
    void stop();
}
