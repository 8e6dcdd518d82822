package org.tierstock.dispatch.adapter.in.grpc;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.tierstock.dispatch.application.SourceOrders.PaidOrder;
import org.tierstock.dispatch.v1.HandOverOrder;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Brought;
import org.tierstock.runtime.exchange.MessageIntake;
import org.tierstock.runtime.exchange.MessageIntake.Taken;
import org.tierstock.runtime.exchange.MessageIntakes;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.Replayable;
import org.tierstock.runtime.trace.TraceContext;

/**
 * Takes paid orders over, the lines of an order together, so that it is sourced as a whole. An order that cannot be taken so
 * is taken line by line; a line that cannot be taken by itself either waits alone, among the parked messages.
 *
 * <p>Sales brings them, but each channel has its places and turns: the flood of one delays no other's.
 */
@ApplicationScoped
public class HandOverIntake {
    private static final Logger LOG = Logger.getLogger(HandOverIntake.class);
    private static final String NAME = "hand-over";
    private static final String SALES = "sales";

    private final GroupCommit<Replayable<PaidOrder>, Boolean> sourcing;
    private final MessageIntake<HandOver> lines;

    @Inject
    public HandOverIntake(GroupCommit<Replayable<PaidOrder>, Boolean> sourcing, MessageIntakes intakes) {
        this.sourcing = sourcing;
        this.lines = intakes.called(
                NAME, SALES, HandOver.class, (line, replayed) -> source(new PaidOrder(List.of(line)), replayed));
    }

    /** For the container's proxy. */
    protected HandOverIntake() {
        this.sourcing = null;
        this.lines = null;
    }

    void open(@Observes StartupEvent event) {
        // Made at the start and not by the first call: somebody may replay what was parked before.
    }

    /** Takes an order over; completes, never failed, with what became of each of its lines, in their order. */
    CompletionStage<List<Taken>> take(HandOverOrder order) {
        return together(order).exceptionallyCompose(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return MessageIntake.again(cause)
                    ? CompletableFuture.completedFuture(
                            ofAll(order, new Taken.NotApplied(String.valueOf(cause.getMessage()))))
                    : oneByOne(order);
        });
    }

    /** Takes a hand-over that comes as it stands, by itself; completes, never failed, with what became of it. */
    CompletionStage<Taken> take(Brought opaque) {
        return lines.take(opaque);
    }

    private CompletionStage<List<Taken>> together(HandOverOrder order) {
        try {
            return source(Requests.paid(order), false).thenApply(applied -> ofAll(order, new Taken.Applied()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static List<Taken> ofAll(HandOverOrder order, Taken taken) {
        return Collections.nCopies(order.getLinesCount(), taken);
    }

    private CompletionStage<List<Taken>> oneByOne(HandOverOrder order) {
        List<CompletableFuture<Taken>> taken = Requests.brought(order).stream()
                .map(line -> lines.take(line).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new))
                .thenApply(all -> taken.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<Boolean> source(PaidOrder order, boolean replayed) {
        HandOver first = order.lines().getFirst().message();
        return sourcing.submit(first.key().channel(), first.key().sku().code(), new Replayable<>(order, replayed))
                .thenApply(applied -> {
                    // In the trace of the order, which began at the sales layer.
                    TraceContext.continuing(first.traceParent())
                            .run(() -> LOG.infof(
                                    "Order %s: %d paid lines taken over",
                                    first.order(), order.lines().size()));
                    return applied;
                });
    }
}
