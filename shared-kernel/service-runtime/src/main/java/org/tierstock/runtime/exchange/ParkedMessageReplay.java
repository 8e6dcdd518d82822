package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a person can do with a parked message. */
@ApplicationScoped
public class ParkedMessageReplay {
    private static final long PATIENCE_SECONDS = 20;

    private final MessageIntakes intakes;
    private final ParkedMessages parked;

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
            intake.apply(delivery).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
