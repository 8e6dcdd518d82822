package org.tierstock.sales.adapter.out.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.dispatch.v1.CancelAnswer;
import org.tierstock.dispatch.v1.CancelLinesRequest;
import org.tierstock.dispatch.v1.CancelLinesResponse;
import org.tierstock.dispatch.v1.HandOverServiceGrpc;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.exchange.SenderHistories;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.DispatchCancels.Accepted;
import org.tierstock.sales.application.port.DispatchCancels.Indeterminate;
import org.tierstock.sales.application.port.DispatchCancels.UnknownLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PeerJournal;

/** Cancels asked of a dispatch layer that is reduced to its answers. */
@Timeout(60)
class GrpcDispatchCancelsTest {
    private static final long EPOCH = 1;
    private static final int UNKNOWN = 2;
    private static final long MOST_TRANSACTIONS_AHEAD = 1_000;

    /** The transaction that dispatch says it has come to. */
    private volatile long journal = 1;

    private Server server;
    private ManagedChannel channel;
    private GrpcDispatchCancels dispatch;

    /** Accepts all that is asked, but for line 2 of every order, which it does not know. */
    private final class Dispatch extends HandOverServiceGrpc.HandOverServiceImplBase {
        @Override
        public void cancelLines(CancelLinesRequest request, StreamObserver<CancelLinesResponse> answer) {
            CancelLinesResponse.Builder response = CancelLinesResponse.newBuilder()
                    .setEnvelope(request.getEnvelope().toBuilder().setJournal(journal))
                    .setCallerEpoch(request.getEnvelope().getEpoch());
            request.getOrdersList()
                    .forEach(order -> order.getCancelsList()
                            .forEach(cancel -> response.addAnswers(
                                    cancel.getOrderLine() == UNKNOWN
                                            ? CancelAnswer.newBuilder().setUnknown(true)
                                            : CancelAnswer.newBuilder().setAccepted(cancel.getQuantity()))));
            answer.onNext(response.build());
            answer.onCompleted();
        }
    }

    @BeforeEach
    void open() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Dispatch())
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        DispatchChannels channels = new DispatchChannels() {
            @Override
            public Channel next() {
                return channel;
            }
        };
        Installation installation = new Installation(null) {
            @Override
            public long epoch() {
                return EPOCH;
            }

            @Override
            public long journal() {
                return 1;
            }
        };
        dispatch = new GrpcDispatchCancels(
                channels,
                new SheetsOfCall(numbers -> Map.of()),
                installation,
                new SenderBounds(layer -> new SenderHistories.Known(EPOCH, 0), null, 0, MOST_TRANSACTIONS_AHEAD),
                Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void a_line_that_dispatch_does_not_know_is_told_beside_the_answers_for_the_others() {
        PeerJournal by = new PeerJournal(EPOCH, 1);

        assertThat(dispatch.cancelLines(List.of(cancel("1", 1), cancel("1", UNKNOWN), cancel("2", 1))))
                .containsExactly(new Accepted(4, by), new UnknownLine(), new Accepted(4, by));
    }

    @Test
    void a_dispatch_that_tells_of_itself_what_cannot_be_has_not_answered() {
        for (long beyond : List.of(MOST_TRANSACTIONS_AHEAD + 1, Long.MAX_VALUE, -1L)) {
            journal = beyond;
            assertThat(dispatch.cancelLines(List.of(cancel("1", 1))))
                    .singleElement()
                    .isInstanceOf(Indeterminate.class);
        }
    }

    private static Unanswered cancel(String order, int line) {
        return new Unanswered(
                "shop:C" + order + '~' + line, "shop:C" + order, OrderNumber.parse("shop:" + order), line, 4);
    }
}
