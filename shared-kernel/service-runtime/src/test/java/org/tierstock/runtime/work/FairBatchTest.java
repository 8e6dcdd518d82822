package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairBatchTest {
    private final List<String> waiting = new ArrayList<>();
    private int looks;

    private void wait(String document, int lines) {
        waiting.addAll(Collections.nCopies(lines, document));
    }

    /** The documents of the lines of a batch. */
    private List<String> batch(int limit) {
        looks = 0;
        List<String> batch = FairBatch.of(limit, document -> document, (without, most) -> {
            looks++;
            return waiting.stream()
                    .filter(document -> !without.contains(document))
                    .limit(most)
                    .toList();
        });
        batch.forEach(waiting::remove);
        return batch;
    }

    @Test
    void a_document_takes_at_most_a_quarter_while_others_wait_behind_it_and_what_they_leave() {
        wait("long", 20);
        wait("A", 1);
        wait("B", 1);

        assertThat(batch(8)).containsExactly("long", "long", "A", "B", "long", "long", "long", "long");
        assertThat(batch(8)).hasSize(8).containsOnly("long");
    }

    @Test
    void several_long_documents_take_a_quarter_each_until_there_is_no_room() {
        for (String document : List.of("one", "two", "three", "four", "five")) {
            wait(document, 20);
        }

        assertThat(batch(8)).containsExactly("one", "one", "two", "two", "three", "three", "four", "four");
    }

    @Test
    void one_long_document_of_several_that_go_on_holds_up_nobody() {
        wait("one", 20);
        wait("two", 20);
        wait("A", 1);

        assertThat(batch(8)).startsWith("one", "one", "two", "two", "A").hasSize(8);
    }

    @Test
    void what_waits_is_looked_for_once_while_no_document_has_more_than_its_share() {
        for (int document = 0; document < 20; document++) {
            wait("D" + document, 2);
        }

        assertThat(batch(8)).containsExactly("D0", "D0", "D1", "D1", "D2", "D2", "D3", "D3");
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void a_batch_of_one_takes_what_waits_longest() {
        wait("long", 20);
        wait("A", 1);

        assertThat(batch(1)).containsExactly("long");
    }
}
