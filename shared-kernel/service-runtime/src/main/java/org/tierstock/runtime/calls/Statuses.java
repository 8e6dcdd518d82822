package org.tierstock.runtime.calls;

import io.grpc.Status;
import java.util.Set;

/** What the status of a failed call tells the layer that called. */
public final class Statuses {
    /**
     * What a peer says that is not there, has too much to do, does not believe the caller or is of another history or version.
     */
    private static final Set<Status.Code> PASSING = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.CANCELLED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.PERMISSION_DENIED,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.UNIMPLEMENTED);

    private Statuses() {}

    /**
     * True when the status says nothing about what was asked: it is asked again as it is. Otherwise something in it is at
     * fault, and the rest may be answered without it.
     */
    public static boolean passing(Status status) {
        return PASSING.contains(status.getCode());
    }
}
