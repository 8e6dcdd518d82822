package org.tierstock.runtime.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.sql.PostingConnections;

/** When what has been queued is posted. */
class GroupCommitsTest {
    private static final String REFUSED = "refused: " + Fence.FENCED;

    private final Fence fence = new Fence();
    private final GroupCommits groupCommits = new GroupCommits(
            Optional.of(1),
            100,
            10,
            100,
            Duration.ofMinutes(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            new PostingConnections(null, Optional.of(100)),
            fence,
            new SimpleMeterRegistry());

    @AfterEach
    void close() {
        groupCommits.close();
    }

    @Test
    void while_a_layer_is_repaired_only_what_a_person_replays_is_posted() {
        GroupCommit<String, String> calls = groupCommits.of("calls", GroupCommit.oneLine(), List::copyOf);
        GroupCommit<Replayable<String>, String> messages =
                groupCommits.ofReplayable("messages", GroupCommit.oneLine(), List::copyOf);

        fence.repairing("It is repaired.");

        assertThat(outcome(calls.submit("a", "sku", "call"))).isEqualTo(REFUSED);
        CompletionStage<String> arrived = messages.submit("a", "sku", new Replayable<>("message", false));
        CompletionStage<String> replayed = messages.submit("a", "sku", new Replayable<>("replay", true));
        assertThat(outcome(arrived)).isEqualTo(REFUSED);
        assertThat(outcome(replayed)).isEqualTo("replay");
    }

    @Test
    void while_the_fence_is_closed_nothing_is_posted_and_when_it_opens_all_is() {
        GroupCommit<Replayable<String>, String> messages =
                groupCommits.ofReplayable("messages", GroupCommit.oneLine(), List::copyOf);

        assertThat(outcome(messages.submit("a", "sku", new Replayable<>("replay", true))))
                .isEqualTo(REFUSED);
        fence.open();
        assertThat(outcome(messages.submit("a", "sku", new Replayable<>("message", false))))
                .isEqualTo("message");
    }

    private static String outcome(CompletionStage<String> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            return "refused: " + ((Problem) e.getCause()).code();
        }
    }
}
