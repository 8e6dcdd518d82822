package org.tierstock.dispatch.adapter.in.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.application.CancelLines.CancelLine;
import org.tierstock.dispatch.application.port.DispatchOrderQueries;
import org.tierstock.dispatch.v1.CancelAnswer;
import org.tierstock.dispatch.v1.CancelLinesRequest;
import org.tierstock.dispatch.v1.CancelLinesResponse;
import org.tierstock.dispatch.v1.DispatchLine;
import org.tierstock.dispatch.v1.GetRequest;
import org.tierstock.dispatch.v1.GetResponse;
import org.tierstock.dispatch.v1.HandOverOrder;
import org.tierstock.dispatch.v1.HandOverOutcome;
import org.tierstock.dispatch.v1.HandOverRequest;
import org.tierstock.dispatch.v1.HandOverResponse;
import org.tierstock.dispatch.v1.HandOverService;
import org.tierstock.dispatch.v1.HandOverState;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Brought;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.MessageIntake.Taken;
import org.tierstock.runtime.history.PeerEpochs;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.Sender;

/**
 * Takes paid orders and their cancels over from sales (S36, S118, protocol 4, 11.2, 11.3).
 *
 * <p>Each line of a hand-over has an outcome of its own; what was done is found again under the same numbers.
 */
@GrpcService
@Blocking
public class HandOverGrpcService implements HandOverService {
    private static final String SALES = "sales";

    /** In characters. All lines of a call may have one. */
    private static final int LONGEST_REASON = 500;

    private final HandOverIntake handOvers;
    private final GroupCommit<CancelLine, CancelLines.Outcome> cancelling;
    private final DispatchOrderQueries orders;
    private final Installation installation;
    private final PeerEpochs peerEpochs;

    @Inject
    public HandOverGrpcService(
            HandOverIntake handOvers,
            GroupCommit<CancelLine, CancelLines.Outcome> cancelling,
            DispatchOrderQueries orders,
            Installation installation,
            PeerEpochs peerEpochs) {
        this.handOvers = handOvers;
        this.cancelling = cancelling;
        this.orders = orders;
        this.installation = installation;
        this.peerEpochs = peerEpochs;
    }

    @Override
    public Uni<HandOverResponse> handOver(HandOverRequest request) {
        peerEpochs.requireCurrent(SALES, request.getEnvelope());
        List<HandOverOrder> paid = Requests.orders(request);
        List<Brought> opaque = Requests.opaque(request);
        List<CompletableFuture<List<Taken>>> taken = Stream.concat(
                        paid.stream().map(handOvers::take),
                        opaque.stream().map(one -> handOvers.take(one).thenApply(List::of)))
                .map(CompletionStage::toCompletableFuture)
                .toList();
        HandOverResponse.Builder response = HandOverResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch());
        taken.forEach(order -> order.join().forEach(line -> response.addOutcomes(outcome(line))));
        return Uni.createFrom().item(response.build());
    }

    private static HandOverOutcome outcome(Taken taken) {
        return switch (taken) {
            case Taken.Applied applied -> outcome(HandOverState.HAND_OVER_STATE_APPLIED, "");
            case Taken.Parked(String reason) -> outcome(HandOverState.HAND_OVER_STATE_PARKED, reason);
            case Taken.NotApplied(String reason) -> outcome(HandOverState.HAND_OVER_STATE_NOT_APPLIED, reason);
        };
    }

    private static HandOverOutcome outcome(HandOverState state, String reason) {
        return HandOverOutcome.newBuilder()
                .setState(state)
                .setReason(reason.substring(0, Math.min(LONGEST_REASON, reason.length())))
                .build();
    }

    @Override
    public Uni<CancelLinesResponse> cancelLines(CancelLinesRequest request) {
        peerEpochs.requireCurrent(SALES, request.getEnvelope());
        Sender sender = Sender.of(Caller.current().party());
        List<CancelLines.Outcome> outcomes = cancelling
                .submitAll(cancel -> sender, cancel -> cancel.line().order(), Requests.of(request))
                .toCompletableFuture()
                .join();
        CancelLinesResponse.Builder response = CancelLinesResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch());
        outcomes.forEach(outcome -> response.addAnswers(answer(outcome)));
        return Uni.createFrom().item(response.build());
    }

    private static CancelAnswer answer(CancelLines.Outcome outcome) {
        return switch (outcome) {
            case CancelLines.Outcome.Accepted(long quantity) ->
                CancelAnswer.newBuilder().setAccepted(quantity).build();
            case CancelLines.Outcome.UnknownLine unknown ->
                CancelAnswer.newBuilder().setUnknown(true).build();
        };
    }

    @Override
    public Uni<GetResponse> get(GetRequest request) {
        String order = Requests.order(request.getOrder());
        GetResponse.Builder response = GetResponse.newBuilder();
        Map<String, List<DispatchOrderQueries.Line>> lines = orders.lines(List.of(order));
        lines.getOrDefault(order, List.of()).forEach(line -> response.addLines(line(line.line())));
        return Uni.createFrom().item(response.build());
    }

    private static DispatchLine line(org.tierstock.dispatch.domain.DispatchLine line) {
        return DispatchLine.newBuilder()
                .setOrderLine(line.number().line())
                .setQuantity(line.quantity())
                .setAllocated(line.allocated())
                .setShipped(line.shipped())
                .setShortQuantity(line.shortage())
                .setCancelled(line.cancelled())
                .build();
    }
}
