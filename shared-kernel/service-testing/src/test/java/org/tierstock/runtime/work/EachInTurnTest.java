package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.runtime.work.EachInTurn.Step;
import org.tierstock.testing.InMemoryStuckWork;
import org.tierstock.testing.SettableClock;

class EachInTurnTest {
    private static final String WORK = "count";
    private static final int LIMIT = 10;

    private final SettableClock clock = new SettableClock();
    private final StuckWork stuck = new InMemoryStuckWork(clock);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EachInTurn eachInTurn = new EachInTurn(stuck, meters);
    private final List<Integer> queue =
            new ArrayList<>(IntStream.range(0, 40).boxed().toList());
    private Set<Integer> impossible = Set.of(3, 4, 17);

    @Test
    void what_cannot_be_done_holds_up_nothing_else() {
        runAll();

        assertThat(queue).containsExactly(3, 4, 17);
        assertThat(stuck.look(WORK)).containsOnlyKeys("3", "4", "17");
        assertThat(stuck.look(WORK).get("3").reason()).isEqualTo("IllegalStateException: 3 is impossible");
    }

    @Test
    void what_a_step_itself_tells_apart_is_set_aside_without_another_attempt_and_the_others_are_done() {
        List<List<Integer>> attempts = new ArrayList<>();
        Step<Integer> telling = numbers -> {
            attempts.add(numbers);
            throw new Apart(Map.of("3", new IllegalStateException("3 is impossible")));
        };

        eachInTurn.attempt(WORK, List.of(2, 3, 5), String::valueOf, telling);
        Instant since = stuck.look(WORK).get("3").since();
        clock.advance(Duration.ofMinutes(1));
        eachInTurn.attempt(WORK, List.of(3), String::valueOf, telling);

        assertThat(attempts).containsExactly(List.of(2, 3, 5), List.of(3));
        assertThat(stuck.look(WORK)).containsOnlyKeys("3");
        assertThat(stuck.look(WORK).get("3").reason()).isEqualTo("IllegalStateException: 3 is impossible");
        assertThat(stuck.look(WORK).get("3").since()).isEqualTo(since);
        assertThat(stuck.look(WORK).get("3").tries()).isEqualTo(2);
    }

    @Test
    void more_subjects_than_a_batch_takes_may_be_stuck_and_those_behind_are_done() {
        impossible = Set.copyOf(IntStream.range(0, 25).boxed().toList());

        runAll();

        assertThat(queue).hasSize(25).containsAll(impossible);
    }

    @Test
    void a_round_in_which_everything_is_held_by_others_is_not_followed_by_another_at_once() {
        assertThat(eachInTurn.run(WORK, LIMIT, this::due, String::valueOf, numbers -> Progress.NONE))
                .isEqualTo(Progress.NONE);
    }

    @Test
    void what_is_stuck_is_left_alone_for_longer_each_time_and_forgotten_when_it_is_done() {
        runAll();
        clock.advance(Duration.ofSeconds(2));
        runAll();
        clock.advance(Duration.ofSeconds(1));
        runAll();
        assertThat(stuck.look(WORK).get("3").tries()).isEqualTo(2);

        impossible = Set.of();
        clock.advance(Duration.ofMinutes(1));
        runAll();

        assertThat(queue).isEmpty();
        assertThat(stuck.look(WORK)).isEmpty();
    }

    @Test
    void what_is_stuck_and_due_no_more_is_forgotten_and_what_is_still_due_keeps_since_when_it_is_stuck() {
        runAll();
        Instant since = stuck.look(WORK).get("3").since();

        queue.remove((Integer) 17);
        for (int minute = 1; minute <= 3; minute++) {
            clock.advance(Duration.ofMinutes(1));
            runAll();
        }

        assertThat(stuck.look(WORK)).containsOnlyKeys("3", "4");
        assertThat(stuck.look(WORK).get("3").since()).isEqualTo(since);
    }

    @Test
    void what_is_stuck_stays_while_its_work_fails_for_every_subject() {
        runAll();
        Instant since = stuck.look(WORK).get("3").since();
        queue.add(40);

        for (int minute = 1; minute <= 5; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThatThrownBy(() -> eachInTurn.run(WORK, LIMIT, this::due, String::valueOf, numbers -> {
                        throw new Unreached("the peer", "UNAVAILABLE");
                    }))
                    .isInstanceOf(Unreached.class);
        }

        assertThat(stuck.look(WORK)).containsOnlyKeys("3", "4", "17");
        assertThat(stuck.look(WORK).get("3").since()).isEqualTo(since);
    }

    @Test
    void how_many_are_stuck_is_a_gauge_also_of_what_is_attempted_without_being_looked_for() {
        eachInTurn.attempt(WORK, List.of(3, 5), String::valueOf, this::count);

        assertThat(meters.get("tierstock.work.stuck").tag("work", WORK).gauge().value())
                .isEqualTo(1);
    }

    @Test
    void how_many_are_stuck_is_a_gauge() {
        runAll();

        assertThat(meters.get("tierstock.work.stuck").tag("work", WORK).gauge().value())
                .isEqualTo(3);
    }

    @Test
    void without_a_database_the_work_fails_and_nobody_is_set_aside() {
        List<String> setAside = new ArrayList<>();
        EachInTurn unreachable = new EachInTurn(
                new StuckWork() {
                    @Override
                    public Map<String, SetAside> of(String work) {
                        return Map.of();
                    }

                    @Override
                    public Map<String, SetAside> look(String work) {
                        throw new IllegalStateException("no database");
                    }

                    @Override
                    public void setAside(String work, String subject, String reason) {
                        setAside.add(subject);
                    }

                    @Override
                    public void due(String work, Collection<String> subjects) {
                        // nothing was set aside
                    }

                    @Override
                    public void done(String work, Collection<String> subjects) {
                        // nothing was set aside
                    }
                },
                meters);

        assertThatThrownBy(() -> unreachable.run(WORK, LIMIT, this::due, String::valueOf, this::count))
                .hasMessage("no database");
        assertThat(setAside).isEmpty();
    }

    @Test
    void a_step_that_reached_nobody_fails_as_a_whole_and_nobody_is_set_aside() {
        assertThatThrownBy(() -> eachInTurn.run(WORK, LIMIT, this::due, String::valueOf, numbers -> {
                    throw new Unreached("the peer", "UNAVAILABLE");
                }))
                .isInstanceOf(Unreached.class)
                .hasMessage("No answer from the peer: UNAVAILABLE");
        assertThat(stuck.look(WORK)).isEmpty();
    }

    @Test
    void a_lock_that_comes_for_nobody_is_waited_for_a_few_times_and_is_the_failure_of_the_work() {
        List<Integer> attempts = new ArrayList<>();

        assertThatThrownBy(() -> eachInTurn.run(
                        WORK, 100, limit -> IntStream.range(0, 100).boxed().toList(), String::valueOf, numbers -> {
                            attempts.add(numbers.size());
                            throw lockTimeout();
                        }))
                .isInstanceOf(DatabaseFailure.class);

        assertThat(attempts).containsExactly(100, 50, 25, 12, 6, 3, 1, 1);
        assertThat(stuck.look(WORK)).containsOnlyKeys("0");
    }

    @Test
    void what_others_keep_locked_for_ever_holds_up_nothing_else() {
        Set<Integer> locked = Set.of(0, 1, 2, 3, 17);
        impossible = Set.of();
        List<Integer> rounds = new ArrayList<>();
        while (queue.size() > locked.size()) {
            assertThat(rounds).hasSizeLessThan(100);
            rounds.add(queue.size());
            try {
                eachInTurn.run(WORK, LIMIT, this::due, String::valueOf, numbers -> {
                    if (numbers.stream().anyMatch(locked::contains)) {
                        // As long as it is waited for, until those set aside are due again.
                        clock.advance(Duration.ofSeconds(61));
                        throw lockTimeout();
                    }
                    return count(numbers);
                });
            } catch (DatabaseFailure e) {
                // The loop tries again.
            }
        }

        assertThat(queue).containsExactlyInAnyOrderElementsOf(locked);
        assertThat(stuck.look(WORK)).containsOnlyKeys("0", "1", "2", "3", "17");
    }

    private static DatabaseFailure lockTimeout() {
        return new DatabaseFailure(new SQLException("canceling statement due to lock timeout", "55P03"));
    }

    private void runAll() {
        int rounds = 0;
        while (run()) {
            assertThat(++rounds).isLessThan(100);
        }
    }

    private boolean run() {
        return eachInTurn.run(WORK, LIMIT, this::due, String::valueOf, this::count) == Progress.MORE;
    }

    private List<Integer> due(int limit) {
        return queue.stream().limit(limit).toList();
    }

    /** As in one transaction: all or none. */
    private Progress count(List<Integer> numbers) {
        numbers.stream().filter(impossible::contains).findFirst().ifPresent(number -> {
            throw new IllegalStateException(number + " is impossible");
        });
        queue.removeAll(numbers);
        return Progress.DONE;
    }
}
