package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.changes.Signed;

/**
 * Gives up outbounds that their warehouse does not know, by a person's decision: they would be asked about for ever, and hold up
 * what the warehouse may purge. The warehouse is asked once more, so none that it knows is given up.
 */
@ApplicationScoped
public class CloseOutbounds {
    /** What became of it. */
    public sealed interface Outcome {
        /** It is given up: so many units are not expected from the warehouse any more. */
        record Closed(Outbound before, long quantity) implements Outcome {}

        /** Its warehouse is not to be asked anything about it. */
        record NothingAsked() implements Outcome {}

        /** Its warehouse knows it, and its answer will be recorded. */
        record Known() implements Outcome {}

        /** Its warehouse did not say whether it knows it, or it has changed meanwhile. */
        record NotSaid(String reason) implements Outcome {}

        /** There is no such outbound. */
        record UnknownOutbound() implements Outcome {}
    }

    private final Outbounds outbounds;
    private final WarehouseLocks warehouses;
    private final RecordGivenUp recordGivenUp;

    @Inject
    public CloseOutbounds(Outbounds outbounds, WarehouseLocks warehouses, RecordGivenUp recordGivenUp) {
        this.outbounds = outbounds;
        this.warehouses = warehouses;
        this.recordGivenUp = recordGivenUp;
    }

    /**
     * Gives outbounds up. Calls their warehouses, so it must not run in a transaction.
     *
     * @param ids of outbounds
     * @return the outcomes in the order of the ids
     */
    public List<Outcome> close(List<Signed<String>> ids) {
        return ids.stream().map(this::close).toList();
    }

    private Outcome close(Signed<String> id) {
        Parcel parcel = outbounds.parcel(id.asked()).orElse(null);
        if (parcel == null) {
            return new Outcome.UnknownOutbound();
        }
        Outbound outbound = parcel.outbound();
        Outcome hindrance = hindrance(parcel);
        if (hindrance != null) {
            return hindrance;
        }
        return recordGivenUp.record(outbound, id.by())
                ? new Outcome.Closed(outbound, outbound.remaining())
                : new Outcome.NotSaid("It has changed meanwhile.");
    }

    /** Why it cannot be given up; null when its warehouse does not know it. */
    private Outcome hindrance(Parcel parcel) {
        Outbound outbound = parcel.outbound();
        String warehouse = outbound.warehouse();
        if (outbound.state() == Outbound.State.REQUESTED) {
            Map<String, Long> low = outbounds.low(List.of(warehouse));
            return of(
                    warehouses
                            .lock(Map.of(warehouse, List.of(parcel)), low)
                            .get(warehouse)
                            .get(),
                    Lock::stale);
        }
        return outbound.release() == null
                ? new Outcome.NothingAsked()
                : of(
                        warehouses
                                .release(Map.of(warehouse, List.of(outbound)))
                                .get(warehouse)
                                .get(),
                        Release::unknown);
    }

    private static <A> Outcome of(Answer<A> answer, Predicate<A> unknown) {
        return switch (answer) {
            case Answer.Answered<A>(List<A> answers) -> answers.stream().allMatch(unknown) ? null : new Outcome.Known();
            case Answer.Indeterminate<A>(String reason) -> new Outcome.NotSaid(reason);
            case Answer.Refused<A>(String reason) -> new Outcome.NotSaid(reason);
        };
    }
}
