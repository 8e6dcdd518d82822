package org.tierstock.dispatch.adapter.in.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tierstock.dispatch.domain.Fixtures.PHONE;
import static org.tierstock.dispatch.domain.Fixtures.at;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.dispatch.adapter.out.postgres.PostgresAdapters;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.application.CancelLines.CancelLine;
import org.tierstock.dispatch.application.DefineRules.Definition;
import org.tierstock.dispatch.application.SourceOrders.PaidOrder;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Fixtures;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.dispatch.v1.HandOverLine;
import org.tierstock.dispatch.v1.HandOverOrder;
import org.tierstock.dispatch.v1.HandOverRequest;
import org.tierstock.dispatch.v1.OpaqueHandOver;
import org.tierstock.movements.Cell;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.protocol.v1.ChannelKey;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Brought;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.exchange.MessageIntake.Taken;
import org.tierstock.runtime.exchange.MessageIntakes;
import org.tierstock.runtime.exchange.ParkedMessageReplay;
import org.tierstock.runtime.exchange.ParkedMessageReplay.Outcome;
import org.tierstock.runtime.exchange.ParkedMessages;
import org.tierstock.runtime.exchange.Parking;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.GroupCommits;
import org.tierstock.runtime.posting.Replayable;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.PostingConnections;

/** Hand-overs at the dispatch layer's own database. */
class HandOverIntakeTest {
    private static final int ORDERS = 65;
    private static final int GREEDY = 33;
    private static final long UNITS = 100;
    private static final long TOO_MANY = 1_000;

    private final PostgresAdapters adapters = new PostgresAdapters();
    private final DispatchLayer dispatch = new DispatchLayer(adapters);
    private final GroupCommit<Replayable<PaidOrder>, Boolean> sourcing = new GroupCommit<>(
            "source-orders",
            new GroupCommit.Bounds(1, 4096, 256, 1024, Duration.ofSeconds(10)),
            GroupCommit.oneLine(),
            orders -> adapters.transactions()
                    .inTransaction(() -> dispatch.sourceOrders.source(
                            orders.stream().map(Replayable::command).toList())),
            GroupCommit.Watcher.NOBODY);
    private final ParkedMessages parked =
            new ParkedMessages(adapters.database(), adapters.inbox(), adapters.watermarks());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Parking parking = new Parking(
            new GroupCommits(
                    Optional.of(1),
                    4096,
                    256,
                    1024,
                    Duration.ofSeconds(10),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(2),
                    new PostingConnections(null, Optional.of(100)),
                    new Fence(),
                    meters),
            parked);
    private final MessageIntakes intakes = new MessageIntakes(null, parking, null, null, meters);
    private final HandOverIntake handOvers = new HandOverIntake(sourcing, intakes);
    private final ParkedMessageReplay replay = new ParkedMessageReplay(intakes, parked);
    private int receipts;

    /** What is listed of a parked message. */
    private record Waiting(
            long id, String queue, String messageId, String stream, long sequence, String document, String reason) {}

    @BeforeEach
    void one_channel_is_promised_a_hundred_units() {
        define(new Definition.OfRegion(new Region("NORTH", ""), null));
        define(new Definition.OfNode(Fixtures.node("A", 1, "NORTH"), null));
        define(new Definition.OfAllotmentRule(
                Fixtures.rule("ALL", AllotmentRule.Kind.RATIO, Fixtures.weight("WEB", "NORTH", 1)), null));
        receive(UNITS);
    }

    @AfterEach
    void end() {
        sourcing.close();
    }

    @Test
    void of_many_hand_overs_the_one_that_cannot_be_taken_waits_alone_until_it_is_replayed() {
        List<Taken> taken = taken(IntStream.rangeClosed(1, ORDERS)
                .mapToObj(n -> order(n, line(n, 1, n == GREEDY ? TOO_MANY : 1)))
                .toList());

        assertThat(taken).filteredOn(Taken.Applied.class::isInstance).hasSize(ORDERS - 1);
        assertThat(taken.get(GREEDY - 1))
                .isInstanceOfSatisfying(
                        Taken.Parked.class, line -> assertThat(line.reason()).contains("account", "WEB:33"));
        assertThat(adapters.allLines()).hasSize(ORDERS - 1);
        assertThat(applied().contiguous()).isEqualTo(GREEDY - 1);
        Waiting waiting = waiting().getFirst();
        assertThat(waiting)
                .isEqualTo(new Waiting(
                        waiting.id(),
                        "hand-over",
                        "message-33",
                        Streams.SALES_TO_DISPATCH,
                        GREEDY,
                        "WEB:33/1",
                        ((Taken.Parked) taken.get(GREEDY - 1)).reason()));

        assertThat(replay.replay(waiting.id(), "ann")).isInstanceOf(Outcome.StillParked.class);
        receive(TOO_MANY);
        assertThat(replay.replay(waiting.id(), "ann")).isEqualTo(new Outcome.Replayed());

        assertThat(waiting()).isEmpty();
        assertThat(adapters.allLines()).hasSize(ORDERS);
        assertThat(applied().contiguous()).isEqualTo(ORDERS);
    }

    @Test
    void a_hand_over_that_is_given_up_uses_its_number_up() {
        taken(List.of(order(1, line(1, 1, TOO_MANY)), order(2, line(2, 1, 1))));

        assertThat(replay.close(waiting().getFirst().id(), "ann")).isEqualTo(new Outcome.Closed(true));

        assertThat(applied().contiguous()).isEqualTo(2);
        receive(TOO_MANY);
        assertThat(taken(List.of(order(1, line(1, 1, TOO_MANY))))).containsExactly(new Taken.Applied());
        assertThat(adapters.allLines()).hasSize(1);
    }

    @Test
    void what_is_parked_is_kept_once_however_often_it_is_brought() {
        for (int i = 0; i < 3; i++) {
            assertThat(taken(List.of(order(1, line(1, 1, TOO_MANY))))).hasOnlyElementsOfType(Taken.Parked.class);
        }

        assertThat(waiting()).hasSize(1);
    }

    @Test
    void the_other_lines_of_its_order_are_taken() {
        List<Taken> taken = taken(List.of(order(1, line(1, 1, 2), line(2, 2, TOO_MANY), line(3, 3, 3))));

        assertThat(taken.get(1)).isInstanceOf(Taken.Parked.class);
        assertThat(adapters.allLines()).extracting(DispatchLine::quantity).containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    @Timeout(20)
    void what_one_channel_has_paid_for_takes_no_place_of_another() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<Replayable<PaidOrder>, Boolean> stalled = new GroupCommit<>(
                "stalled",
                new GroupCommit.Bounds(1, 8, 256, 1024, Duration.ofMinutes(1)),
                GroupCommit.oneLine(),
                orders -> {
                    running.countDown();
                    go.await();
                    return orders.stream().map(order -> true).toList();
                },
                GroupCommit.Watcher.NOBODY);
        try (stalled) {
            HandOverIntake busy = new HandOverIntake(stalled, new MessageIntakes(null, parking, null, null, meters));
            handOver(busy, "WEB", 1);
            awaitQuietly(running);

            List<CompletableFuture<List<Taken>>> flood = IntStream.rangeClosed(2, 101)
                    .mapToObj(number -> handOver(busy, "WEB", number))
                    .toList();
            List<CompletableFuture<List<Taken>>> others = IntStream.rangeClosed(1, 4)
                    .mapToObj(number -> handOver(busy, "SHELF", number))
                    .toList();
            go.countDown();

            assertThat(others).allSatisfy(taken -> assertThat(taken.join()).containsExactly(new Taken.Applied()));
            assertThat(flood)
                    .filteredOn(taken -> taken.join().getFirst() instanceof Taken.NotApplied)
                    .hasSize(92);
        }
    }

    private static CompletableFuture<List<Taken>> handOver(HandOverIntake intake, String channel, int number) {
        HandOverLine line = line(number, 1, 1);
        return intake.take(HandOverOrder.newBuilder()
                        .setOrder(channel + ':' + number)
                        .setShipRegion("NORTH")
                        .setDeliveryMethod("EXPRESS")
                        .setAddressReference("address")
                        .addLines(line.toBuilder()
                                .setKey(line.getKey().toBuilder().setChannel(channel)))
                        .build())
                .toCompletableFuture();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_line_that_cannot_be_read_is_parked_as_it_came_and_the_others_are_taken() {
        List<Taken> taken = taken(List.of(order(1, line(1, 1, 1), line(2, 2, 0)), order(2, line(3, 1, 1))));

        assertThat(taken.get(1))
                .isInstanceOfSatisfying(
                        Taken.Parked.class, line -> assertThat(line.reason()).contains("Wrong schema: quantity"));
        assertThat(adapters.allLines()).hasSize(2);
        assertThat(replay.close(waiting().getFirst().id(), "ann")).isEqualTo(new Outcome.Closed(true));
        assertThat(applied().contiguous()).isEqualTo(3);
    }

    @Test
    void what_comes_as_it_stands_and_can_be_read_is_applied() {
        receive(UNITS);
        String json = MessageCodec.write(new HandOver(
                "WEB:1", 1, Fixtures.key("WEB", "NORTH", PHONE), 1, "NORTH", "EXPRESS", "address", "", ""));

        assertThat(handOvers.take(opaque(1, json)).toCompletableFuture().join()).isEqualTo(new Taken.Applied());

        assertThat(adapters.allLines()).extracting(DispatchLine::quantity).containsExactly(1L);
        assertThat(applied().contiguous()).isEqualTo(1);
    }

    @Test
    void what_comes_as_it_stands_and_cannot_be_read_waits_under_its_number_and_its_cancel_is_answered_once_given_up() {
        assertThat(handOvers.take(opaque(1, "{}")).toCompletableFuture().join())
                .isInstanceOfSatisfying(
                        Taken.Parked.class, one -> assertThat(one.reason()).contains("Wrong schema"));
        assertThat(waiting()).extracting(Waiting::document).containsExactly("WEB:1/1");
        taken(List.of(order(2, line(2, 1, 1))));
        assertThat(applied().contiguous()).isZero();
        assertThat(cancel("WEB:1")).isInstanceOf(CancelLines.Outcome.UnknownLine.class);

        assertThat(replay.close(waiting().getFirst().id(), "ann")).isEqualTo(new Outcome.Closed(true));

        assertThat(applied().contiguous()).isEqualTo(2);
        assertThat(cancel("WEB:1")).isEqualTo(new CancelLines.Outcome.Accepted(0));
    }

    @Test
    void a_cancel_is_answered_also_when_nobody_could_read_the_type_of_what_was_given_up() {
        Brought typed = opaque(1, "{}");
        handOvers
                .take(new Brought(
                        typed.id(),
                        "HandOverV2",
                        typed.stream(),
                        typed.partition(),
                        typed.sequence(),
                        typed.epoch(),
                        typed.journal(),
                        typed.traceParent(),
                        typed.document(),
                        typed.payload()))
                .toCompletableFuture()
                .join();
        taken(List.of(order(2, line(2, 1, 1))));

        assertThat(replay.close(waiting().getFirst().id(), "ann")).isEqualTo(new Outcome.Closed(true));

        assertThat(cancel("WEB:1")).isEqualTo(new CancelLines.Outcome.Accepted(0));
    }

    @Test
    void what_an_order_says_for_all_of_its_lines_is_looked_at_before_anything_is_made_of_them() {
        HandOverOrder order = order(1, line(1, 1, 1), line(2, 2, 1));

        for (HandOverOrder broken : List.of(
                order.toBuilder().setAddressReference("a".repeat(129)).build(),
                order.toBuilder().setOrder("a".repeat(1_000)).build(),
                order.toBuilder().setShipRegion("a".repeat(65)).build(),
                order.toBuilder().setDeliveryMethod("").build(),
                order.toBuilder().setTraceParent("a".repeat(129)).build(),
                order.toBuilder().setSheet("a".repeat(HandOver.MAX_SHEET + 1)).build())) {
            assertThatThrownBy(() -> Requests.orders(
                            HandOverRequest.newBuilder().addOrders(broken).build()))
                    .isInstanceOf(InvalidValue.class);
        }
        assertThat(Requests.orders(HandOverRequest.newBuilder().addOrders(order).build()))
                .containsExactly(order);
    }

    @Test
    void a_call_has_a_bound_for_all_lines_of_its_orders_and_for_what_comes_as_it_stands() {
        HandOverOrder thousand =
                order(1, Collections.nCopies(Requests.MAX_BATCH, line(1, 1, 1)).toArray(HandOverLine[]::new));
        HandOverRequest.Builder most = HandOverRequest.newBuilder()
                .addAllOrders(Collections.nCopies(Requests.MAX_LINES / Requests.MAX_BATCH, thousand));

        assertThat(Requests.orders(most.build())).hasSize(Requests.MAX_LINES / Requests.MAX_BATCH);
        assertThatThrownBy(() ->
                        Requests.orders(most.addOrders(order(2, line(2, 1, 1))).build()))
                .isInstanceOf(InvalidValue.class);
        for (OpaqueHandOver broken : List.of(
                OpaqueHandOver.newBuilder().setDocument("d".repeat(501)).build(),
                OpaqueHandOver.newBuilder().setMessageId("d".repeat(501)).build(),
                OpaqueHandOver.newBuilder().setType("d".repeat(501)).build(),
                OpaqueHandOver.newBuilder()
                        .setPayload(ByteString.copyFrom(new byte[64 * 1024 + 1]))
                        .build())) {
            assertThatThrownBy(() -> Requests.opaque(
                            HandOverRequest.newBuilder().addOpaque(broken).build()))
                    .isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void a_call_may_bring_orders_and_what_comes_as_it_stands_and_must_bring_something() {
        OpaqueHandOver opaque =
                OpaqueHandOver.newBuilder().setDocument("WEB:1/1").build();
        HandOverRequest nothing = HandOverRequest.getDefaultInstance();

        assertThat(Requests.orders(
                        HandOverRequest.newBuilder().addOpaque(opaque).build()))
                .isEmpty();
        assertThat(Requests.opaque(
                        HandOverRequest.newBuilder().addOpaque(opaque).build()))
                .extracting(Brought::document)
                .containsExactly("WEB:1/1");
        assertThatThrownBy(() -> Requests.orders(nothing)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Requests.opaque(HandOverRequest.newBuilder()
                        .addAllOpaque(Collections.nCopies(Requests.MAX_BATCH + 1, opaque))
                        .build()))
                .isInstanceOf(InvalidValue.class);
    }

    private static Brought opaque(int sequence, String json) {
        return new Brought(
                "message-" + sequence,
                "HandOver",
                Streams.SALES_TO_DISPATCH,
                PHONE.partition(),
                sequence,
                1,
                sequence,
                "",
                "WEB:1/1",
                json.getBytes(StandardCharsets.UTF_8));
    }

    private CancelLines.Outcome cancel(String order) {
        return adapters.transactions()
                .inTransaction(() -> dispatch.cancelLines.cancel(
                        List.of(new CancelLine(new LineNumber(order, 1), "C-" + order, 1, new PeerJournal(1, 1), ""))))
                .getFirst();
    }

    private void define(Definition definition) {
        adapters.transactions().inTransaction(() -> dispatch.defineRules.define(List.of(Fixtures.signed(definition))));
    }

    private void receive(long units) {
        GoodsReceived message = new GoodsReceived(
                "A", "R" + ++receipts + "/1", new Cell(at("A"), PHONE), units, 0, ReceiptCause.PURCHASE, "");
        adapters.transactions()
                .inTransaction(() -> dispatch.applyWarehouseReports.apply(List.of(new Received<>(
                        message, new StreamPosition(message.stream(), message.partition(), receipts), 1, receipts))));
        dispatch.placeFreeStock(10);
    }

    private List<Taken> taken(List<HandOverOrder> orders) {
        return orders.stream().map(order -> handOvers.take(order).toCompletableFuture()).toList().stream()
                .flatMap(order -> order.join().stream())
                .toList();
    }

    private static HandOverOrder order(int number, HandOverLine... lines) {
        return HandOverOrder.newBuilder()
                .setOrder("WEB:" + number)
                .setShipRegion("NORTH")
                .setDeliveryMethod("EXPRESS")
                .setAddressReference("address")
                .addAllLines(List.of(lines))
                .build();
    }

    private static HandOverLine line(int sequence, int line, long quantity) {
        return HandOverLine.newBuilder()
                .setPosition(org.tierstock.protocol.v1.StreamPosition.newBuilder()
                        .setStream(Streams.SALES_TO_DISPATCH)
                        .setPartition(PHONE.partition())
                        .setSequence(sequence))
                .setMessageId("message-" + sequence)
                .setOrderLine(line)
                .setKey(ChannelKey.newBuilder()
                        .setChannel("WEB")
                        .setDeliveryMethod("EXPRESS")
                        .setQuality(Quality.NORMAL.name())
                        .setShipRegion("NORTH")
                        .setSku(PHONE.code()))
                .setQuantity(quantity)
                .setEpoch(1)
                .setJournal(sequence)
                .build();
    }

    private AppliedPosition applied() {
        return adapters.watermarks().applied(Streams.SALES_TO_DISPATCH).stream()
                .filter(position -> position.partition() == PHONE.partition())
                .findFirst()
                .orElseThrow();
    }

    private List<Waiting> waiting() {
        return adapters.database()
                .query(
                        """
                        SELECT parked_id, queue, message_id, stream, sequence, document, reason
                        FROM parked_message
                        WHERE state = 'PARKED' ORDER BY parked_id
                        """,
                        Database.Binder.NOTHING,
                        row -> new Waiting(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getString(7)));
    }
}
