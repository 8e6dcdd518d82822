package org.tierstock.sales.adapter.out.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.dispatch.v1.HandOverOrder;
import org.tierstock.dispatch.v1.HandOverOutcome;
import org.tierstock.dispatch.v1.HandOverRequest;
import org.tierstock.dispatch.v1.HandOverResponse;
import org.tierstock.dispatch.v1.HandOverServiceGrpc;
import org.tierstock.dispatch.v1.HandOverState;
import org.tierstock.dispatch.v1.OpaqueHandOver;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.exchange.OutboxRow;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.StuckWork.SetAside;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.testing.InMemoryStuckWork;
import org.tierstock.testing.SettableClock;

/** Hand-overs on their way to a dispatch layer that is reduced to its answers. */
@Timeout(60)
class GrpcHandOversTest {
    private static final int ORDERS = 10;
    private static final long EPOCH = 1;

    private final Dispatch dispatch = new Dispatch();
    private final SettableClock clock = new SettableClock();
    private final InMemoryStuckWork stuck = new InMemoryStuckWork(clock);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Server server;
    private ManagedChannel channel;
    private GrpcHandOvers handOvers;

    /** Takes every order and what comes as it stands, but for calls in which some order comes. */
    private static final class Dispatch extends HandOverServiceGrpc.HandOverServiceImplBase {
        private final Set<String> taken = new HashSet<>();
        private final List<OpaqueHandOver> opaque = new ArrayList<>();
        private Set<String> breaking = Set.of();
        private boolean takesOpaque = true;
        private HandOverState became = HandOverState.HAND_OVER_STATE_PARKED;
        private Status failure = Status.INTERNAL;
        private int calls;

        @Override
        public synchronized void handOver(HandOverRequest request, StreamObserver<HandOverResponse> answer) {
            calls++;
            List<String> orders = request.getOrdersList().stream()
                    .map(HandOverOrder::getOrder)
                    .toList();
            if (orders.stream().anyMatch(breaking::contains)) {
                answer.onError(failure.asRuntimeException());
                return;
            }
            if (request.getOpaqueCount() > 0 && !takesOpaque) {
                answer.onError(Status.INVALID_ARGUMENT.asRuntimeException());
                return;
            }
            taken.addAll(orders);
            opaque.addAll(request.getOpaqueList());
            HandOverResponse.Builder response = HandOverResponse.newBuilder()
                    .setCallerEpoch(request.getEnvelope().getEpoch());
            request.getOrdersList()
                    .forEach(order -> order.getLinesList()
                            .forEach(line -> response.addOutcomes(
                                    HandOverOutcome.newBuilder().setState(HandOverState.HAND_OVER_STATE_APPLIED))));
            request.getOpaqueList()
                    .forEach(one ->
                            response.addOutcomes(HandOverOutcome.newBuilder().setState(became)));
            answer.onNext(response.build());
            answer.onCompleted();
        }
    }

    @BeforeEach
    void open() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(dispatch)
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
        };
        handOvers = new GrpcHandOvers(
                channels,
                new SheetsOfCall(numbers -> Map.of()),
                installation,
                Duration.ofSeconds(20),
                new EachInTurn(stuck, meters));
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void hand_overs_travel_in_one_call() {
        assertThat(handOvers.carry(rows())).isEmpty();

        assertThat(dispatch.taken).hasSize(ORDERS);
        assertThat(dispatch.calls).isEqualTo(1);
    }

    @Test
    void an_order_that_breaks_its_call_goes_as_it_stands_and_those_that_travel_with_it_are_taken() {
        dispatch.breaking = Set.of("shop:4");

        assertThat(handOvers.carry(rows())).isEmpty();

        assertThat(dispatch.taken).hasSize(ORDERS - 1);
        assertThat(dispatch.opaque).singleElement().satisfies(one -> {
            assertThat(one.getPosition().getPartition()).isEqualTo(4);
            assertThat(one.getType()).isEqualTo("HandOver");
            assertThat(one.getMessageId()).isEqualTo("S>D/4/1-1");
            assertThat(one.getDocument()).isEqualTo("shop:4/1");
            assertThat(MessageCodec.read(one.getType(), one.getPayload().toByteArray(), HandOver.class))
                    .isEqualTo(handOver(4));
        });
        assertThat(stuck.all()).isEmpty();
    }

    @Test
    void a_row_that_cannot_be_read_goes_as_it_stands_and_the_others_are_taken() {
        List<OutboxRow> rows = new ArrayList<>(rows());
        rows.set(3, row(4, "{}"));

        assertThat(handOvers.carry(rows)).isEmpty();

        assertThat(dispatch.taken).hasSize(ORDERS - 1);
        assertThat(dispatch.opaque)
                .extracting(OpaqueHandOver::getDocument, one -> one.getPayload().toStringUtf8())
                .containsExactly(tuple("shop:4/1", "{}"));
        assertThat(stuck.all()).isEmpty();
    }

    @Test
    void what_goes_as_it_stands_and_is_not_applied_is_carried_again() {
        dispatch.became = HandOverState.HAND_OVER_STATE_NOT_APPLIED;

        assertThat(handOvers.carry(List.of(row(4, "{}")))).containsExactly(position(4));
    }

    @Test
    void any_number_of_rows_of_any_length_go_as_they_stand_in_calls_that_dispatch_takes() {
        String padded = "x".repeat(5_000_000);

        assertThat(handOvers.carry(IntStream.rangeClosed(1, 100)
                        .mapToObj(order -> row(order, padded))
                        .toList()))
                .isEmpty();

        assertThat(dispatch.opaque)
                .hasSize(100)
                .allSatisfy(one -> assertThat(one.getPayload().size()).isEqualTo(64 * 1024));
    }

    @Test
    void an_order_that_cannot_be_brought_in_any_way_is_set_aside_and_those_that_travel_with_it_are_taken() {
        dispatch.breaking = Set.of("shop:4");
        dispatch.takesOpaque = false;

        assertThat(handOvers.carry(rows())).containsExactly(position(4));

        assertThat(dispatch.taken).hasSize(ORDERS - 1);
        assertThat(stuck.all())
                .extracting(SetAside::work, SetAside::subject, SetAside::reason)
                .containsExactly(tuple(Carrier.CALL, "shop:4", "StatusRuntimeException: INVALID_ARGUMENT"));

        dispatch.breaking = Set.of();
        clock.advance(Duration.ofMinutes(1));
        assertThat(handOvers.carry(rows())).isEmpty();
        assertThat(stuck.all()).isEmpty();
    }

    @Test
    void a_row_that_cannot_be_brought_in_any_way_is_set_aside_with_the_reason_and_the_others_are_taken() {
        dispatch.takesOpaque = false;
        List<OutboxRow> rows = new ArrayList<>(rows());
        rows.set(3, row(4, "{}"));

        assertThat(handOvers.carry(rows)).containsExactly(position(4));

        assertThat(dispatch.taken).hasSize(ORDERS - 1);
        assertThat(stuck.all()).singleElement().satisfies(one -> {
            assertThat(one.subject()).isEqualTo("S>D/4#1");
            assertThat(one.reason()).isEqualTo("StatusRuntimeException: INVALID_ARGUMENT");
        });
        assertThat(meters.get("tierstock.work.stuck")
                        .tag("work", Carrier.CALL)
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void what_is_set_aside_is_left_alone_for_a_while() {
        dispatch.takesOpaque = false;
        dispatch.breaking = Set.of("shop:4");
        handOvers.carry(rows());
        dispatch.calls = 0;

        assertThat(handOvers.carry(rows())).containsExactly(position(4));

        assertThat(dispatch.calls).isEqualTo(1);
        assertThat(stuck.all()).singleElement().extracting(SetAside::tries).isEqualTo(1);
    }

    @Test
    void a_dispatch_layer_that_is_not_there_sets_nothing_aside() {
        dispatch.breaking = Set.of("shop:4");
        dispatch.failure = Status.UNAVAILABLE.withDescription("stopping");

        assertThatThrownBy(() -> handOvers.carry(rows()))
                .isInstanceOf(Unreached.class)
                .hasMessageContaining("UNAVAILABLE", "stopping");
        assertThat(stuck.all()).isEmpty();
    }

    /** One for each order, each in a partition of its own. */
    private static List<OutboxRow> rows() {
        return IntStream.rangeClosed(1, ORDERS)
                .mapToObj(order -> row(order, MessageCodec.write(handOver(order))))
                .toList();
    }

    private static HandOver handOver(int order) {
        ChannelKey key = new ChannelKey("shop", "EXPRESS", Quality.NORMAL, "EAST", new Sku("KETTLE"));
        return new HandOver("shop:" + order, 1, key, 1, "EAST", "EXPRESS", "", "", "");
    }

    private static OutboxRow row(int order, String payload) {
        return new OutboxRow(
                position(order),
                EPOCH,
                order,
                "HandOver",
                "shop:" + order + "/1",
                "KETTLE",
                payload,
                "",
                Instant.EPOCH);
    }

    private static StreamPosition position(int order) {
        return new StreamPosition(Streams.SALES_TO_DISPATCH, order % Partitions.COUNT, 1 + order / Partitions.COUNT);
    }
}
