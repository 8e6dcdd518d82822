package org.tierstock.runtime.history;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.Code;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.protocol.v1.AppliedRequest;
import org.tierstock.protocol.v1.AppliedResponse;
import org.tierstock.protocol.v1.BeginEpochRequest;
import org.tierstock.protocol.v1.BeginEpochResponse;
import org.tierstock.protocol.v1.CloseNumbersRequest;
import org.tierstock.protocol.v1.CloseNumbersResponse;
import org.tierstock.protocol.v1.HeldAnswer;
import org.tierstock.protocol.v1.HeldAnswersRequest;
import org.tierstock.protocol.v1.HeldAnswersResponse;
import org.tierstock.protocol.v1.HistoryServiceGrpc;
import org.tierstock.protocol.v1.MeetRequest;
import org.tierstock.protocol.v1.MeetResponse;
import org.tierstock.protocol.v1.SentRequest;
import org.tierstock.protocol.v1.SentResponse;
import org.tierstock.protocol.v1.TakenRequest;
import org.tierstock.protocol.v1.TakenResponse;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.calls.Unhurried;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.history.Histories.Kept;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.readers.Spool;
import org.tierstock.runtime.readers.Spools;

/**
 * Tells peers what this layer has seen of their histories, and what they need to repair them (protocol 11.8). That may be
 * more than fits into memory, and a peer may read it slowly: it is read from the database first, and then told.
 */
@GrpcService
@Blocking
@PassesFence
public class HistoryGrpcService extends HistoryServiceGrpc.HistoryServiceImplBase {
    /** PostgreSQL's text holds no NUL. */
    private static final char NOT_TEXT = '\u0000';

    private final Histories histories;
    private final PeerEpochs peerEpochs;
    private final AwaitedMeters awaited;
    private final Installation installation;
    private final Peers peers;
    private final RefusedCalls refusedCalls;
    private final Spools spools;
    private final String layer;

    @Inject
    public HistoryGrpcService(
            Histories histories,
            PeerEpochs peerEpochs,
            AwaitedMeters awaited,
            Installation installation,
            Peers peers,
            RefusedCalls refusedCalls,
            Spools spools,
            @ConfigProperty(name = "tierstock.layer", defaultValue = "") String layer) {
        this.histories = histories;
        this.peerEpochs = peerEpochs;
        this.awaited = awaited;
        this.installation = installation;
        this.peers = peers;
        this.refusedCalls = refusedCalls;
        this.spools = spools;
        this.layer = layer;
    }

    @Override
    public void meet(MeetRequest request, StreamObserver<MeetResponse> caller) {
        String peer = peer(request.getLayer());
        awaited.met(peer, appliedBy(peer, request.getAppliedList()));
        answer(
                caller,
                MeetResponse.newBuilder()
                        .setEnvelope(Protos.envelope(installation))
                        .setSeen(Wire.of(histories.of(peer)))
                        .build());
    }

    @Override
    public void taken(TakenRequest request, StreamObserver<TakenResponse> caller) {
        String peer = peer(request.getLayer());
        awaited.told(peer, appliedBy(peer, request.getTakenList()));
        answer(
                caller,
                TakenResponse.newBuilder()
                        .setEnvelope(Protos.envelope(installation))
                        .build());
    }

    @Override
    public void beginEpoch(BeginEpochRequest request, StreamObserver<BeginEpochResponse> caller) {
        String peer = peer(request.getLayer());
        long epoch = request.getEnvelope().getEpoch();
        if (!histories.beginEpochOf(peer, epoch)) {
            refusedCalls.refused(
                    RefusedCalls.Cause.EPOCH, Caller.current(), "epoch " + epoch + " of the " + peer + " layer");
            throw Problem.of(
                    409,
                    "EPOCH_NOT_NEXT",
                    "Epoch " + epoch + " of the " + peer + " layer is not the next one after those known here.");
        }
        BeginEpochResponse.Builder response =
                BeginEpochResponse.newBuilder().setEnvelope(Protos.envelope(installation));
        histories.appliedOf(peer).forEach(position -> response.addApplied(Protos.of(position)));
        answer(caller, response.build());
    }

    @Override
    public void sent(SentRequest request, StreamObserver<SentResponse> caller) {
        String peer = peer(request.getLayer());
        tell(
                caller,
                SentResponse.parser(),
                Kept::characters,
                messages -> {
                    SentResponse.Builder response = SentResponse.newBuilder();
                    messages.forEach(kept -> response.addMessages(Wire.of(kept)));
                    return response.build();
                },
                each -> histories.sentTo(peer, appliedBy(peer, request.getAppliedList()), each));
    }

    @Override
    public void applied(AppliedRequest request, StreamObserver<AppliedResponse> caller) {
        String peer = peer(request.getLayer());
        List<StreamPosition> heads = request.getHeadsList().stream()
                .filter(head -> carries(peer, layer, head.getStream()))
                .map(Protos::of)
                .toList();
        tell(
                caller,
                AppliedResponse.parser(),
                Kept::characters,
                messages -> {
                    AppliedResponse.Builder response = AppliedResponse.newBuilder();
                    messages.forEach(kept -> response.addMessages(Wire.of(kept)));
                    return response.build();
                },
                each -> histories.appliedBeyond(peer, heads, each));
    }

    @Override
    public void heldAnswers(HeldAnswersRequest request, StreamObserver<HeldAnswersResponse> caller) {
        String peer = peer(request.getLayer());
        tell(
                caller,
                HeldAnswersResponse.parser(),
                (LostHistory.HeldAnswer held) -> held.content().length(),
                answers -> {
                    HeldAnswersResponse.Builder response = HeldAnswersResponse.newBuilder();
                    answers.forEach(held -> response.addAnswers(
                            HeldAnswer.newBuilder().setKind(held.kind()).setContent(held.content())));
                    return response.build();
                },
                each -> histories.heldFor(peer, layer, each));
    }

    /** What is read is put into parts and these aside; when all of it is, they are sent. */
    private <T, A extends MessageLite> void tell(
            StreamObserver<A> caller,
            Parser<A> parser,
            ToIntFunction<T> characters,
            Function<List<T>, A> part,
            Consumer<Consumer<T>> reading) {
        try (Spool spool = spools.open()) {
            Portions<T> portions = new Portions<>(characters, portion -> write(part.apply(portion), spool.out()));
            reading.accept(portions::add);
            portions.close();
            Unhurried<A> answer = new Unhurried<>(caller);
            try (InputStream in = spool.in()) {
                for (A next = parser.parseDelimitedFrom(in); next != null; next = parser.parseDelimitedFrom(in)) {
                    answer.send(next);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        caller.onCompleted();
    }

    private static void write(MessageLite part, OutputStream out) {
        try {
            part.writeDelimitedTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void closeNumbers(CloseNumbersRequest request, StreamObserver<CloseNumbersResponse> caller) {
        String peer = peer(request.getLayer());
        List<Unused> numbers = request.getRangesList().stream().map(Wire::of).toList();
        if (!numbers.stream().allMatch(unused -> carries(peer, layer, unused.stream()))) {
            // They would be taken from messages that are still to come.
            throw Problem.malformed("ranges", "are of a stream that the caller does not send here");
        }
        peerEpochs.requireCurrent(peer, request.getEnvelope());
        if (!histories.closeNumbers(numbers)) {
            throw Problem.malformed("ranges", "lie beyond all that has been applied here");
        }
        answer(
                caller,
                CloseNumbersResponse.newBuilder()
                        .setEnvelope(Protos.envelope(installation))
                        .build());
    }

    private static <A> void answer(StreamObserver<A> caller, A answer) {
        caller.onNext(answer);
        caller.onCompleted();
    }

    /** What a peer has applied of this layer's streams to it. Noise that it has parked may name any others. */
    private List<AppliedPosition> appliedBy(String peer, List<org.tierstock.protocol.v1.AppliedPosition> positions) {
        return Protos.applied(positions.stream()
                .filter(position -> carries(layer, peer, position.getStream()))
                .toList());
    }

    private static boolean carries(String sender, String receiver, String stream) {
        return switch (sender + '>' + receiver) {
            case "dispatch>sales" -> stream.equals(Streams.DISPATCH_TO_SALES);
            case "sales>dispatch" -> stream.equals(Streams.SALES_TO_DISPATCH);
            case "warehouse>dispatch" -> Streams.isFromWarehouse(stream) && stream.indexOf(NOT_TEXT) < 0;
            default -> false;
        };
    }

    /** The layer that a request says it comes from. Whoever names any other than its own would speak for it. */
    private String peer(String named) {
        if (named.isEmpty()) {
            throw Problem.malformed("layer", "is missing");
        }
        if (!Caller.current().isLayer(named)) {
            String other = Code.isOne(named) ? named : "UNREADABLE";
            refusedCalls.refused(RefusedCalls.Cause.LAYER, Caller.current(), "a call for the " + other + " layer");
            throw Problem.forbidden("The token is not of the " + other + " layer.");
        }
        if (!peers.names().contains(named)) {
            throw Problem.malformed("layer", "is not a peer of this layer");
        }
        return named;
    }
}
