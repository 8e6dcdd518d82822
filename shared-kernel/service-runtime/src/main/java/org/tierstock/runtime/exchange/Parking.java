package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.tierstock.runtime.exchange.CannotApply.Because;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.GroupCommits;
import org.tierstock.runtime.posting.Overloaded;

/**
 * Where messages wait to be parked: in a lane, many in a transaction, each queue with its places and turns. So a flood of what
 * nobody can apply takes no more connections than any other posting, and no place of what can be applied.
 */
@ApplicationScoped
public class Parking {
    /**
     * A message that is to be parked.
     *
     * @param envelope where it stands in its stream, if anywhere
     * @param message what could be read of it
     */
    record Refused(
            Delivery delivery,
            Because because,
            String reason,
            Optional<Envelope> envelope,
            Optional<? extends Received<?>> message) {}

    private final GroupCommit<Refused, Boolean> lane;

    @Inject
    public Parking(GroupCommits groupCommits, ParkedMessages parked) {
        this.lane = groupCommits.unfenced("park-messages", GroupCommit.oneLine(), parked::park);
    }

    /** For the container's proxy. */
    protected Parking() {
        this.lane = null;
    }

    /** Parks a message; completes when it is durable, and fails when it cannot be kept, or when too many of its queue wait. */
    CompletionStage<Void> park(Refused refused) {
        String queue = refused.delivery().queue();
        try {
            return lane.submit(queue, queue, refused).thenApply(parked -> null);
        } catch (Overloaded full) {
            return CompletableFuture.failedFuture(full);
        }
    }
}
