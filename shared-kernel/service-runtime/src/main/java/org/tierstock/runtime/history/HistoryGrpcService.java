package org.tierstock.runtime.history;

import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.protocol.v1.AppliedRequest;
import org.tierstock.protocol.v1.AppliedResponse;
import org.tierstock.protocol.v1.BeginEpochRequest;
import org.tierstock.protocol.v1.BeginEpochResponse;
import org.tierstock.protocol.v1.CloseNumbersRequest;
import org.tierstock.protocol.v1.CloseNumbersResponse;
import org.tierstock.protocol.v1.HeldAnswer;
import org.tierstock.protocol.v1.HeldAnswersRequest;
import org.tierstock.protocol.v1.HeldAnswersResponse;
import org.tierstock.protocol.v1.HistoryService;
import org.tierstock.protocol.v1.MeetRequest;
import org.tierstock.protocol.v1.MeetResponse;
import org.tierstock.protocol.v1.SentRequest;
import org.tierstock.protocol.v1.SentResponse;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.problem.Problem;

/** Tells peers what this layer has seen of their histories, and what they need to repair them (protocol 11.8). */
@GrpcService
@Blocking
public class HistoryGrpcService implements HistoryService {
    private final Histories histories;
    private final Installation installation;
    private final Peers peers;
    private final String layer;

    @Inject
    public HistoryGrpcService(
            Histories histories,
            Installation installation,
            Peers peers,
            @ConfigProperty(name = "tierstock.layer", defaultValue = "") String layer) {
        this.histories = histories;
        this.installation = installation;
        this.peers = peers;
        this.layer = layer;
    }

    @Override
    public Uni<MeetResponse> meet(MeetRequest request) {
        String peer = peer(request.getLayer());
        histories.carryAgain(peer, Protos.applied(request.getAppliedList()));
        return Uni.createFrom()
                .item(MeetResponse.newBuilder()
                        .setEnvelope(Protos.envelope(installation))
                        .setSeen(Wire.of(histories.of(peer)))
                        .build());
    }

    @Override
    public Uni<BeginEpochResponse> beginEpoch(BeginEpochRequest request) {
        String peer = peer(request.getLayer());
        histories.beginEpochOf(peer, request.getEnvelope().getEpoch());
        BeginEpochResponse.Builder response =
                BeginEpochResponse.newBuilder().setEnvelope(Protos.envelope(installation));
        histories.appliedOf(peer).forEach(position -> response.addApplied(Protos.of(position)));
        return Uni.createFrom().item(response.build());
    }

    @Override
    public Multi<SentResponse> sent(SentRequest request) {
        return pages(histories.sentTo(peer(request.getLayer()), Protos.applied(request.getAppliedList())), page -> {
            SentResponse.Builder response = SentResponse.newBuilder();
            page.forEach(kept -> response.addMessages(Wire.of(kept)));
            return response.build();
        });
    }

    @Override
    public Multi<AppliedResponse> applied(AppliedRequest request) {
        return pages(
                histories.appliedBeyond(
                        peer(request.getLayer()),
                        request.getHeadsList().stream().map(Protos::of).toList()),
                page -> {
                    AppliedResponse.Builder response = AppliedResponse.newBuilder();
                    page.forEach(kept -> response.addMessages(Wire.of(kept)));
                    return response.build();
                });
    }

    @Override
    public Multi<HeldAnswersResponse> heldAnswers(HeldAnswersRequest request) {
        return pages(histories.heldFor(peer(request.getLayer()), layer), page -> {
            HeldAnswersResponse.Builder response = HeldAnswersResponse.newBuilder();
            page.forEach(held -> response.addAnswers(
                    HeldAnswer.newBuilder().setKind(held.kind()).setContent(held.content())));
            return response.build();
        });
    }

    @Override
    public Uni<CloseNumbersResponse> closeNumbers(CloseNumbersRequest request) {
        peer(request.getLayer());
        histories.closeNumbers(
                request.getNumbersList().stream().map(Protos::of).toList(),
                request.getEnvelope().getEpoch());
        return Uni.createFrom()
                .item(CloseNumbersResponse.newBuilder()
                        .setEnvelope(Protos.envelope(installation))
                        .build());
    }

    private static <T, R> Multi<R> pages(List<T> all, Function<List<T>, R> page) {
        List<R> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Histories.PAGE) {
            pages.add(page.apply(all.subList(from, Math.min(all.size(), from + Histories.PAGE))));
        }
        return Multi.createFrom().iterable(pages);
    }

    private String peer(String named) {
        if (!peers.names().contains(named)) {
            throw Problem.malformed("layer", "is not a peer of this layer");
        }
        return named;
    }
}
