package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes from a broker, and what is too large to come. */
@Timeout(60)
class QueueReceiverTest {
    private static final int MOST = 128 * 1024;
    private static final int TOO_LARGE = 40 * MOST;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Integer> taken = new LinkedBlockingQueue<>();
    private final List<Long> toldTooLarge = new CopyOnWriteArrayList<>();

    /** A queue that brings a message again until it has an outcome, one at a time. */
    private final class Broker {
        private final Deque<Message> queue = new ArrayDeque<>();
        private final List<Class<?>> outcomes = new CopyOnWriteArrayList<>();
        private final AtomicInteger connections = new AtomicInteger();

        int listen(int... sizes) throws Exception {
            Arrays.stream(sizes).mapToObj(QueueReceiverTest::message).forEach(queue::add);
            ProtonServer server = ProtonServer.create(vertx)
                    .connectHandler(connection -> connection
                            .openHandler(opened -> {
                                connections.incrementAndGet();
                                connection.open();
                            })
                            .sessionOpenHandler(session -> session.open())
                            .senderOpenHandler(this::serve));
            CompletableFuture<Integer> port = new CompletableFuture<>();
            server.listen(0, "localhost", listening -> port.complete(server.actualPort()));
            return port.get(20, TimeUnit.SECONDS);
        }

        private void serve(ProtonSender sender) {
            AtomicBoolean underWay = new AtomicBoolean();
            sender.setSource(sender.getRemoteSource())
                    .closeHandler(end -> sender.close())
                    .sendQueueDrainHandler(ready -> bring(sender, underWay))
                    .open();
        }

        private void bring(ProtonSender sender, AtomicBoolean underWay) {
            Message next = queue.peek();
            if (next == null || sender.sendQueueFull() || !underWay.compareAndSet(false, true)) {
                return;
            }
            sender.send(next, delivery -> {
                DeliveryState outcome = delivery.getRemoteState();
                if (outcome != null && queue.remove(next)) {
                    outcomes.add(outcome.getClass());
                    underWay.set(false);
                    bring(sender, underWay);
                }
            });
        }
    }

    private final Broker broker = new Broker();

    private static Message message(int size) {
        Message message = Proton.message();
        message.setBody(new Data(new Binary(new byte[size])));
        return message;
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_message_that_is_too_large_is_rejected_before_it_has_come_and_holds_up_nothing_behind_it() throws Exception {
        QueueReceiver receiver = receiver(broker.listen(1, TOO_LARGE, 2));
        receiver.open();

        assertThat(take(2)).containsExactly(1, 2);

        assertThat(toldTooLarge).containsExactly((long) MOST);
        assertThat(broker.outcomes).startsWith(Accepted.class, Rejected.class);
        assertThat(receiver.receiving()).isTrue();
        receiver.close();
    }

    @Test
    void many_that_are_too_large_keep_what_is_behind_them_waiting_for_no_new_connection() throws Exception {
        int[] sizes = IntStream.range(0, 21).map(i -> i < 20 ? TOO_LARGE : 7).toArray();
        QueueReceiver receiver = receiver(broker.listen(sizes));
        receiver.open();

        assertThat(take(1)).containsExactly(7);

        assertThat(toldTooLarge).hasSize(20);
        assertThat(broker.connections).hasValue(1);
        receiver.close();
    }

    @Test
    void a_message_of_the_largest_size_comes() throws Exception {
        // What the body is wrapped in takes some bytes.
        QueueReceiver receiver = receiver(broker.listen(MOST - 64));
        receiver.open();

        assertThat(take(1)).containsExactly(MOST - 64);

        assertThat(toldTooLarge).isEmpty();
        receiver.close();
    }

    private QueueReceiver receiver(int port) {
        return new QueueReceiver(
                vertx,
                new BrokerAddress("localhost", port, "layer", "secret", Optional.empty()),
                "a-queue",
                "tierstock.a-queue",
                100,
                MOST,
                delivery -> {
                    taken.add(delivery.payload().length);
                    return CompletableFuture.completedFuture(null);
                },
                toldTooLarge::add);
    }

    private List<Integer> take(int count) throws InterruptedException {
        List<Integer> came = new ArrayList<>();
        while (came.size() < count) {
            came.add(taken.poll(30, TimeUnit.SECONDS));
        }
        return came;
    }
}
