package org.tierstock.runtime.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.protocol.v1.AppliedRequest;
import org.tierstock.protocol.v1.BeginEpochRequest;
import org.tierstock.protocol.v1.BeginEpochResponse;
import org.tierstock.protocol.v1.CloseNumbersRequest;
import org.tierstock.protocol.v1.HeldAnswersRequest;
import org.tierstock.protocol.v1.KeptMessage;
import org.tierstock.protocol.v1.MeetResponse;
import org.tierstock.protocol.v1.SentRequest;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.CannotApply.Because;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.history.LostHistory.HeldAnswer;
import org.tierstock.runtime.problem.Problem;

/** The steps by which a layer whose database was set back is repaired (protocol 11.8). Each may be repeated. */
@ApplicationScoped
public class Repair {
    private static final Logger LOG = Logger.getLogger(Repair.class);

    /** How many ranges of numbers are closed by one call. */
    private static final int RANGES = 10_000;

    /** How many epochs a peer may have missed, and how far what it knows may lie from what others know. */
    static final long MOST_EPOCHS = 100;

    private final Peers peers;
    private final Histories histories;
    private final RestorationRows restorations;
    private final Installation installation;
    private final Rebuilder rebuilder;
    private final SenderBounds bounds;
    private final String layer;

    @Inject
    public Repair(
            Peers peers,
            Histories histories,
            RestorationRows restorations,
            Installation installation,
            Rebuilder rebuilder,
            SenderBounds bounds,
            @ConfigProperty(name = "tierstock.layer", defaultValue = "") String layer) {
        this.peers = peers;
        this.histories = histories;
        this.restorations = restorations;
        this.installation = installation;
        this.rebuilder = rebuilder;
        this.bounds = bounds;
        this.layer = layer;
    }

    /** For the container's proxy. */
    protected Repair() {
        this(null, null, null, null, null, null, null);
    }

    /**
     * Begins the next epoch: from here on peers drop what the lost history has sent, new numbers begin behind all that they
     * have applied, and what they lack goes out again when the fence is open.
     */
    void beginEpoch(Restoration restoration) {
        long epoch = epochAfter(restoration);
        restorations.beginEpoch(restoration.number(), epoch);
        installation.readAgain();
        for (String peer : peers.names()) {
            BeginEpochResponse begun = tell(peer, epoch);
            var applied = Protos.applied(begun.getAppliedList());
            List<Unused> unused = restorations.align(peer, applied);
            histories.carryAgain(peer, applied);
            LOG.infof("Epoch %d begins at the %s layer", epoch, peer);
            LOG.debugf("Numbers of the lost history that are without a message here: %s", unused);
        }
        restorations.to(Restoration.State.EPOCH_BEGUN, restoration.number());
    }

    /**
     * Tells a peer that an epoch begins. It takes the next one only: of those that began without its hearing of it, since the
     * repair failed before it came to this peer, it is told first.
     */
    private BeginEpochResponse tell(String peer, long epoch) {
        long seen = epochSeen(peer);
        requireNear(peer, seen, epoch);
        for (long next = seen + 1; next < epoch; next++) {
            begin(peer, next);
        }
        return begin(peer, epoch);
    }

    private BeginEpochResponse begin(String peer, long epoch) {
        return peers.history(peer)
                .beginEpoch(BeginEpochRequest.newBuilder()
                        .setEnvelope(Protos.envelope(installation).toBuilder().setEpoch(epoch))
                        .setLayer(layer)
                        .build());
    }

    /** Few repairs fail before they come to a peer. Whoever names an epoch far from the others has not heard of it from here. */
    private static void requireNear(String peer, long seen, long epoch) {
        if (Math.abs(Math.subtractExact(epoch, seen)) > MOST_EPOCHS) {
            throw Problem.of(
                    409,
                    "EPOCHS_APART",
                    "The " + peer + " layer knows epoch " + seen + " of this layer, and others epoch " + epoch
                            + ": more than " + MOST_EPOCHS + " cannot have been missed.");
        }
    }

    /** A peer may have begun an epoch that this database has never heard of, or has lost: what it gives is of that one. */
    private MeetResponse meet(String peer) {
        MeetResponse met = peers.history(peer).meet(Wire.meeting(installation, layer, histories.taken()));
        histories.epochToldBy(peer, met.getEnvelope().getEpoch());
        return met;
    }

    /** The newest epoch that a peer knows of this layer. */
    private long epochSeen(String peer) {
        return Math.max(meet(peer).getSeen().getEpoch(), Installation.FIRST_EPOCH);
    }

    /** The one that this repair has begun already; else the next after all that are known anywhere. */
    private long epochAfter(Restoration restoration) {
        if (restoration.state() == Restoration.State.EPOCH_BEGUN) {
            return restoration.epoch();
        }
        long newest = installation.epoch();
        for (String peer : peers.names()) {
            long seen = epochSeen(peer);
            requireNear(peer, seen, newest);
            newest = Math.max(newest, seen);
        }
        return Math.addExact(newest, 1);
    }

    /**
     * Makes good what peers know of the lost history. When all of it is, the numbers that nobody knows a message of are
     * closed, and the layer counts as rebuilt.
     *
     * @return what could not be made good, for a person: then it is not rebuilt, and may be tried again
     * @throws Problem UNREADABLE, WRONG_SENDER or NOT_BELIEVED when a peer gives a message that cannot be read, or that it cannot
     *     have sent, and that nobody has among the parked messages; NUMBERS_APART when it says that it has applied what this layer
     *     cannot have sent. Then nothing is made good
     */
    List<String> rebuild(Restoration restoration) {
        List<Received<Message>> received = new ArrayList<>();
        List<Received<Message>> own = new ArrayList<>();
        List<HeldAnswer> held = new ArrayList<>();
        // What is parked has had no effect, and may be about what was lost: it is asked for too.
        var applied = histories.applied().stream().map(Protos::of).toList();
        List<AppliedPosition> parked = histories.parked();
        var heads = restorations.heads(restoration.number()).stream()
                .map(Protos::of)
                .toList();
        for (String peer : peers.names()) {
            meet(peer);
            peers.history(peer)
                    .sent(SentRequest.newBuilder()
                            .setLayer(layer)
                            .addAllApplied(applied)
                            .build())
                    .forEachRemaining(page -> page.getMessagesList()
                            .forEach(kept -> readable(peer, kept, parked).ifPresent(received::add)));
            peers.history(peer)
                    .applied(AppliedRequest.newBuilder()
                            .setLayer(layer)
                            .addAllHeads(heads)
                            .build())
                    .forEachRemaining(page -> page.getMessagesList().forEach(kept -> own.add(message(kept))));
            peers.history(peer)
                    .heldAnswers(HeldAnswersRequest.newBuilder().setLayer(layer).build())
                    .forEachRemaining(page -> page.getAnswersList()
                            .forEach(answer -> held.add(new HeldAnswer(peer, answer.getKind(), answer.getContent()))));
        }
        requireGiven(own);
        LOG.infof(
                "Rebuilding from %d messages of peers, %d own messages that peers have applied, and %d documents of calls",
                received.size(), own.size(), held.size());
        List<String> left = rebuilder.rebuild(new LostHistory(received, own, held));
        if (!left.isEmpty() && received.removeIf(message -> holds(parked, message.position()))) {
            // A parked message that fits now no better than before holds up nothing else: it waits on, for a person.
            left = rebuilder.rebuild(new LostHistory(received, own, held));
        }
        left.forEach(sentence -> LOG.errorf("Not made good: %s", sentence));
        if (left.isEmpty()) {
            closeUnusedNumbers(restoration);
            restorations.to(Restoration.State.REBUILT, restoration.number());
        }
        return left;
    }

    /** What peers have applied lies within what {@link RestorationRows#align} has read of them: more would end a stream. */
    private void requireGiven(List<Received<Message>> own) {
        List<StreamPosition> never =
                restorations.neverGiven(own.stream().map(Received::position).toList());
        if (!never.isEmpty()) {
            throw Problem.of(
                    409,
                    "NUMBERS_APART",
                    "A peer says that it has applied " + never.getFirst() + ", which this layer cannot have sent: "
                            + never.size() + " such messages.");
        }
    }

    private void closeUnusedNumbers(Restoration restoration) {
        for (String peer : peers.names()) {
            BeginEpochResponse begun = begin(peer, restoration.epoch());
            List<Unused> unused = restorations.align(peer, Protos.applied(begun.getAppliedList()));
            for (int from = 0; from < unused.size(); from += RANGES) {
                closeNumbers(peer, unused.subList(from, Math.min(unused.size(), from + RANGES)));
            }
        }
    }

    private void closeNumbers(String peer, List<Unused> numbers) {
        peers.history(peer)
                .closeNumbers(CloseNumbersRequest.newBuilder()
                        .setEnvelope(Protos.envelope(installation))
                        .setLayer(layer)
                        .addAllRanges(numbers.stream().map(Wire::of).toList())
                        .build());
    }

    /** A message of a peer; empty when it cannot be read, or not be believed, and a person has it. */
    private Optional<Received<Message>> readable(String peer, KeptMessage kept, List<AppliedPosition> parked) {
        try {
            Received<Message> message = message(kept);
            if (!Streams.senderOf(message.position().stream()).equals(peer)) {
                throw new CannotApply(
                        Because.WRONG_SENDER,
                        "Wrong sender: " + message.position() + " is not of the " + peer + " layer");
            }
            // Its number may lie as far beyond this database as that is old.
            bounds.doubt(peer, message.epoch(), message.journal()).ifPresent(doubt -> {
                throw new CannotApply(Because.NOT_BELIEVED, doubt);
            });
            return Optional.of(message);
        } catch (CannotApply why) {
            StreamPosition position = Protos.of(kept.getPosition());
            if (holds(parked, position)) {
                return Optional.empty();
            }
            throw Problem.of(
                    409,
                    CannotApply.because(why).name(),
                    "The " + peer + " layer gives " + position + ", which cannot be made good: " + why.getMessage());
        }
    }

    private static boolean holds(List<AppliedPosition> numbers, StreamPosition position) {
        return numbers.stream().anyMatch(some -> some.holds(position));
    }

    private static Received<Message> message(KeptMessage kept) {
        Message message =
                MessageCodec.read(kept.getType(), kept.getPayload().getBytes(StandardCharsets.UTF_8), Message.class);
        return new Received<>(message, Protos.of(kept.getPosition()), kept.getEpoch(), kept.getJournal());
    }
}
