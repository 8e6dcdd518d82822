package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.StreamPosition;

class BrokerCarrierTest {
    private static final OutboxRow FIRST = row(1);
    private static final OutboxRow SECOND = row(2);

    /** What the channel was given, in order, and the answers it will give. */
    private final List<String> given = new ArrayList<>();

    private final Map<String, CompletableFuture<Void>> answers = new HashMap<>();
    private final BrokerCarrier carrier = new BrokerCarrier(channel(), "test", Duration.ofMillis(50));

    @Test
    void rows_are_carried_when_the_broker_has_stored_all_of_them() {
        answer(FIRST);
        assertThatThrownBy(() -> carrier.carry(List.of(FIRST, SECOND))).hasMessageContaining("has not answered");

        answer(SECOND);
        assertThatCode(() -> carrier.carry(List.of(FIRST, SECOND))).doesNotThrowAnyException();
    }

    @Test
    void what_the_channel_still_keeps_is_not_given_to_it_again_however_long_the_broker_is_away() {
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> carrier.carry(List.of(FIRST, SECOND))).hasMessageContaining("has not answered");
        }

        assertThat(given).containsExactly(FIRST.id(), SECOND.id());
    }

    @Test
    void what_the_broker_refused_is_given_to_the_channel_again() {
        answers.put(FIRST.id(), CompletableFuture.failedFuture(new IllegalStateException("released")));
        assertThatThrownBy(() -> carrier.carry(List.of(FIRST))).hasMessageContaining("did not take a message");

        answer(FIRST);
        carrier.carry(List.of(FIRST));

        assertThat(given).containsExactly(FIRST.id(), FIRST.id());
    }

    private void answer(OutboxRow row) {
        answers.computeIfAbsent(row.id(), id -> new CompletableFuture<>()).complete(null);
        if (answers.get(row.id()).isCompletedExceptionally()) {
            answers.put(row.id(), CompletableFuture.completedFuture(null));
        }
    }

    @SuppressWarnings("unchecked")
    private MutinyEmitter<byte[]> channel() {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MutinyEmitter.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("sendMessage")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    String id = ((Message<?>) arguments[0])
                            .getMetadata(OutgoingAmqpMetadata.class)
                            .orElseThrow()
                            .getMessageId();
                    given.add(id);
                    return Uni.createFrom()
                            .completionStage(answers.computeIfAbsent(id, unanswered -> new CompletableFuture<>()));
                });
    }

    private static OutboxRow row(long sequence) {
        return new OutboxRow(
                new StreamPosition("W>D:W1", 3, sequence),
                1,
                sequence,
                "StockChanged",
                "S1",
                "{}",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                Instant.EPOCH);
    }
}
