package org.tierstock.runtime.exchange;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.CannotApply.Because;
import org.tierstock.runtime.exchange.Parking.Refused;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.posting.OutcomeUnknown;
import org.tierstock.runtime.posting.Overloaded;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.sql.DatabaseFailure;

/**
 * Applies the messages of one queue, or those that one kind of call brings: decodes, groups, has the use case apply
 * them, and only then acknowledges.
 *
 * <p>What can never be applied as it is goes to the parked messages, with its reason; what fails because something is
 * down or in the way stays unacknowledged and is tried again until it succeeds. Nothing is dropped.
 *
 * @param <M> the messages that the layer applies from this queue
 */
public final class MessageIntake<M extends Message> {
    private static final Logger LOG = Logger.getLogger(MessageIntake.class);
    private static final long PAUSE_MILLIS = 300;

    private static final String REFUSED = "tierstock.messages.refused";

    /** The id of the note of messages that were too large to be read. */
    private static final String TOO_LARGE = "too-large";

    private final String queue;
    private final String sender;
    private final Class<M> accepted;
    private final Posting<M> posting;
    private final Parking parking;
    private final Executor blocking;
    private final Map<Because, Counter> refused;
    private final Counter refusedForSize;

    /** True while a note of messages that were too large is being written. */
    private final AtomicBoolean noting = new AtomicBoolean();

    /** Posts one message. */
    @FunctionalInterface
    public interface Posting<M extends Message> {
        /**
         * Applies it; done when its effect is durable.
         *
         * @param replayed whether a person has asked for it; otherwise it is applied while the fence is open, and not before
         */
        CompletionStage<?> post(Received<M> message, boolean replayed);
    }

    /**
     * An intake that nobody feeds yet.
     *
     * @param sender the layer whose queue it is: sales, dispatch or warehouse
     */
    MessageIntake(
            String queue,
            String sender,
            Class<M> accepted,
            Posting<M> posting,
            Parking parking,
            Executor blocking,
            MeterRegistry meters) {
        this.queue = queue;
        this.sender = sender;
        this.accepted = accepted;
        this.posting = posting;
        this.parking = parking;
        this.blocking = blocking;
        this.refused = Map.of(
                Because.WRONG_SENDER, refused(meters, "sender"), Because.NOT_BELIEVED, refused(meters, "envelope"));
        this.refusedForSize = refused(meters, "size");
    }

    private Counter refused(MeterRegistry meters, String cause) {
        return Counter.builder(REFUSED)
                .description(
                        "Messages that nobody has sent who may: of another layer's stream, with an envelope that the"
                                + " stream's own sender cannot have written, or larger than any")
                .tag("queue", queue)
                .tag("cause", cause)
                .register(meters);
    }

    String queue() {
        return queue;
    }

    /** What became of a message that a call has brought. */
    public sealed interface Taken {
        /** It has its effect, now or before. */
        record Applied() implements Taken {}

        /** It cannot be applied as things stand, and waits for a person: its sender has done its part. */
        record Parked(String reason) implements Taken {}

        /** Nothing is known of it: its sender must bring it again. */
        record NotApplied(String reason) implements Taken {}
    }

    /** Applies a message that a call has brought, or parks it. Never fails. */
    public CompletionStage<Taken> take(Brought message) {
        Delivery delivery = message.delivery(queue);
        return apply(delivery)
                .<Taken>thenApply(applied -> new Taken.Applied())
                .exceptionallyCompose(failure -> again(cause(failure))
                        ? CompletableFuture.completedFuture(new Taken.NotApplied(message(failure)))
                        : parking(delivery, cause(failure)).thenApply(parked -> new Taken.Parked(message(failure))))
                .exceptionally(failure -> new Taken.NotApplied(message(failure)));
    }

    private static String message(Throwable failure) {
        return String.valueOf(cause(failure).getMessage());
    }

    /** Applies a delivery; completes when its effect, or its parking, is durable. Never fails. */
    CompletionStage<Void> take(Delivery delivery) {
        return apply(delivery)
                .exceptionallyCompose(failure ->
                        again(cause(failure)) ? later(() -> take(delivery)) : park(delivery, cause(failure)));
    }

    /**
     * A message has come that is larger than a layer's can be. Nothing of it was read, and the broker brings it no more; were a
     * layer's own in its place, that one is missed, and carried again. A person is shown one such note, however many come while it
     * waits.
     *
     * @param most the largest size that is received, in bytes
     */
    void tooLarge(long most) {
        refusedForSize.increment();
        if (noting.compareAndSet(false, true)) {
            note(most).whenComplete((noted, failure) -> noting.set(false));
        }
    }

    private CompletionStage<Void> note(long most) {
        Delivery nothing = Delivery.of(queue, TOO_LARGE, new JsonObject(), new byte[0]);
        CannotApply reason =
                new CannotApply(Because.UNREADABLE, "Too large: beyond " + most + " bytes; nothing of it is kept");
        return parking(nothing, reason).exceptionallyCompose(e -> later(() -> note(most)));
    }

    private CompletionStage<Void> apply(Delivery delivery) {
        return apply(delivery, false);
    }

    /**
     * Applies a delivery once, since a person has asked for it: also while the layer is repaired.
     *
     * @return failed with the reason when it was not applied
     */
    CompletionStage<Void> replay(Delivery delivery) {
        return apply(delivery, true);
    }

    private CompletionStage<Void> apply(Delivery delivery, boolean replayed) {
        try {
            Received<M> received = delivery.decode(sender, accepted);
            return posting.post(received, replayed).thenApply(applied -> null);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever it is: a delivery without an outcome is never settled and never seen again.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The message of a delivery; empty when it cannot be read. */
    Optional<Received<M>> read(Delivery delivery) {
        try {
            return Optional.of(delivery.decode(sender, accepted));
        } catch (RuntimeException | StackOverflowError unreadable) {
            return Optional.empty();
        }
    }

    /** Where a delivery stands in its stream; empty when it does not say so, or has no business in that place. */
    Optional<Envelope> envelope(Delivery delivery) {
        try {
            delivery.decode(sender, accepted);
        } catch (RuntimeException | StackOverflowError failure) {
            if (CannotApply.because(failure) == Because.WRONG_ENVELOPE) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(delivery.envelope(sender));
        } catch (CannotApply none) {
            return Optional.empty();
        }
    }

    /** True when what has failed may succeed at the next try: something is down or in the way. */
    public static boolean again(Throwable failure) {
        return failure instanceof Overloaded
                || failure instanceof OutcomeUnknown
                || failure instanceof Problem problem && problem.code().equals(Fence.FENCED)
                || failure instanceof DatabaseFailure database
                        && (database.conflict() || database.nothingDone() || database.unreachable());
    }

    private CompletionStage<Void> later(Supplier<CompletionStage<Void>> attempt) {
        return CompletableFuture.supplyAsync(
                        attempt, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, blocking))
                .thenCompose(begun -> begun);
    }

    private CompletionStage<Void> park(Delivery delivery, Throwable failure) {
        return parking(delivery, failure).exceptionallyCompose(e -> {
            LOG.warnf(
                    "%s: parking message %s failed and is tried again: %s",
                    queue, delivery.id(), ParkedMessages.reason(message(e)));
            return later(() -> take(delivery));
        });
    }

    private CompletionStage<Void> parking(Delivery delivery, Throwable failure) {
        String reason = ParkedMessages.reason(String.valueOf(failure.getMessage()));
        if (failure instanceof CannotApply) {
            LOG.warnf("%s: message %s is parked: %s", queue, delivery.id(), reason);
        } else {
            LOG.errorf(failure, "%s: message %s is parked: it breaks its posting", queue, delivery.id());
        }
        Because because = CannotApply.because(failure);
        if (refused.containsKey(because)) {
            refused.get(because).increment();
        }
        return CompletableFuture.supplyAsync(
                        () -> parking.park(new Refused(delivery, because, reason, envelope(delivery), read(delivery))),
                        blocking)
                .thenCompose(parked -> parked)
                .exceptionallyCompose(e -> again(cause(e))
                        ? CompletableFuture.failedFuture(e)
                        : parkingBare(delivery, because, reason, cause(e)));
    }

    /**
     * Parks that a message came whose content cannot be kept either. It has no place, so that what truly stands there is awaited;
     * unparked it would hold its part of the queue's credit for ever.
     */
    private CompletionStage<Void> parkingBare(Delivery delivery, Because because, String reason, Throwable failure) {
        LOG.errorf(failure, "%s: nothing of message %s can be kept but that it came", queue, delivery.id());
        return parking.park(new Refused(
                delivery.bare(), because, "Nothing of it can be kept. " + reason, Optional.empty(), Optional.empty()));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    /** For the group commit: applies in one transaction, and answers true for each. */
    static <M extends Message> List<Boolean> applied(List<Received<M>> messages) {
        return java.util.Collections.nCopies(messages.size(), Boolean.TRUE);
    }
}
