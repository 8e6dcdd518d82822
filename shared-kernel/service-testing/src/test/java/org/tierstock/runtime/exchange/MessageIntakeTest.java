package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.runtime.sql.Database.Binder.NOTHING;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.runtime.exchange.MessageIntake.Taken;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.GroupCommits;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.PostingConnections;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

/** What a queue's sender may say, and what nobody else may say in its place. */
class MessageIntakeTest {
    private static final Sku SKU = new Sku("KETTLE");
    private static final String OF_W1 = Streams.fromWarehouse("W1");
    private static final GroupCommit.Bounds BOUNDS = new GroupCommit.Bounds(1, 16, 16, 16, Duration.ofSeconds(10));
    private static final GroupCommit.Watcher UNWATCHED = new GroupCommit.Watcher() {
        @Override
        public void posted(int commands) {}

        @Override
        public void refused(GroupCommit.Refusal refusal, int commands) {}
    };

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final TransactionalDataSource dataSource = embedded.dataSource();
    private final Database database = new Database(dataSource);
    private final Database owner = new Database(embedded.ownerDataSource());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PostgresInbox inbox = new PostgresInbox(database, meters);
    private final PostgresWatermarks watermarks = new PostgresWatermarks(database);
    private final ParkedMessages parked = new ParkedMessages(database, inbox, watermarks);
    private final List<Received<RevocationSettled>> applied = new ArrayList<>();
    private final GroupCommit<Received<RevocationSettled>, Boolean> posting = new GroupCommit<>(
            "settlements",
            BOUNDS,
            GroupCommit.oneLine(),
            messages -> {
                applied.addAll(messages);
                return MessageIntake.applied(messages);
            },
            UNWATCHED);

    /** One lane of 16 places. The fence is closed: what cannot be applied is kept nevertheless. */
    private final GroupCommits groupCommits = new GroupCommits(
            Optional.of(1),
            16,
            16,
            16,
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            new PostingConnections(null, Optional.of(100)),
            new Fence(),
            meters);

    /** What dispatch receives from sales. */
    private final MessageIntake<RevocationSettled> fromSales = intake(posting);

    private MessageIntake<RevocationSettled> intake(GroupCommit<Received<RevocationSettled>, Boolean> into) {
        return intake(into, new Parking(groupCommits, parked), Runnable::run);
    }

    private MessageIntake<RevocationSettled> intake(
            GroupCommit<Received<RevocationSettled>, Boolean> into, Parking parking, Executor blocking) {
        return new MessageIntake<>(
                "sales-to-dispatch",
                "sales",
                RevocationSettled.class,
                (received, replayed) -> into.submit("sales", received.message().subject(), received),
                parking,
                blocking,
                meters);
    }

    @AfterEach
    void close() {
        posting.close();
    }

    @Test
    void what_the_sender_of_the_queue_says_is_applied() {
        fromSales
                .take(delivery("m1", Streams.SALES_TO_DISPATCH, 1))
                .toCompletableFuture()
                .join();

        assertThat(applied).hasSize(1);
        assertThat(refused()).isZero();
    }

    @Test
    void a_flood_of_what_cannot_be_applied_takes_one_connection_and_what_finds_no_place_is_to_be_brought_again() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Database counted = new Database(counted(dataSource, open, most));
        Parking lane = new Parking(groupCommits, new ParkedMessages(counted, inbox, watermarks));
        MessageIntake<RevocationSettled> intake = intake(posting, lane, Executors.newVirtualThreadPerTaskExecutor());

        List<CompletableFuture<Taken>> flood = IntStream.range(0, 500)
                .mapToObj(i -> intake.take(garbage(i)).toCompletableFuture())
                .toList();

        Map<Class<?>, Long> taken = flood.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(Object::getClass, Collectors.counting()));
        assertThat(taken).containsOnlyKeys(Taken.Parked.class, Taken.NotApplied.class);
        assertThat(database.queryOne("SELECT count(*) FROM parked_message", NOTHING, row -> row.getLong(1)))
                .hasValue(taken.get(Taken.Parked.class));
        assertThat(most).hasValue(1);
    }

    private static Brought garbage(int number) {
        return new Brought(
                "garbage-" + number,
                "Nonsense",
                Streams.SALES_TO_DISPATCH,
                1,
                number + 1,
                1,
                1,
                "",
                "",
                "?".getBytes(StandardCharsets.UTF_8));
    }

    /** Connections of a source, of which it is counted how many are open at most. */
    private static DataSource counted(DataSource source, AtomicInteger open, AtomicInteger most) {
        return proxy(DataSource.class, source, (method, result) -> {
            if (!(result instanceof Connection connection)) {
                return result;
            }
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return proxy(Connection.class, connection, (called, answer) -> {
                if (called.equals("close")) {
                    open.decrementAndGet();
                }
                return answer;
            });
        });
    }

    private static <T> T proxy(Class<T> type, T target, BiFunction<String, Object, Object> after) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return after.apply(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void a_message_whose_month_is_missing_in_the_ledger_waits_for_it_and_is_not_parked() {
        owner.query(
                        "SELECT relname FROM pg_class WHERE relname ~ '^ledger_\\d{4}_\\d\\d$'",
                        NOTHING, row -> row.getString(1))
                .forEach(month -> owner.update("DROP TABLE " + month, NOTHING));
        AtomicInteger tries = new AtomicInteger();
        try (GroupCommit<Received<RevocationSettled>, Boolean> moving = new GroupCommit<>(
                "moving", BOUNDS, GroupCommit.oneLine(), messages -> moved(messages, tries), UNWATCHED)) {
            intake(moving)
                    .take(delivery("m1", Streams.SALES_TO_DISPATCH, 1))
                    .toCompletableFuture()
                    .join();
        }

        assertThat(tries).hasValue(2);
        assertThat(taken()).containsExactly(List.of());
    }

    /** A posting that moves something. Its month is made after the first try. */
    private List<Boolean> moved(List<Received<RevocationSettled>> messages, AtomicInteger tries) {
        if (tries.getAndIncrement() == 1) {
            owner.query("SELECT ensure_ledger_partitions(0)", NOTHING, row -> row.getInt(1));
        }
        return dataSource.inTransaction(() -> {
            database.updateExactly(1, """
                    INSERT INTO ledger (action, from_bucket, to_row, to_bucket, quantity,
                                        document_kind, document_number, document_line)
                    VALUES ('INCREASE', 'EXTERNAL', 1, 'FREE', 3, 'STOCK_GRANT', 'RV1', 0)
                    """, NOTHING);
            return MessageIntake.applied(messages);
        });
    }

    @Test
    void what_is_of_another_layers_stream_moves_nothing_is_counted_and_stays_parked() {
        Delivery forged = delivery("m1", OF_W1, 2);

        fromSales.take(forged).toCompletableFuture().join();

        assertThat(applied).isEmpty();
        assertThat(refused()).isEqualTo(1);
        assertThat(reason("m1")).startsWith("Wrong sender");
        assertThat(fromSales.replay(parked.find(id("m1")).orElseThrow()).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(applied).isEmpty();
    }

    @Test
    void what_is_of_another_layers_stream_takes_no_number_of_it_neither_parked_nor_closed() {
        dataSource.inTransaction(() -> inbox.admit(List.of(receipt())));

        fromSales.take(delivery("m1", OF_W1, 2)).toCompletableFuture().join();
        Delivery forged = parked.find(id("m1")).orElseThrow();
        ParkedMessageReplay.Outcome outcome = dataSource.inTransaction(
                () -> parked.giveUp(id("m1"), fromSales.envelope(forged), fromSales.read(forged), "somebody"));

        assertThat(outcome).isEqualTo(new ParkedMessageReplay.Outcome.Closed(false));
        assertThat(watermarks.contiguous(OF_W1, SKU.partition())).isEqualTo(1);
        assertThat(taken()).containsExactly(List.of());
    }

    @Test
    void of_a_body_that_is_longer_than_any_that_is_read_only_the_length_is_kept() {
        Delivery told = delivery("m1", Streams.SALES_TO_DISPATCH, 1);
        byte[] body = new byte[Delivery.MAX_PAYLOAD + 1];

        fromSales
                .take(new Delivery(told.queue(), told.id(), told.properties(), body))
                .toCompletableFuture()
                .join();

        assertThat(reason("m1")).isEqualTo("Too large: " + body.length + " bytes");
        assertThat(parked.find(id("m1")).orElseThrow().payload()).isEmpty();
    }

    @Test
    void messages_that_were_too_large_to_be_read_are_counted_and_one_note_of_them_waits_for_a_person() {
        for (int i = 0; i < 3; i++) {
            fromSales.tooLarge(4_096);
        }
        // The lane posts what waits in it.
        groupCommits.close();

        assertThat(refused("size")).isEqualTo(3);
        assertThat(reason("too-large")).startsWith("Too large: beyond 4096 bytes");
        assertThat(taken()).containsExactly(List.of());
        Delivery note = parked.find(id("too-large")).orElseThrow();
        ParkedMessageReplay.Outcome outcome = dataSource.inTransaction(
                () -> parked.giveUp(id("too-large"), fromSales.envelope(note), fromSales.read(note), "somebody"));
        assertThat(outcome).isEqualTo(new ParkedMessageReplay.Outcome.Closed(false));
    }

    @Test
    void what_cannot_be_read_and_names_a_place_that_can_be_none_is_parked_without_one() {
        Delivery told = delivery("m1", Streams.SALES_TO_DISPATCH, 1);
        JsonObject properties = told.properties().copy().put(CloudEvent.TYPE, "Nonsense");

        parks(new Delivery(told.queue(), "far", properties.copy().put(CloudEvent.PARTITION, 70_000), told.payload()));
        parks(new Delivery(
                told.queue(), "long", properties.copy().put(CloudEvent.STREAM, "W>D:" + noise(9_000)), told.payload()));

        assertThat(reason("far")).startsWith("Unknown type");
        assertThat(reason("long")).hasSize(1_000).startsWith("Wrong sender");
        assertThat(taken()).containsExactly(List.of());
    }

    @Test
    void of_what_cannot_be_kept_at_least_that_it_came_waits_for_a_person() {
        owner.update("ALTER TABLE parked_message ADD CHECK (length(properties) < 100)", NOTHING);
        Delivery told = delivery("m1", Streams.SALES_TO_DISPATCH, 1);

        parks(new Delivery(told.queue(), told.id(), told.properties(), "{\u0007".getBytes(StandardCharsets.UTF_8)));

        assertThat(reason("m1"))
                .startsWith("Nothing of it can be kept. Bad JSON")
                .doesNotContain("\u0007", "\n");
        assertThat(parked.find(id("m1")).orElseThrow().payload()).isEmpty();
        assertThat(taken()).containsExactly(List.of());
    }

    private void parks(Delivery delivery) {
        fromSales
                .take(delivery)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** Text that no compression makes short. */
    private static String noise(int characters) {
        return new Random(1)
                .ints(characters, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** What a peer would be told that it need not send again, beside what is applied. */
    private List<List<Long>> taken() {
        return database.query(
                "SELECT coalesce(array_agg(sequence) FILTER (WHERE sequence IS NOT NULL), '{}') FROM parked_message",
                Database.Binder.NOTHING,
                row -> List.of((Long[]) row.getArray(1).getArray()));
    }

    private double refused() {
        return refused("sender");
    }

    private double refused(String cause) {
        return meters.get("tierstock.messages.refused")
                .tag("queue", "sales-to-dispatch")
                .tag("cause", cause)
                .counter()
                .count();
    }

    private long id(String message) {
        return database.query(
                        "SELECT parked_id FROM parked_message WHERE message_id = ?",
                        p -> p.text(1, message),
                        row -> row.getLong(1))
                .getFirst();
    }

    private String reason(String message) {
        return database.query(
                        "SELECT reason FROM parked_message WHERE message_id = ?",
                        p -> p.text(1, message),
                        row -> row.getString(1))
                .getFirst();
    }

    /** The first message of the warehouse's stream. */
    private static Received<GoodsReceived> receipt() {
        Cell cell = new Cell(new NodeKey("W1", "MAIN", "ACME", Quality.NORMAL), SKU);
        return new Received<>(
                new GoodsReceived("W1", "RC1/1", cell, 5, 0, ReceiptCause.PURCHASE, ""),
                new StreamPosition(OF_W1, SKU.partition(), 1),
                1,
                1);
    }

    private static Delivery delivery(String id, String stream, long sequence) {
        String body = """
                {"revocation":"RV1","key":{"channel":"WEB","deliveryMethod":"PARCEL","quality":"NORMAL",\
                "shipRegion":"NORTH","sku":"KETTLE"},"taken":3}""";
        return new Delivery(
                "sales-to-dispatch",
                id,
                new JsonObject()
                        .put(CloudEvent.TYPE, "RevocationSettled")
                        .put(CloudEvent.STREAM, stream)
                        .put(CloudEvent.PARTITION, SKU.partition())
                        .put(CloudEvent.SEQUENCE, sequence)
                        .put(CloudEvent.EPOCH, 1)
                        .put(CloudEvent.JOURNAL, sequence),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
