package org.tierstock.local;

/**
 * Where processes are told to reach each other: a proof puts something of its own between two of them.
 *
 * <p>A process is told once, when the platform is planned. Whether others are ready is asked of them directly.
 */
@FunctionalInterface
public interface Detours {

    /** Everybody is told the true addresses. */
    Detours NONE = (caller, called, address) -> address;

    /**
     * What the caller is told.
     *
     * @param caller the name of a process, e.g. {@code sales-0}
     * @param called the name of another, {@code postgres} or {@code broker}
     * @param address host and port where {@code called} listens, e.g. {@code 127.0.0.1:9082}
     */
    String address(String caller, String called, String address);
}
