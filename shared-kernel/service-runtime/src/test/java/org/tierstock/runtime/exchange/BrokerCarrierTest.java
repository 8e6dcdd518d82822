package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.proton.ProtonServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;

/** Messages on their way to a broker that is reduced to its answers. */
@Timeout(60)
class BrokerCarrierTest {
    private final Vertx vertx = Vertx.vertx();
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private BrokerCarrier carrier;

    @BeforeEach
    void open() throws Exception {
        ProtonServer broker = ProtonServer.create(vertx)
                .connectHandler(connection -> connection
                        .openHandler(opened -> connection.open())
                        .sessionOpenHandler(session -> session.open())
                        .receiverOpenHandler(receiver -> receiver.setAutoAccept(false)
                                .handler((delivery, message) -> {
                                    String id = message.getMessageId().toString();
                                    if (refusing.contains(id)) {
                                        delivery.disposition(new Rejected(), true);
                                    } else {
                                        stored.add(id);
                                        delivery.disposition(Accepted.getInstance(), true);
                                    }
                                })
                                .open()));
        CompletableFuture<Integer> port = new CompletableFuture<>();
        broker.listen(0, "localhost", listening -> port.complete(broker.actualPort()));
        BrokerSettings settings = new BrokerSettings(
                null, "localhost", port.get(20, TimeUnit.SECONDS), "layer", "secret", Optional.empty());
        carrier = new BrokerCarrier(vertx, settings, "a-queue", "sales");
        carrier.open(null);
        while (carrier.unreachable().isPresent()) {
            Thread.sleep(10);
        }
    }

    @AfterEach
    void close() {
        carrier.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void what_the_broker_has_stored_has_arrived() {
        assertThat(carrier.carry(rows())).isEmpty();

        assertThat(stored).hasSize(rows().size());
    }

    @Test
    void a_message_that_the_broker_refuses_is_missing_and_no_other_is() {
        OutboxRow refused = rows().get(3);
        refusing.add(refused.id());

        for (int i = 0; i < 2; i++) {
            assertThat(carrier.carry(rows())).containsExactly(refused.position());
        }

        assertThat(stored).hasSize(rows().size() - 1);
        refusing.clear();
        assertThat(carrier.carry(rows())).isEmpty();
    }

    @Test
    void a_refusal_is_told_once_and_again_when_the_message_has_been_with_another_replica_meanwhile() {
        OutboxRow refused = rows().get(3);
        List<OutboxRow> others =
                rows().stream().filter(row -> !row.equals(refused)).toList();
        refusing.add(refused.id());
        AtomicInteger told = new AtomicInteger();
        Handler counting = counting(told);
        Logger log = Logger.getLogger(BrokerCarrier.class.getName());
        log.addHandler(counting);
        try {
            carrier.carry(rows());
            carrier.carry(rows());
            assertThat(told).hasValue(1);

            carrier.carry(others);
            carrier.carry(rows());
            assertThat(told).hasValue(2);
        } finally {
            log.removeHandler(counting);
        }
    }

    private static Handler counting(AtomicInteger records) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                records.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void a_broker_that_refuses_all_has_stored_nothing() {
        rows().forEach(row -> refusing.add(row.id()));

        assertThatThrownBy(() -> carrier.carry(rows()))
                .isInstanceOf(QueueSender.NotStored.class)
                .hasMessageContaining("Rejected");
    }

    /** Each in a stream partition of its own. */
    private static List<OutboxRow> rows() {
        return IntStream.range(0, 10)
                .mapToObj(partition -> new OutboxRow(
                        new StreamPosition(Streams.SALES_TO_DISPATCH, partition, 1),
                        1,
                        1,
                        "RevocationSettled",
                        "RV-1",
                        "KETTLE",
                        "{}",
                        "",
                        Instant.EPOCH))
                .toList();
    }
}
