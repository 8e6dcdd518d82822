package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.CannotApply.Because;
import org.tierstock.runtime.exchange.SenderHistories.Known;

/**
 * Up to where a sender is believed what an envelope says of its history. What is recorded with an effect is told to the sender
 * when it starts next, and taken as proof of what its database has lost: an epoch that it never began, or a number that it
 * will not reach, would fence it or end its stream, and who puts one message into a queue is not who repairs a layer.
 *
 * <p>Nor is an epoch believed that no layer is ever in, or a negative transaction number: they would stand for nothing in any
 * comparison, and what came with them would be known to nobody's repair.
 *
 * <p>A sender in a new epoch sends nothing before it has told so itself, and a layer that has lost that is told again when it
 * starts; so no real message is ever of an unknown epoch.
 *
 * <p>What was read once is kept: it only grows, so it is read again only for what it does not cover.
 */
@ApplicationScoped
public class SenderBounds {
    /** The transaction number of a layer that has committed nothing yet. */
    private static final long NO_TRANSACTION = 0;

    private record Place(String stream, int partition) {}

    private final SenderHistories histories;
    private final Watermarks watermarks;
    private final long mostAhead;
    private final long mostTransactionsAhead;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** Of places at which something has come, so that a stream that somebody makes up takes no room. */
    private final Map<Place, Long> last = new ConcurrentHashMap<>();

    /**
     * For the container.
     *
     * @param mostAhead how far beyond all that has come of its stream partition a message's number may lie
     * @param mostTransactionsAhead how far beyond all that have had an effect here a sender's transaction number may lie
     */
    @Inject
    public SenderBounds(
            SenderHistories histories,
            Watermarks watermarks,
            @ConfigProperty(name = "tierstock.exchange.most-ahead", defaultValue = "1000000") long mostAhead,
            @ConfigProperty(name = "tierstock.exchange.most-transactions-ahead", defaultValue = "1000000000")
                    long mostTransactionsAhead) {
        this.histories = histories;
        this.watermarks = watermarks;
        this.mostAhead = mostAhead;
        this.mostTransactionsAhead = mostTransactionsAhead;
    }

    /** For the container's proxy. */
    protected SenderBounds() {
        this(null, null, 0, 0);
    }

    /** @throws CannotApply when the envelope of one of them is not believed */
    public void require(List<? extends Received<?>> messages) {
        messages.forEach(this::require);
    }

    private void require(Received<?> message) {
        String stream = message.position().stream();
        Optional<String> doubt = doubt(Streams.senderOf(stream), message.epoch(), message.journal());
        if (doubt.isPresent()) {
            throw new CannotApply(Because.NOT_BELIEVED, doubt.get());
        }
        doubt(message.position()).ifPresent(beyond -> {
            throw new CannotApply(Because.NOT_BELIEVED, beyond);
        });
    }

    /** Why a number is not believed of a stream partition that comes here; empty when it is. */
    public Optional<String> doubt(StreamPosition position) {
        long sequence = position.sequence();
        Place place = new Place(position.stream(), position.partition());
        return sequence - last.getOrDefault(place, 0L) <= mostAhead || sequence - readLast(place) <= mostAhead
                ? Optional.empty()
                : Optional.of(
                        "Not believed: " + position + " lies more than " + mostAhead + " beyond all that has come");
    }

    private long readLast(Place place) {
        long read = watermarks.applied(place.stream()).stream()
                .filter(applied -> applied.partition() == place.partition())
                .mapToLong(AppliedPosition::last)
                .findFirst()
                .orElse(0);
        if (read > 0) {
            last.put(place, read);
        }
        return read;
    }

    /**
     * Why an epoch and a transaction number are not believed of a sender; empty when they are.
     *
     * @param sender sales, dispatch or warehouse
     */
    public Optional<String> doubt(String sender, long epoch, long journal) {
        Known before = known.get(sender);
        if (before != null && covers(before, epoch, journal)) {
            return Optional.empty();
        }
        Known now = histories.known(sender);
        known.put(sender, now);
        if (covers(now, epoch, journal)) {
            return Optional.empty();
        }
        if (epoch < Installation.FIRST_EPOCH || journal < NO_TRANSACTION) {
            return Optional.of("Not believed: there is no epoch " + epoch + " with a transaction " + journal);
        }
        return Optional.of(
                epoch > now.epoch()
                        ? "Not believed: the " + sender + " layer has not begun epoch " + epoch + " here, it is in "
                                + now.epoch()
                        : "Not believed: transaction " + journal + " of the " + sender + " layer lies more than "
                                + mostTransactionsAhead + " beyond the last one known here, " + now.journal());
    }

    private boolean covers(Known known, long epoch, long journal) {
        return epoch >= Installation.FIRST_EPOCH
                && epoch <= known.epoch()
                && journal >= NO_TRANSACTION
                && journal - known.journal() <= mostTransactionsAhead;
    }
}
