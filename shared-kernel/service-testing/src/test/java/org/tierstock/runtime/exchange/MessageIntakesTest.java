package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.history.Histories;
import org.tierstock.runtime.posting.GroupCommits;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.PostingConnections;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

/** What a layer takes from a queue, what it does not believe, and when it takes nothing. */
class MessageIntakesTest {
    private static final int PARTITION = new Sku("KETTLE").partition();
    private static final String QUEUE = "sales-to-dispatch";
    private static final int MAX_BATCH = 10;
    private static final long MOST_AHEAD = 1_000;
    private static final long MOST_TRANSACTIONS_AHEAD = 1_000_000;

    private final TransactionalDataSource dataSource = EmbeddedDatabase.migrated(
                    "classpath:db/runtime", "classpath:db/history")
            .dataSource();
    private final Database database = new Database(dataSource);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PostgresInbox inbox = new PostgresInbox(database, meters);
    private final PostgresWatermarks watermarks = new PostgresWatermarks(database);
    private final Histories histories = new Histories(database, database, new Installation(database), watermarks);
    private final ParkedMessages parked = new ParkedMessages(database, inbox, watermarks);
    private final CountDownLatch refused = new CountDownLatch(1);
    private final Fence fence = new Fence() {
        @Override
        public void requireOpen() {
            try {
                super.requireOpen();
            } catch (RuntimeException closed) {
                refused.countDown();
                throw closed;
            }
        }
    };
    private final List<String> applied = new CopyOnWriteArrayList<>();
    private final Broker broker = new Broker();
    private final GroupCommits groupCommits = new GroupCommits(
            Optional.of(1),
            100,
            MAX_BATCH,
            100,
            Duration.ofMinutes(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            new PostingConnections(null, Optional.of(100)),
            fence,
            meters);
    private final MessageIntakes intakes = new MessageIntakes(
            groupCommits,
            new Parking(groupCommits, parked),
            broker,
            new SenderBounds(histories, watermarks, MOST_AHEAD, MOST_TRANSACTIONS_AHEAD),
            meters);
    private final ParkedMessageReplay replay = new ParkedMessageReplay(intakes, parked);

    /** Delivers what the test says. */
    private static final class Broker extends QueueReceivers {
        private Function<Delivery, CompletionStage<Void>> taker;

        @Override
        void open(String queue, Function<Delivery, CompletionStage<Void>> opened, LongConsumer tooLarge) {
            taker = opened;
        }

        CompletableFuture<Void> deliver(Delivery delivery) {
            return taker.apply(delivery).toCompletableFuture();
        }
    }

    @BeforeEach
    void dispatch_receives_settlements() {
        intakes.open(
                QUEUE,
                "sales",
                RevocationSettled.class,
                messages -> dataSource.inTransaction(() -> inbox.admit(messages).stream()
                        .map(message -> applied.add(message.message().revocation()))
                        .toList()));
        fence.open();
    }

    @Test
    void an_epoch_that_the_sender_has_not_begun_is_parked_and_leaves_no_trace() {
        deliver("RV1", 1, 1, 1);
        deliver("RV2", 2, 1_000_000_000_000_000_000L, 2);
        deliver("RV3", 3, 2, 3);

        assertThat(applied).containsExactly("RV1");
        assertThat(reasons()).containsExactly("NOT_BELIEVED", "NOT_BELIEVED");
        assertThat(notBelieved()).isEqualTo(2);
        assertThat(histories.known("sales")).isEqualTo(new SenderHistories.Known(1, 1));
        assertThat(histories.beginEpochOf("sales", 1_000_000_000_000_000_001L)).isFalse();
        assertThat(histories.beginEpochOf("sales", 3)).isFalse();
    }

    @Test
    void what_was_parked_since_its_epoch_had_not_begun_is_applied_by_a_replay_when_it_has() {
        deliver("RV1", 1, 2, 1);
        assertThat(replay.replay(parkedId(), "ann")).isInstanceOf(ParkedMessageReplay.Outcome.StillParked.class);

        dataSource.inTransaction(() -> histories.beginEpochOf("sales", 2));

        assertThat(replay.replay(parkedId(), "ann")).isEqualTo(new ParkedMessageReplay.Outcome.Replayed());
        assertThat(applied).containsExactly("RV1");
        deliver("RV2", 2, 2, 2);
        assertThat(applied).containsExactly("RV1", "RV2");
    }

    @Test
    void a_number_far_beyond_all_that_has_come_is_parked_and_leaves_no_gap() {
        deliver("RV1", 1, 1, 1);
        deliver("RV2", StreamPosition.MAX_SEQUENCE, 1, 2);
        deliver("RV3", 2 + MOST_AHEAD, 1, 3);
        deliver("RV4", 1 + MOST_AHEAD, 1, 4);
        deliver("RV5", 1 + 2 * MOST_AHEAD, 1, 5);

        assertThat(applied).containsExactly("RV1", "RV4", "RV5");
        assertThat(reasons()).containsExactly("NOT_BELIEVED", "NOT_BELIEVED");
        assertThat(watermarks.applied(Streams.SALES_TO_DISPATCH).getFirst().last())
                .isEqualTo(1 + 2 * MOST_AHEAD);
    }

    @Test
    void an_epoch_that_no_layer_is_ever_in_and_a_negative_transaction_are_parked_and_leave_no_trace() {
        deliver("RV1", 1, 0, 1);
        deliver("RV2", 2, -5, 2);
        deliver("RV3", 3, 1, -7);

        assertThat(applied).isEmpty();
        assertThat(reasons()).containsExactly("NOT_BELIEVED", "NOT_BELIEVED", "NOT_BELIEVED");
    }

    @Test
    void a_transaction_far_beyond_all_that_are_known_is_parked_and_proves_nothing() {
        deliver("RV1", 1, 1, 10);
        deliver("RV2", 2, 1, Long.MAX_VALUE);
        deliver("RV3", 3, 1, 11 + MOST_TRANSACTIONS_AHEAD);
        deliver("RV4", 4, 1, 10 + MOST_TRANSACTIONS_AHEAD);

        assertThat(applied).containsExactly("RV1", "RV4");
        assertThat(histories.known("sales")).isEqualTo(new SenderHistories.Known(1, 10 + MOST_TRANSACTIONS_AHEAD));
    }

    @Test
    void whose_place_nobody_believes_takes_it_from_no_other_neither_parked_nor_closed() {
        deliver("RV1", 1, 1, 1);
        deliver("RV2", 2, 7, Long.MAX_VALUE);

        assertThat(places()).containsExactly("none");
        assertThat(replay.close(parkedId(), "ann")).isEqualTo(new ParkedMessageReplay.Outcome.Closed(false));
        assertThat(watermarks.contiguous(Streams.SALES_TO_DISPATCH, PARTITION)).isEqualTo(1);
        assertThat(histories.known("sales")).isEqualTo(new SenderHistories.Known(1, 1));
        deliver("RV2", 2, 1, 2);
        assertThat(applied).containsExactly("RV1", "RV2");
    }

    @Test
    void closing_noise_that_names_a_transaction_proves_nothing_of_it() {
        deliver("RV1", 1, 1, 1);
        deliver("", 2, 1, 999);
        deliver("RV3", 3, 1, 3);

        assertThat(replay.close(parkedId(), "ann")).isEqualTo(new ParkedMessageReplay.Outcome.Closed(true));

        assertThat(watermarks.contiguous(Streams.SALES_TO_DISPATCH, PARTITION)).isEqualTo(3);
        assertThat(histories.known("sales")).isEqualTo(new SenderHistories.Known(1, 3));
    }

    @Test
    void what_belongs_elsewhere_takes_no_number_of_the_place_that_it_names_neither_parked_nor_closed() {
        deliver("RV1", 1, 1, 1);
        deliver("RV3", 3, 1, 3);
        Sku elsewhere = IntStream.range(0, 100)
                .mapToObj(n -> new Sku("SKU-" + n))
                .filter(sku -> sku.partition() != PARTITION)
                .findFirst()
                .orElseThrow();
        Delivery noise = delivery("RV9", 2, 1, 2);
        String body = new String(noise.payload(), StandardCharsets.UTF_8).replace("KETTLE", elsewhere.code());
        broker.deliver(new Delivery(QUEUE, "noise", noise.properties(), body.getBytes(StandardCharsets.UTF_8)))
                .join();

        assertThat(reasons()).containsExactly("WRONG_ENVELOPE");
        assertThat(places()).containsExactly("none");
        assertThat(replay.close(parkedId(), "ann")).isEqualTo(new ParkedMessageReplay.Outcome.Closed(false));
        deliver("RV2", 2, 1, 2);
        assertThat(applied).containsExactly("RV1", "RV3", "RV2");
    }

    @Test
    void while_the_layer_is_repaired_a_message_waits_unsettled_and_a_replay_is_posted() throws InterruptedException {
        deliver("", 1, 1, 1);
        fence.repairing("It is repaired.");

        CompletableFuture<Void> waiting = broker.deliver(delivery("RV2", 2, 1, 2));

        assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(applied).isEmpty();
        assertThat(waiting).isNotDone();
        assertThat(reasons()).containsExactly("UNREADABLE");
        mend("RV1");
        assertThat(replay.replay(parkedId(), "ann")).isEqualTo(new ParkedMessageReplay.Outcome.Replayed());
        assertThat(applied).containsExactly("RV1");
        assertThat(waiting).isNotDone();

        fence.open();

        waiting.join();
        assertThat(applied).containsExactly("RV1", "RV2");
    }

    @Test
    @Timeout(60)
    void what_one_stream_has_sent_keeps_no_other_waiting() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<List<String>> batches = new CopyOnWriteArrayList<>();
        intakes.open("warehouse-to-dispatch", "warehouse", GoodsShipped.class, messages -> {
            running.countDown();
            awaitQuietly(go);
            batches.add(messages.stream()
                    .map(message -> message.message().warehouse())
                    .toList());
        });
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        taken.add(broker.deliver(shipped("BUSY", 1)));
        awaitQuietly(running);
        for (int n = 2; n <= 1 + 3 * MAX_BATCH; n++) {
            taken.add(broker.deliver(shipped("BUSY", n)));
        }
        taken.add(broker.deliver(shipped("CALM", 1)));
        go.countDown();
        taken.forEach(CompletableFuture::join);

        assertThat(batches.get(1)).hasSize(MAX_BATCH).contains("CALM");
    }

    @Test
    @Timeout(60)
    void parked_messages_are_replayed_in_bulk_for_one_person_at_a_time() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        intakes.open("warehouse-to-dispatch", "warehouse", GoodsShipped.class, messages -> {
            running.countDown();
            awaitQuietly(go);
        });
        Delivery good = shipped("W", 1);
        broker.deliver(new Delivery(good.queue(), good.id(), good.properties(), new byte[0]))
                .join();
        database.update(
                "UPDATE parked_message SET payload = ? WHERE state = 'PARKED'", p -> p.bytes(1, good.payload()));
        CompletableFuture<Optional<ParkedMessageReplay.Replays>> first =
                CompletableFuture.supplyAsync(this::replayUnreadable);
        awaitQuietly(running);

        assertThat(replayUnreadable()).isEmpty();

        go.countDown();
        assertThat(first.join())
                .hasValueSatisfying(replays -> assertThat(replays.replayed()).isEqualTo(1));
        assertThat(replayUnreadable()).isPresent();
    }

    private Optional<ParkedMessageReplay.Replays> replayUnreadable() {
        return replay.replayAll("UNREADABLE", null, null, null, 0, 10, "ann");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each of another article. */
    private static Delivery shipped(String warehouse, int number) {
        Sku sku = new Sku("SKU-" + number);
        Cell cell = new Cell(new NodeKey(warehouse, "VW", "OWNER", Quality.NORMAL), sku);
        GoodsShipped message = new GoodsShipped(warehouse, "S" + number + "/1", "OB-" + number, cell, 1, "B1");
        return new Delivery(
                "warehouse-to-dispatch",
                "m" + warehouse + number,
                new JsonObject()
                        .put(CloudEvent.TYPE, MessageCodec.typeOf(message))
                        .put(CloudEvent.STREAM, message.stream())
                        .put(CloudEvent.PARTITION, message.partition())
                        .put(CloudEvent.SEQUENCE, number)
                        .put(CloudEvent.EPOCH, 1)
                        .put(CloudEvent.JOURNAL, number),
                MessageCodec.write(message).getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a document that can be read in the place of one that cannot. */
    private void mend(String revocation) {
        database.update(
                "UPDATE parked_message SET payload = ? WHERE state = 'PARKED'",
                p -> p.bytes(1, delivery(revocation, 1, 1, 1).payload()));
    }

    private void deliver(String revocation, long sequence, long epoch, long journal) {
        broker.deliver(delivery(revocation, sequence, epoch, journal)).join();
    }

    private static Delivery delivery(String revocation, long sequence, long epoch, long journal) {
        String body = """
                {"revocation":"%s","key":{"channel":"WEB","deliveryMethod":"PARCEL","quality":"NORMAL",\
                "shipRegion":"NORTH","sku":"KETTLE"},"taken":3}""".formatted(revocation);
        return new Delivery(
                QUEUE,
                "m" + revocation + sequence + epoch,
                new JsonObject()
                        .put(CloudEvent.TYPE, "RevocationSettled")
                        .put(CloudEvent.STREAM, Streams.SALES_TO_DISPATCH)
                        .put(CloudEvent.PARTITION, PARTITION)
                        .put(CloudEvent.SEQUENCE, sequence)
                        .put(CloudEvent.EPOCH, epoch)
                        .put(CloudEvent.JOURNAL, journal),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> reasons() {
        return parkedMessages("reason_code");
    }

    private List<String> places() {
        return parkedMessages("coalesce(stream || '/' || partition || '/' || sequence, 'none')");
    }

    private long parkedId() {
        return Long.parseLong(parkedMessages("parked_id::text").getFirst());
    }

    private List<String> parkedMessages(String column) {
        return database.query(
                "SELECT " + column + " FROM parked_message WHERE state = 'PARKED' ORDER BY parked_id",
                Database.Binder.NOTHING,
                row -> row.getString(1));
    }

    private double notBelieved() {
        return meters.get("tierstock.messages.refused")
                .tag("queue", QUEUE)
                .tag("cause", "envelope")
                .counter()
                .count();
    }
}
