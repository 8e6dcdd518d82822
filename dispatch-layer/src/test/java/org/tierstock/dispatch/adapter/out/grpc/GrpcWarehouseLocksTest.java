package org.tierstock.dispatch.adapter.out.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;
import org.tierstock.dispatch.domain.Fixtures;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.fake.Answers;
import org.tierstock.movements.Cell;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.exchange.SenderHistories;
import org.tierstock.runtime.work.Later;
import org.tierstock.warehouse.v1.LockStockRequest;
import org.tierstock.warehouse.v1.LockStockResponse;
import org.tierstock.warehouse.v1.OutboundLock;
import org.tierstock.warehouse.v1.StockLockServiceGrpc;

/** Locks asked of a warehouse layer that is reduced to its answers. */
@Timeout(60)
class GrpcWarehouseLocksTest {
    private static final long EPOCH = 1;
    private static final String SILENT = "SILENT";
    private static final long MOST_TRANSACTIONS_AHEAD = 1_000;

    /** Warehouses that tell of themselves what cannot be. */
    private static final Map<String, Envelope> LYING = Map.of(
            "EPOCH", Envelope.newBuilder().setEpoch(EPOCH + 1).setJournal(1).build(),
            "NO-EPOCH", Envelope.newBuilder().setJournal(1).build(),
            "JOURNAL",
                    Envelope.newBuilder()
                            .setEpoch(EPOCH)
                            .setJournal(MOST_TRANSACTIONS_AHEAD + 1)
                            .build());

    /** What answers the calls of the silent warehouse. */
    private final BlockingQueue<Runnable> unanswered = new LinkedBlockingQueue<>();

    private Server server;
    private ManagedChannel channel;
    private GrpcWarehouseLocks warehouses;

    /** The warehouse named after a status fails by it, the silent one answers when the test says so, any other locks everything. */
    private final class WarehouseLayer extends StockLockServiceGrpc.StockLockServiceImplBase {
        @Override
        public void lockStock(LockStockRequest request, StreamObserver<LockStockResponse> answer) {
            for (Status.Code code : Status.Code.values()) {
                if (code.name().equals(request.getWarehouse())) {
                    answer.onError(code.toStatus().asRuntimeException());
                    return;
                }
            }
            LockStockResponse.Builder response = LockStockResponse.newBuilder()
                    .setEnvelope(LYING.getOrDefault(request.getWarehouse(), request.getEnvelope()))
                    .setCallerEpoch(request.getEnvelope().getEpoch());
            request.getOutboundsList()
                    .forEach(outbound -> response.addLocks(OutboundLock.newBuilder()
                            .setOutbound(outbound.getOutbound())
                            .setLocked(outbound.getQuantity())));
            Runnable answering = () -> {
                answer.onNext(response.build());
                answer.onCompleted();
            };
            if (request.getWarehouse().equals(SILENT)) {
                unanswered.add(answering);
            } else {
                answering.run();
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new WarehouseLayer())
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        WarehouseChannels channels = new WarehouseChannels() {
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
        SenderBounds bounds =
                new SenderBounds(layer -> new SenderHistories.Known(EPOCH, 0), null, 0, MOST_TRANSACTIONS_AHEAD);
        warehouses = new GrpcWarehouseLocks(channels, installation, bounds, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void a_warehouse_that_says_its_call_is_at_fault_refuses_it_and_one_that_is_not_there_has_not_answered() {
        Map<String, Answer<Lock>> answers = Answers.of(warehouses.lock(
                Map.of(
                        "A", List.of(parcel("A")),
                        "INVALID_ARGUMENT", List.of(parcel("INVALID_ARGUMENT")),
                        "INTERNAL", List.of(parcel("INTERNAL")),
                        "UNAVAILABLE", List.of(parcel("UNAVAILABLE")),
                        "FAILED_PRECONDITION", List.of(parcel("FAILED_PRECONDITION"))),
                Map.of()));

        assertThat(answers.get("A")).isInstanceOf(Answer.Answered.class);
        assertThat(answers.get("INVALID_ARGUMENT")).isInstanceOf(Answer.Refused.class);
        assertThat(answers.get("INTERNAL")).isInstanceOf(Answer.Refused.class);
        assertThat(answers.get("UNAVAILABLE")).isInstanceOf(Answer.Indeterminate.class);
        assertThat(answers.get("FAILED_PRECONDITION")).isInstanceOf(Answer.Indeterminate.class);
    }

    @Test
    void who_tells_of_itself_what_cannot_be_has_not_answered() {
        LYING.keySet()
                .forEach(warehouse -> assertThat(warehouses
                                .lock(Map.of(warehouse, List.of(parcel(warehouse))), Map.of())
                                .get(warehouse)
                                .get())
                        .isInstanceOf(Answer.Indeterminate.class));
    }

    @Test
    void the_answer_of_a_warehouse_is_there_while_another_is_silent() throws InterruptedException {
        Map<String, Later<Answer<Lock>>> answers =
                warehouses.lock(Map.of(SILENT, List.of(parcel(SILENT)), "A", List.of(parcel("A"))), Map.of());

        assertThat(answers.get("A").get()).isInstanceOf(Answer.Answered.class);
        Runnable answer = unanswered.take();
        assertThat(answers.get(SILENT).isThere()).isFalse();
        answer.run();

        assertThat(answers.get(SILENT).get()).isInstanceOf(Answer.Answered.class);
    }

    private static Parcel parcel(String warehouse) {
        Outbound outbound = Outbound.requested(
                "OB-" + warehouse,
                new LineNumber("WEB:1", 1),
                new Cell(Fixtures.at("A"), Fixtures.PHONE),
                warehouse,
                1);
        return new Parcel(outbound.numbered(1), "NORTH", "EXPRESS", "", "");
    }
}
