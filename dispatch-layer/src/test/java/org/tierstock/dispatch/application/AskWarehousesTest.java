package org.tierstock.dispatch.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.dispatch.domain.Fixtures;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.fake.InMemoryAdapters;
import org.tierstock.movements.Cell;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Later;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;

/** Warehouses that take their time. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AskWarehousesTest {
    private static final String WORK = "ask";
    private static final int RETRY_SECONDS = 600;
    private static final Answer<String> NO_ANSWER = new Answer.Indeterminate<>("silent");

    private final InMemoryAdapters adapters = new InMemoryAdapters();
    private final Map<String, CompletableFuture<Answer<String>>> calls = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final BlockingQueue<List<String>> recorded = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> announced = new LinkedBlockingQueue<>();
    private final AskWarehouses<Outbound, String> warehouses = new AskWarehouses<>(
            WORK,
            new EachInTurn(adapters.stuckWork(), new SimpleMeterRegistry()),
            announced::add,
            adapters.outbounds(),
            outbound -> outbound,
            this::call,
            answer -> answer,
            answers -> {
                recorded.add(List.copyOf(answers));
                return Progress.DONE;
            });

    private Map<String, Later<Answer<String>>> call(Map<String, List<Outbound>> outbounds) {
        asked.addAll(outbounds.keySet());
        return outbounds.keySet().stream().collect(Collectors.toMap(warehouse -> warehouse, warehouse -> {
            CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
            calls.put(warehouse, answer);
            return Later.of(answer);
        }));
    }

    private static List<Outbound> outbounds(String... of) {
        return Arrays.stream(of)
                .map(warehouse -> Outbound.requested(
                                "OB-" + warehouse,
                                new LineNumber("WEB:1", 1),
                                new Cell(Fixtures.at(warehouse), Fixtures.PHONE),
                                warehouse,
                                1)
                        .numbered(1))
                .toList();
    }

    private static Answer<String> answer(String warehouse) {
        return new Answer.Answered<>(List.of("of " + warehouse));
    }

    /** A round, in a thread of its own. */
    private CompletableFuture<Progress> round(String... of) {
        return CompletableFuture.supplyAsync(
                () -> warehouses.run(outbounds(of), 10, RETRY_SECONDS, 10 * RETRY_SECONDS),
                task -> Thread.ofVirtual().start(task));
    }

    private void end(String warehouse, Answer<String> answer) {
        while (!calls.containsKey(warehouse)) {
            Thread.onSpinWait();
        }
        calls.remove(warehouse).complete(answer);
    }

    @Test
    void answers_are_recorded_as_they_come_while_a_warehouse_is_silent() throws InterruptedException {
        CompletableFuture<Progress> round = round("A", "B", "C");

        end("B", answer("B"));
        assertThat(recorded.take()).containsExactly("of B");
        end("C", answer("C"));
        assertThat(recorded.take()).containsExactly("of C");
        assertThat(round).isNotDone();
        end("A", NO_ANSWER);

        assertThat(round.join()).isEqualTo(Progress.DONE);
        assertThat(recorded).isEmpty();
    }

    @Test
    void no_round_waits_for_who_was_silent_last_time_and_its_answer_is_recorded_when_it_comes()
            throws InterruptedException {
        CompletableFuture<Progress> first = round("A", "B");
        end("B", answer("B"));
        end("A", NO_ANSWER);
        first.join();

        CompletableFuture<Progress> second = round("A", "B");
        end("B", answer("B"));
        assertThat(second.join()).isEqualTo(Progress.DONE);
        CompletableFuture<Progress> third = round("A", "B");
        end("B", answer("B"));
        assertThat(third.join()).isEqualTo(Progress.DONE);
        assertThat(asked).filteredOn("A"::equals).hasSize(2);

        assertThat(announced).isEmpty();
        end("A", answer("A"));
        assertThat(announced.take()).isEqualTo(WORK);
        recorded.clear();
        assertThat(round().join()).isEqualTo(Progress.DONE);
        assertThat(recorded).containsExactly(List.of("of A"));
    }

    @Test
    void who_stays_silent_while_others_answer_is_left_alone_and_is_no_failure_of_the_round()
            throws InterruptedException {
        CompletableFuture<Progress> first = round("A", "B");
        end("B", answer("B"));
        recorded.take();
        end("A", NO_ANSWER);
        first.join();
        CompletableFuture<Progress> second = round("A", "B");
        end("B", answer("B"));
        second.join();
        end("A", NO_ANSWER);
        assertThat(round().join()).isEqualTo(Progress.NONE);

        asked.clear();
        CompletableFuture<Progress> third = round("A", "B");
        end("B", answer("B"));
        third.join();

        assertThat(asked).containsExactly("B");
    }

    @Test
    void a_round_in_which_only_silence_ended_fails() {
        CompletableFuture<Progress> first = round("A");
        end("A", NO_ANSWER);
        assertThatThrownBy(first::join).hasCauseInstanceOf(Unreached.class);

        assertThat(round("A").join()).isEqualTo(Progress.NONE);
        end("A", NO_ANSWER);

        assertThatThrownBy(() -> round().join()).hasCauseInstanceOf(Unreached.class);
    }
}
