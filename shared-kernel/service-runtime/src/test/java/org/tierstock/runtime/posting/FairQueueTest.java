package org.tierstock.runtime.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private final FairQueue<String> queue = new FairQueue<>(1_000);

    private void add(String caller, String key, String... elements) {
        for (String element : elements) {
            assertThat(queue.reserve(caller)).isTrue();
            queue.add(caller, key, element);
        }
    }

    @Test
    void callers_take_turns_and_of_each_caller_its_keys() {
        add("a", "x", "ax1", "ax2");
        add("a", "y", "ay1");
        add("b", "x", "bx1", "bx2");

        assertThat(queue.take(10, 10)).containsExactly("ax1", "bx1", "ay1", "bx2", "ax2");
        assertThat(queue.size()).isZero();
    }

    @Test
    void a_turn_goes_on_where_the_last_batch_ended() {
        add("a", "x", "a1", "a2");
        add("b", "x", "b1", "b2");
        add("c", "x", "c1", "c2");

        assertThat(queue.take(2, 10)).containsExactly("a1", "b1");
        assertThat(queue.take(2, 10)).containsExactly("c1", "a2");
        assertThat(queue.take(2, 10)).containsExactly("b2", "c2");
    }

    @Test
    void one_key_fills_only_its_part_of_a_batch_whoever_asks_for_it_unless_it_is_alone() {
        add("a", "hot", "a1", "a2", "a3", "a4");
        add("b", "hot", "b1", "b2", "b3", "b4");
        add("b", "cold", "cold");

        assertThat(queue.take(8, 3)).containsExactly("a1", "b1", "a2", "cold");
        assertThat(queue.take(8, 3)).containsExactly("a3", "b2", "a4", "b3", "b4");
    }

    @Test
    void what_passes_the_test_is_removed_from_the_front_of_every_key_and_its_places_are_free() {
        add("a", "x", "1", "9", "2");
        add("a", "y", "3", "4");
        add("b", "x", "9");

        assertThat(queue.removeFirstWhile(element -> element.compareTo("5") < 0))
                .containsExactlyInAnyOrder("1", "3", "4");

        assertThat(queue.take(10, 10)).containsExactly("9", "9", "2");
    }

    @Test
    void nothing_is_lost_or_overtaken_in_a_long_run_of_random_callers_keys_and_batches() {
        Random random = new Random(7);
        Map<String, Integer> added = new HashMap<>();
        Map<String, Integer> next = new HashMap<>();
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String flow = "c" + random.nextInt(5) + "/k" + random.nextInt(7);
            if (queue.reserve(flow.substring(0, 2))) {
                queue.add(flow.substring(0, 2), flow.substring(3), flow + ":" + added.merge(flow, 1, Integer::sum));
            }
            switch (random.nextInt(20)) {
                case 0 -> taken.addAll(queue.take(1 + random.nextInt(40), 1 + random.nextInt(8)));
                case 1 -> {
                    int cut = random.nextInt(100);
                    taken.addAll(queue.removeFirstWhile(element -> element.hashCode() % 100 == cut));
                }
                default -> {}
            }
        }
        while (queue.size() > 0) {
            taken.addAll(queue.take(40, 4));
        }

        assertThat(taken).allSatisfy(element -> {
            String[] parts = element.split(":");
            assertThat(next.merge(parts[0], 1, Integer::sum)).isEqualTo(Integer.parseInt(parts[1]));
        });
        assertThat(next).isEqualTo(added);
        assertThat(IntStream.range(0, 1_000).filter(i -> queue.reserve("all"))).hasSize(1_000);
    }
}
