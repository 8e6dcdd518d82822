package org.tierstock.runtime.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.GroupCommits;
import org.tierstock.runtime.posting.Replayable;

/** The intakes of a service: one a queue, made by its consumers. */
@ApplicationScoped
public class MessageIntakes {
    /** Applies messages in one transaction: admits them to the inbox and has their effects. */
    @FunctionalInterface
    public interface Effects<M extends Message> {
        /** @throws CannotApply when one of them cannot be applied as things stand; then none is */
        void apply(List<Received<M>> messages);
    }

    private final GroupCommits groupCommits;
    private final Parking parking;
    private final QueueReceivers receivers;
    private final SenderBounds bounds;
    private final MeterRegistry meters;
    private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, MessageIntake<?>> intakes = new ConcurrentHashMap<>();

    @Inject
    public MessageIntakes(
            GroupCommits groupCommits,
            Parking parking,
            QueueReceivers receivers,
            SenderBounds bounds,
            MeterRegistry meters) {
        this.groupCommits = groupCommits;
        this.parking = parking;
        this.receivers = receivers;
        this.bounds = bounds;
        this.meters = meters;
    }

    /**
     * Begins to receive a queue and to apply its messages.
     *
     * @param queue its name, which also names its parked messages
     * @param sender the layer that fills it, and whose streams alone may come by it: sales, dispatch or warehouse
     * @param effects the transactional use case
     */
    public <M extends Message> void open(String queue, String sender, Class<M> accepted, Effects<M> effects) {
        GroupCommit<Replayable<Received<M>>, Boolean> posting =
                groupCommits.ofReplayable(queue, GroupCommit.oneLine(), messages -> {
                    bounds.require(messages);
                    effects.apply(messages);
                    return MessageIntake.applied(messages);
                });
        MessageIntake<M> intake = called(
                queue,
                sender,
                accepted,
                // Many warehouses fill one queue: each stream has its turns.
                (received, replayed) -> posting.submit(
                        received.position().stream(),
                        received.message().subject(),
                        new Replayable<>(received, replayed)));
        receivers.open(queue, intake::take, intake::tooLarge);
    }

    /**
     * The intake of messages that a kind of call brings. What cannot be applied of them is parked, replayed and closed like
     * what came from a queue.
     *
     * @param name names its parked messages, as a queue's name does
     * @param sender the layer whose streams alone may come so
     */
    public <M extends Message> MessageIntake<M> called(
            String name, String sender, Class<M> accepted, MessageIntake.Posting<M> posting) {
        MessageIntake<M> intake = new MessageIntake<>(name, sender, accepted, posting, parking, blocking, meters);
        if (intakes.putIfAbsent(name, intake) != null) {
            throw new IllegalStateException("Two consumers have the same name: " + name);
        }
        return intake;
    }

    /** The intake of a queue, to replay what was parked from it. */
    Optional<MessageIntake<?>> of(String queue) {
        return Optional.ofNullable(intakes.get(queue));
    }
}
