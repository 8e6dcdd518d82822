package org.tierstock.dispatch.application.port;

import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.runtime.work.Later;

/** The warehouse layer, by call. Each call is idempotent by its documents and ends at a deadline. */
public interface WarehouseLocks {
    /** What became of a call to one warehouse. */
    sealed interface Answer<A> {
        /** The warehouse answered. */
        record Answered<A>(List<A> answers) implements Answer<A> {
            public Answered {
                answers = List.copyOf(answers);
            }
        }

        /** Nothing is known: ask again with the same documents, never assume. */
        record Indeterminate<A>(String reason) implements Answer<A> {}

        /** The warehouse does not answer these documents together; which of them is at fault may not be known. */
        record Refused<A>(String reason) implements Answer<A> {}
    }

    /**
     * What a warehouse locked.
     *
     * @param locked whole units, 0 to what was asked
     * @param at the last number of its stream, in the SKU's partition, when it decided
     * @param stale the outbound's row was purged long ago: nothing moved and nothing is owed
     * @param by where the warehouse's history was when it answered
     */
    record Lock(String outbound, long locked, long at, boolean stale, PeerJournal by) {}

    /**
     * What a warehouse released.
     *
     * @param request the request that it answers
     * @param unknown the warehouse knows no such outbound: nothing moved
     * @param by where the warehouse's history was when it answered
     */
    record Release(String outbound, String request, long released, boolean unknown, PeerJournal by) {}

    /**
     * Asks warehouses to lock goods, each in one call, and does not wait for their answers.
     *
     * @param parcels by warehouse
     * @param low by warehouse, see {@link Outbounds#low}
     * @return the answer of every warehouse that was asked, when it has come or the call's deadline has; it never fails
     */
    Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low);

    /**
     * Asks warehouses to release what is locked and not picked, each in one call, likewise.
     *
     * @param outbounds by warehouse, each with its request
     * @return the answer of every warehouse that was asked, when it has come or the call's deadline has; it never fails
     */
    Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds);
}
