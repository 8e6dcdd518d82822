package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a person can do with a parked message. */
@ApplicationScoped
public class ParkedMessageReplay {
    private static final long PATIENCE_SECONDS = 20;

    private final MessageIntakes intakes;
    private final ParkedMessages parked;

    /** True while several are being replayed: each may be as large as a message can be, and so may its posting. */
    private final AtomicBoolean replaying = new AtomicBoolean();

    @Inject
    public ParkedMessageReplay(MessageIntakes intakes, ParkedMessages parked) {
        this.intakes = intakes;
        this.parked = parked;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** Its effect has happened now, or had happened before. */
        record Replayed() implements Outcome {}

        /**
         * A person has closed it: it will not be applied.
         *
         * @param givenUp whether its number counts as applied now; otherwise it was only set aside
         */
        record Closed(boolean givenUp) implements Outcome {}

        /** It still cannot be applied; it stays parked. */
        record StillParked(String reason) implements Outcome {}

        /** There is no such parked message; it may have been settled. */
        record Unknown() implements Outcome {}
    }

    /**
     * What came of several.
     *
     * @param replayed how many have had their effect
     * @param stillParked how many cannot be applied, or were settled by somebody else meanwhile
     * @param last the last one that was tried, when there are more behind it
     */
    public record Replays(int replayed, int stillParked, OptionalLong last) {}

    /** Applies a parked message after whatever kept it from being applied has been mended. */
    public Outcome replay(long parkedId, String by) {
        Delivery delivery = parked.find(parkedId).orElse(null);
        if (delivery == null) {
            return new Outcome.Unknown();
        }
        MessageIntake<?> intake = intakes.of(delivery.queue()).orElse(null);
        if (intake == null) {
            return new Outcome.StillParked("This service has no consumer for " + delivery.queue());
        }
        try {
            intake.replay(delivery).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            return new Outcome.StillParked(String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            return new Outcome.StillParked("No answer within " + PATIENCE_SECONDS + " s; look again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.StillParked("Interrupted");
        }
        parked.settle(parkedId, "REPLAYED", by);
        return new Outcome.Replayed();
    }

    /**
     * Applies parked messages, one after the other, after whatever kept them from being applied has been mended.
     *
     * @param reasonCode of {@link CannotApply.Because}; null for all
     * @param reason how their reason begins; null for all
     * @param type of the messages; null for all
     * @param queue where they came from; null for all
     * @param after only those behind this one
     * @param limit the most that are tried
     * @return empty when this replica already does so for somebody: then nothing was tried
     */
    public Optional<Replays> replayAll(
            String reasonCode, String reason, String type, String queue, long after, int limit, String by) {
        if (!replaying.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            return Optional.of(replayEach(new ParkedMessages.Kind(reasonCode, reason, type, queue), after, limit, by));
        } finally {
            replaying.set(false);
        }
    }

    private Replays replayEach(ParkedMessages.Kind kind, long after, int limit, String by) {
        List<Long> found = parked.find(kind, after, limit + 1);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int replayed = 0;
        int tried = 0;
        while (tried < Math.min(limit, found.size()) && System.nanoTime() - until < 0) {
            if (replay(found.get(tried), by) instanceof Outcome.Replayed) {
                replayed++;
            }
            tried++;
        }
        return new Replays(
                replayed,
                tried - replayed,
                tried < found.size() && tried > 0 ? OptionalLong.of(found.get(tried - 1)) : OptionalLong.empty());
    }

    /** Gives a parked message up: its number counts as applied, and its effect never happens. */
    public Outcome close(long parkedId, String by) {
        Delivery delivery = parked.find(parkedId).orElse(null);
        if (delivery == null) {
            return new Outcome.Unknown();
        }
        Optional<MessageIntake<?>> intake = intakes.of(delivery.queue());
        return parked.giveUp(
                parkedId,
                intake.flatMap(from -> from.envelope(delivery)),
                intake.flatMap(from -> from.read(delivery)),
                by);
    }
}
