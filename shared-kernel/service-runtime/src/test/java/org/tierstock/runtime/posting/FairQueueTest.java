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
        addWeighing(1, caller, key, elements);
    }

    /** {@code party.part}, or a party that has none. */
    private static Sender sender(String caller) {
        String[] names = caller.split("\\.");
        return names.length == 1 ? Sender.of(caller) : new Sender(names[0], names[1]);
    }

    private void addWeighing(int weight, String caller, String key, String... elements) {
        for (String element : elements) {
            Sender sender = sender(caller);
            assertThat(queue.reserve(sender, weight)).isTrue();
            queue.add(sender, key, element, weight);
        }
    }

    private List<String> take(int atMost, int ofOneKey) {
        return queue.take(new FairQueue.Most(atMost, 1_000), new FairQueue.Most(ofOneKey, 1_000));
    }

    private List<String> takeWeighing(int weight, int ofOneKey) {
        return queue.take(new FairQueue.Most(1_000, weight), new FairQueue.Most(1_000, ofOneKey));
    }

    @Test
    void callers_take_turns_and_of_each_caller_its_keys() {
        add("a", "x", "ax1", "ax2");
        add("a", "y", "ay1");
        add("b", "x", "bx1", "bx2");

        assertThat(take(10, 10)).containsExactly("ax1", "bx1", "ay1", "bx2", "ax2");
        assertThat(queue.size()).isZero();
    }

    @Test
    void a_turn_goes_on_where_the_last_batch_ended() {
        add("a", "x", "a1", "a2");
        add("b", "x", "b1", "b2");
        add("c", "x", "c1", "c2");

        assertThat(take(2, 10)).containsExactly("a1", "b1");
        assertThat(take(2, 10)).containsExactly("c1", "a2");
        assertThat(take(2, 10)).containsExactly("b2", "c2");
    }

    @Test
    void one_key_fills_only_its_part_of_a_batch_whoever_asks_for_it_unless_it_is_alone() {
        add("a", "hot", "a1", "a2", "a3", "a4");
        add("b", "hot", "b1", "b2", "b3", "b4");
        add("b", "cold", "cold");

        assertThat(take(8, 3)).containsExactly("a1", "b1", "a2", "cold");
        assertThat(take(8, 3)).containsExactly("a3", "b2", "a4", "b3", "b4");
    }

    @Test
    void parties_take_turns_first_and_then_the_parts_of_each() {
        add("a.p", "x", "ap1", "ap2");
        add("a.q", "x", "aq1");
        add("a.r", "x", "ar1");
        add("b", "x", "b1", "b2", "b3", "b4");

        assertThat(take(10, 10)).containsExactly("ap1", "b1", "aq1", "b2", "ar1", "b3", "ap2", "b4");
    }

    @Test
    void a_heavy_element_costs_its_part_turns_in_its_party_and_its_party_turns_among_the_others() {
        addWeighing(3, "a.p", "x", "P1", "P2");
        add("a.q", "x", "q1", "q2", "q3");
        add("b", "x", "b1", "b2", "b3", "b4", "b5");

        assertThat(take(10, 10)).containsExactly("P1", "b1", "b2", "b3", "q1", "b4", "q2", "b5", "q3", "P2");
    }

    @Test
    void what_is_put_back_comes_at_its_senders_next_turn_and_waits_as_many_turns_as_it_weighs_now() {
        add("heavy", "x", "H1", "h2");
        add("light", "x", "l1", "l2", "l3", "l4");
        assertThat(take(2, 10)).containsExactly("H1", "l1");

        queue.putBack(Sender.of("heavy"), "x", "H1", 3);

        assertThat(take(10, 10)).containsExactly("H1", "l2", "l3", "l4", "h2");
        queue.putBack(Sender.of("heavy"), "z", "H1", 3);
        add("heavy", "x", "h3");
        queue.putBack(Sender.of("heavy"), "y", "H2", 3);
        assertThat(take(10, 10)).containsExactly("H2", "H1", "h3");
        assertThat(queue.size()).isZero();
        assertThat(queue.reserve(Sender.of("all"), 1_000)).isTrue();
        assertThat(queue.reserve(Sender.of("all"), 1)).isFalse();
    }

    @Test
    void a_caller_waits_as_many_turns_as_what_was_taken_of_it_weighs() {
        addWeighing(3, "heavy", "x", "H1", "H2");
        add("light", "x", "l1", "l2", "l3", "l4", "l5");

        assertThat(take(10, 10)).containsExactly("H1", "l1", "l2", "l3", "H2", "l4", "l5");
    }

    @Test
    void a_batch_ends_with_what_reaches_its_weight_and_the_turns_that_it_cost_are_passed_in_the_next() {
        addWeighing(5, "heavy", "x", "H1", "H2");
        add("light", "x", "l1", "l2", "l3", "l4", "l5");

        assertThat(takeWeighing(4, 100)).containsExactly("H1");
        assertThat(takeWeighing(4, 100)).containsExactly("l1", "l2", "l3", "l4");
        assertThat(takeWeighing(4, 100)).containsExactly("l5", "H2");
    }

    @Test
    void who_has_nothing_waiting_still_owes_the_turns_that_its_last_one_cost_while_others_wait() {
        add("b", "x", "b1", "b2", "b3", "b4", "b5");
        addWeighing(4, "a", "x", "heavy");
        assertThat(take(2, 10)).containsExactly("b1", "heavy");

        addWeighing(4, "a", "x", "next");
        assertThat(take(4, 10)).containsExactly("b2", "b3", "b4", "b5");
        assertThat(take(1, 10)).containsExactly("next");

        addWeighing(4, "a", "x", "nobody waits");
        add("b", "x", "b6");
        assertThat(take(1, 10)).containsExactly("nobody waits");
    }

    @Test
    void who_waits_alone_passes_no_turn() {
        addWeighing(1_000_000_000, "heavy", "x", "H1");
        take(1, 1);
        addWeighing(1_000_000_000, "heavy", "x", "H2");

        assertThat(take(10, 10)).containsExactly("H2");
    }

    @Test
    void one_key_fills_only_its_part_of_a_batch_by_weight_too() {
        addWeighing(3, "a", "hot", "H1", "H2");
        addWeighing(3, "b", "hot", "H3");
        add("a", "cold", "c1");

        assertThat(takeWeighing(100, 3)).containsExactly("H1", "c1");
        assertThat(takeWeighing(100, 3)).containsExactlyInAnyOrder("H2", "H3");
    }

    @Test
    void what_passes_the_test_is_removed_from_the_front_of_every_key_and_its_places_are_free() {
        add("a", "x", "1", "9", "2");
        add("a", "y", "3", "4");
        add("b", "x", "9");

        assertThat(queue.removeFirstWhile(element -> element.compareTo("5") < 0))
                .containsExactlyInAnyOrder("1", "3", "4");

        assertThat(take(10, 10)).containsExactly("9", "9", "2");
    }

    @Test
    void nothing_is_lost_or_overtaken_in_a_long_run_of_random_callers_keys_and_batches() {
        Random random = new Random(7);
        Map<String, Integer> added = new HashMap<>();
        Map<String, Integer> next = new HashMap<>();
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String flow = "c" + random.nextInt(5) + "/p" + random.nextInt(3) + "/k" + random.nextInt(7);
            int weight = random.nextInt(10) == 0 ? 1 + random.nextInt(50) : 1;
            Sender sender = new Sender(flow.substring(0, 2), flow.substring(3, 5));
            if (queue.reserve(sender, weight)) {
                String element = flow + ":" + added.merge(flow, 1, Integer::sum);
                queue.add(sender, flow.substring(6), element, weight);
            }
            switch (random.nextInt(20)) {
                case 0 -> taken.addAll(queue.take(most(random, 40), most(random, 8)));
                case 1 -> {
                    int cut = random.nextInt(100);
                    taken.addAll(queue.removeFirstWhile(element -> element.hashCode() % 100 == cut));
                }
                default -> {}
            }
        }
        while (queue.size() > 0) {
            taken.addAll(take(40, 4));
        }

        assertThat(taken).allSatisfy(element -> {
            String[] parts = element.split(":");
            assertThat(next.merge(parts[0], 1, Integer::sum)).isEqualTo(Integer.parseInt(parts[1]));
        });
        assertThat(next).isEqualTo(added);
        assertThat(IntStream.range(0, 1_000).filter(i -> queue.reserve(Sender.of("all"), 1)))
                .hasSize(1_000);
    }

    private static FairQueue.Most most(Random random, int elements) {
        return new FairQueue.Most(1 + random.nextInt(elements), 1 + random.nextInt(3 * elements));
    }
}
