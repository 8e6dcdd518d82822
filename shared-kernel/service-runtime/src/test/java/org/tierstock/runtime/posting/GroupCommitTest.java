package org.tierstock.runtime.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.problem.Problems;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.DatabaseFailure;

class GroupCommitTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final int MANY_LINES = 1_000;
    private static final GroupCommit.Bounds ONE_LANE = new GroupCommit.Bounds(1, 8, 4, MANY_LINES, PATIENT);

    private final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());
    private final List<GroupCommit.Refusal> refusals = Collections.synchronizedList(new ArrayList<>());
    private final List<GroupCommit<?, ?>> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(GroupCommit::close);
    }

    private <C, R> GroupCommit<C, R> groupCommit(GroupCommit.Bounds bounds, GroupCommit.Posting<C, R> posting) {
        return groupCommit(bounds, GroupCommit.oneLine(), posting);
    }

    private <C, R> GroupCommit<C, R> groupCommit(
            GroupCommit.Bounds bounds, ToIntFunction<C> lines, GroupCommit.Posting<C, R> posting) {
        GroupCommit<C, R> groupCommit = new GroupCommit<>("test", bounds, lines, posting, new GroupCommit.Watcher() {
            @Override
            public void posted(int commands) {
                batchSizes.add(commands);
            }

            @Override
            public void refused(GroupCommit.Refusal refusal, int commands) {
                refusals.addAll(Collections.nCopies(commands, refusal));
            }
        });
        opened.add(groupCommit);
        return groupCommit;
    }

    private static <R> R join(CompletionStage<R> answer) {
        return answer.toCompletableFuture().join();
    }

    private static List<String> shout(List<String> commands) {
        return commands.stream().map(String::toUpperCase).toList();
    }

    @Test
    void a_commit_that_fails_inside_the_containers_wrapping_is_unknown_and_not_posted_again() {
        List<String> posted = Collections.synchronizedList(new ArrayList<>());
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            posted.addAll(commands);
            throw new IllegalStateException("wrapped", new RollbackException("Could not commit transaction."));
        });

        CompletionStage<List<String>> answers =
                groupCommit.submitAll(command -> Sender.of("shop"), command -> "sku", List.of("a", "b"));

        assertThatThrownBy(() -> join(answers)).hasRootCauseInstanceOf(RollbackException.class);
        assertThatThrownBy(() -> join(answers)).hasCauseInstanceOf(OutcomeUnknown.class);
        assertThat(posted).containsExactly("a", "b");
    }

    @Test
    void a_single_command_is_a_batch_of_one() {
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, GroupCommitTest::shout);

        assertThat(join(groupCommit.submit("shop", "sku", "one"))).isEqualTo("ONE");

        assertThat(batchSizes).containsExactly(1);
    }

    @Test
    void what_queued_while_a_batch_commits_is_the_next_batch_up_to_the_bound() {
        CountDownLatch firstIsRunning = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            firstIsRunning.countDown();
            go.await();
            return shout(commands);
        });
        List<CompletionStage<String>> answers = new ArrayList<>();

        answers.add(groupCommit.submit("shop", "sku", "a"));
        await(firstIsRunning);
        for (String command : List.of("b", "c", "d", "e", "f")) {
            answers.add(groupCommit.submit("shop", "sku", command));
        }
        go.countDown();

        assertThat(answers.stream().map(GroupCommitTest::join)).containsExactly("A", "B", "C", "D", "E", "F");
        assertThat(batchSizes).containsExactly(1, 4, 1);
    }

    @Test
    @Timeout(10)
    void the_next_batch_does_not_wait_until_all_callers_are_answered() {
        CountDownLatch secondIsPosted = new CountDownLatch(1);
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            if (commands.contains("second")) {
                secondIsPosted.countDown();
            }
            return shout(commands);
        });

        CompletionStage<String> slowCaller = groupCommit
                .submit("shop", "sku", "first")
                .thenApply(answer -> {
                    groupCommit.submit("shop", "sku", "second");
                    await(secondIsPosted);
                    return answer;
                });

        assertThat(join(slowCaller)).isEqualTo("FIRST");
    }

    @Test
    void a_full_lane_refuses_at_once_and_takes_commands_again_when_it_has_room() {
        CountDownLatch firstIsRunning = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<String, String> groupCommit =
                groupCommit(new GroupCommit.Bounds(1, 2, 4, MANY_LINES, PATIENT), commands -> {
                    firstIsRunning.countDown();
                    go.await();
                    return shout(commands);
                });
        CompletionStage<String> running = groupCommit.submit("shop", "sku", "running");
        await(firstIsRunning);
        CompletionStage<List<String>> waiting =
                groupCommit.submitAll(command -> Sender.of("shop"), command -> "sku", List.of("w1", "w2"));

        assertThatThrownBy(() -> groupCommit.submit("shop", "sku", "late")).isInstanceOf(Overloaded.class);
        go.countDown();

        assertThat(join(running)).isEqualTo("RUNNING");
        assertThat(join(waiting)).containsExactly("W1", "W2");
        assertThat(join(groupCommit.submit("shop", "sku", "later"))).isEqualTo("LATER");
    }

    @Test
    void a_call_with_more_commands_than_there_is_room_for_is_refused_whole() {
        CountDownLatch go = new CountDownLatch(1);
        List<String> posted = Collections.synchronizedList(new ArrayList<>());
        GroupCommit<String, String> groupCommit =
                groupCommit(new GroupCommit.Bounds(1, 3, 1, MANY_LINES, PATIENT), commands -> {
                    posted.addAll(commands);
                    go.await();
                    return shout(commands);
                });
        groupCommit.submit("shop", "sku", "running");
        awaitSize(posted, 1);
        groupCommit.submit("shop", "sku", "waiting");

        assertThatThrownBy(() ->
                        groupCommit.submitAll(command -> Sender.of("shop"), command -> "sku", List.of("a", "b", "c")))
                .isInstanceOf(Overloaded.class);
        go.countDown();

        assertThat(join(groupCommit.submit("shop", "sku", "d"))).isEqualTo("D");
        assertThat(posted).containsExactly("running", "waiting", "d");
    }

    @Test
    void a_call_with_more_commands_than_a_lane_has_places_is_taken_of_whoever_has_nothing_there() {
        GroupCommit<String, String> groupCommit =
                groupCommit(new GroupCommit.Bounds(1, 2, 4, MANY_LINES, PATIENT), GroupCommitTest::shout);

        assertThat(join(groupCommit.submitAll(
                        command -> Sender.of("shop"), command -> "sku", List.of("a", "b", "c", "d", "e"))))
                .containsExactly("A", "B", "C", "D", "E");
    }

    @Test
    void a_call_over_two_lanes_of_which_one_is_full_leaves_the_place_in_the_other_to_others() {
        CountDownLatch go = new CountDownLatch(1);
        List<String> posted = Collections.synchronizedList(new ArrayList<>());
        GroupCommit<String, String> groupCommit =
                groupCommit(new GroupCommit.Bounds(2, 1, 1, MANY_LINES, PATIENT), commands -> {
                    posted.addAll(commands);
                    go.await();
                    return shout(commands);
                });
        // "a" and "b" are keys of different lanes.
        groupCommit.submit("shop", "a", "running in a");
        awaitSize(posted, 1);
        groupCommit.submit("shop", "a", "waiting in a");

        assertThatThrownBy(() ->
                        groupCommit.submitAll(command -> Sender.of("shop"), command -> command, List.of("b", "a")))
                .isInstanceOf(Overloaded.class);
        CompletionStage<List<String>> other =
                groupCommit.submitAll(command -> Sender.of("shop"), command -> command, List.of("b"));
        go.countDown();

        assertThat(join(other)).containsExactly("B");
        assertThat(posted).containsOnlyOnce("b").doesNotContain("a");
    }

    @Test
    void one_command_that_breaks_the_batch_leaves_the_others_their_answers() {
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            if (commands.contains("bad")) {
                throw new IllegalStateException("a rule is broken");
            }
            return shout(commands);
        });

        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (String command : List.of("a", "bad", "b", "c")) {
            answers.add(groupCommit.submit("shop", "sku", command).toCompletableFuture());
        }

        assertThat(answers.get(0).join()).isEqualTo("A");
        assertThatThrownBy(answers.get(1)::join).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(answers.get(2).join()).isEqualTo("B");
        assertThat(answers.get(3).join()).isEqualTo("C");
    }

    @Test
    void what_hinders_a_batch_is_waited_for_once_and_not_once_more_for_every_half_of_it() {
        CountDownLatch queued = new CountDownLatch(1);
        List<Integer> batches = new CopyOnWriteArrayList<>();
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            queued.await();
            batches.add(commands.size());
            throw new DatabaseFailure(new SQLException("canceling statement due to statement timeout", "57014"));
        });
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (String command : List.of("first", "a", "b", "c")) {
            answers.add(groupCommit.submit("shop", "sku", command).toCompletableFuture());
        }
        queued.countDown();

        for (CompletableFuture<String> answer : answers) {
            assertThatThrownBy(answer::join).hasCauseInstanceOf(DatabaseFailure.class);
        }
        assertThat(batches.stream().mapToInt(size -> size).sum()).isEqualTo(4);
    }

    @Test
    void a_batch_that_lost_a_race_runs_again() {
        AtomicInteger runs = new AtomicInteger();
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            if (runs.incrementAndGet() < 3) {
                throw new DatabaseFailure(new SQLException("duplicate key", "23505"));
            }
            return shout(commands);
        });

        assertThat(join(groupCommit.submit("shop", "sku", "a"))).isEqualTo("A");

        assertThat(runs).hasValue(3);
    }

    @Test
    void a_failed_commit_is_an_unknown_outcome_for_all_and_is_not_run_again() {
        AtomicInteger runs = new AtomicInteger();
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            runs.incrementAndGet();
            throw new Exception("the transaction manager could not commit");
        });

        CompletableFuture<String> answer =
                groupCommit.submit("shop", "sku", "a").toCompletableFuture();

        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(OutcomeUnknown.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    @Timeout(10)
    void a_command_that_waits_behind_a_stalled_batch_is_refused_when_its_patience_ends_and_makes_room() {
        CountDownLatch firstIsRunning = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<String, String> groupCommit =
                groupCommit(new GroupCommit.Bounds(1, 1, 4, MANY_LINES, Duration.ofMillis(50)), commands -> {
                    firstIsRunning.countDown();
                    go.await();
                    return shout(commands);
                });
        CompletableFuture<String> stalled =
                groupCommit.submit("shop", "sku", "stalled").toCompletableFuture();
        await(firstIsRunning);
        CompletableFuture<String> waiting =
                groupCommit.submit("shop", "sku", "waiting").toCompletableFuture();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(Overloaded.class);
        assertThat(stalled).isNotDone();
        assertThatCode(() -> groupCommit.submit("shop", "sku", "next")).doesNotThrowAnyException();
        go.countDown();

        assertThat(stalled.join()).isEqualTo("STALLED");
    }

    @Test
    @Timeout(10)
    void a_call_of_which_only_a_part_was_posted_before_its_patience_ended_has_an_unknown_outcome() {
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<String, String> groupCommit =
                groupCommit(new GroupCommit.Bounds(1, 8, 1, MANY_LINES, Duration.ofMillis(50)), commands -> {
                    if (commands.contains("b")) {
                        go.await();
                    }
                    return shout(commands);
                });

        CompletionStage<List<String>> answers =
                groupCommit.submitAll(command -> Sender.of("shop"), command -> "sku", List.of("a", "b", "c"));
        CompletableFuture<String> behind =
                groupCommit.submit("shop", "sku", "behind").toCompletableFuture();
        assertThatThrownBy(behind::join).hasCauseInstanceOf(Overloaded.class);
        go.countDown();

        assertThatThrownBy(() -> join(answers)).hasCauseInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void a_batch_that_gets_no_connection_has_done_nothing_is_told_so_and_is_not_tried_again_in_halves() {
        List<String> posted = Collections.synchronizedList(new ArrayList<>());
        Database exhausted = new Database(withoutConnections());
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            posted.addAll(commands);
            return exhausted.query("SELECT 1", Database.Binder.NOTHING, row -> row.getString(1));
        });

        CompletionStage<List<String>> answers =
                groupCommit.submitAll(command -> Sender.of("shop"), command -> "sku", List.of("a", "b"));

        assertThatThrownBy(() -> join(answers))
                .extracting(Problems::of)
                .returns(503, Problem::status)
                .returns(Problem.UNAVAILABLE, Problem::code);
        assertThat(posted).containsExactly("a", "b");
    }

    @Test
    void a_call_of_which_only_a_part_got_a_connection_has_an_unknown_outcome() {
        Database exhausted = new Database(withoutConnections());
        GroupCommit<String, String> groupCommit = groupCommit(
                new GroupCommit.Bounds(1, 8, 1, MANY_LINES, PATIENT),
                commands -> commands.contains("b")
                        ? exhausted.query("SELECT 1", Database.Binder.NOTHING, row -> row.getString(1))
                        : shout(commands));

        CompletionStage<List<String>> answers =
                groupCommit.submitAll(command -> Sender.of("shop"), command -> "sku", List.of("a", "b"));

        assertThatThrownBy(() -> join(answers)).hasCauseInstanceOf(OutcomeUnknown.class);
    }

    /** As the pool says it: without any SQLSTATE. */
    private static DataSource withoutConnections() {
        return (DataSource) Proxy.newProxyInstance(
                GroupCommitTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, given) -> {
                    throw new SQLException("Sorry, acquisition timeout!");
                });
    }

    /** A lane whose worker stands still in its first batch until it is let go. */
    private final class Stalled {
        final CountDownLatch go = new CountDownLatch(1);
        final List<List<String>> posted = Collections.synchronizedList(new ArrayList<>());
        final GroupCommit<String, String> groupCommit;

        Stalled(GroupCommit.Bounds bounds) {
            this(bounds, GroupCommit.oneLine());
        }

        Stalled(GroupCommit.Bounds bounds, ToIntFunction<String> lines) {
            CountDownLatch running = new CountDownLatch(1);
            groupCommit = groupCommit(bounds, lines, commands -> {
                running.countDown();
                go.await();
                posted.add(List.copyOf(commands));
                return shout(commands);
            });
            groupCommit.submit("first", "first", "first");
            GroupCommitTest.await(running);
        }

        /** How many of these commands are refused at once. */
        int refused(String caller, String... commands) {
            int refused = 0;
            for (String command : commands) {
                try {
                    groupCommit.submit(caller, command, command);
                } catch (Overloaded full) {
                    refused++;
                }
            }
            return refused;
        }

        /** The batches after the first. */
        List<List<String>> batches(int expected) {
            go.countDown();
            awaitSize(posted, 1 + expected);
            List<List<String>> all = List.copyOf(posted);
            return all.subList(1, all.size());
        }
    }

    private static String[] commands(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> name + i).toArray(String[]::new);
    }

    @Test
    void a_caller_that_fills_a_lane_takes_no_place_of_another() {
        GroupCommit.Bounds eight = new GroupCommit.Bounds(1, 8, 4, MANY_LINES, PATIENT);
        Stalled alone = new Stalled(eight);
        Stalled beside = new Stalled(eight);

        int refusedAlone = alone.refused("other", commands("b", 4));
        assertThat(beside.refused("greedy", commands("a", 100))).isEqualTo(92);
        int refusedBeside = beside.refused("other", commands("b", 4));
        alone.go.countDown();
        beside.go.countDown();

        assertThat(refusedAlone).isZero();
        assertThat(refusedBeside).isZero();
    }

    @Test
    void a_call_takes_as_many_places_as_it_has_commands() {
        Stalled lane = new Stalled(new GroupCommit.Bounds(1, 8, 4, MANY_LINES, PATIENT));
        lane.groupCommit.submitAll(command -> Sender.of("greedy"), command -> command, List.of(commands("a", 8)));

        assertThatThrownBy(() ->
                        lane.groupCommit.submitAll(command -> Sender.of("greedy"), command -> command, List.of("a9")))
                .isInstanceOf(Overloaded.class);
        CompletionStage<List<String>> other =
                lane.groupCommit.submitAll(command -> Sender.of("other"), command -> command, List.of("b1", "b2"));
        lane.go.countDown();

        assertThat(join(other)).containsExactly("B1", "B2");
    }

    @Test
    @Timeout(10)
    void callers_take_turns_however_much_one_of_them_has_sent_before() {
        Stalled lane = new Stalled(new GroupCommit.Bounds(1, 100, 4, MANY_LINES, PATIENT));
        lane.refused("greedy", commands("a", 6));
        lane.refused("other", commands("b", 2));

        assertThat(lane.batches(2)).containsExactly(List.of("a1", "b1", "a2", "b2"), List.of("a3", "a4", "a5", "a6"));
    }

    /** Commands of the heavy caller have four lines. */
    private static int lines(String command) {
        return command.startsWith("heavy") ? 4 : 1;
    }

    @Test
    @Timeout(10)
    void documents_of_many_lines_take_places_turns_and_a_transaction_as_their_lines() {
        Stalled lane = new Stalled(new GroupCommit.Bounds(1, 8, 256, 4, PATIENT), GroupCommitTest::lines);

        assertThat(lane.refused("heavy", commands("heavy", 100))).isEqualTo(98);
        assertThat(lane.refused("other", commands("light", 4))).isZero();

        assertThat(lane.batches(3))
                .containsExactly(List.of("heavy1"), List.of("light1", "light2", "light3", "light4"), List.of("heavy2"));
    }

    @Test
    @Timeout(10)
    void a_document_of_more_lines_than_a_lane_has_places_is_taken_when_its_caller_has_room_for_one() {
        Stalled lane = new Stalled(new GroupCommit.Bounds(1, 3, 256, 4, PATIENT), GroupCommitTest::lines);

        assertThat(lane.refused("other", "light1")).isZero();
        assertThat(lane.refused("heavy", "heavy1", "heavy2")).isEqualTo(1);

        assertThat(lane.batches(1)).containsExactly(List.of("light1", "heavy1"));
    }

    @Test
    void a_call_takes_as_many_places_as_its_commands_have_lines_and_gives_them_back_when_it_is_refused() {
        Stalled lane = new Stalled(new GroupCommit.Bounds(1, 8, 256, 4, PATIENT), GroupCommitTest::lines);
        assertThat(lane.refused("heavy", "light")).isZero();

        assertThatThrownBy(() -> lane.groupCommit.submitAll(
                        command -> Sender.of("heavy"), command -> command, List.of(commands("heavy", 3))))
                .isInstanceOf(Overloaded.class);
        CompletionStage<List<String>> two = lane.groupCommit.submitAll(
                command -> Sender.of("heavy"), command -> command, List.of(commands("heavy", 2)));
        lane.go.countDown();

        assertThat(join(two)).containsExactly("HEAVY1", "HEAVY2");
    }

    @Test
    @Timeout(10)
    void a_storm_on_one_sku_neither_keeps_the_others_waiting_nor_fills_their_batch() {
        Stalled lane = new Stalled(new GroupCommit.Bounds(1, 100, 8, MANY_LINES, PATIENT));
        for (String command : commands("hot", 10)) {
            lane.groupCommit.submit("shop", "hot", command);
        }
        lane.refused("shop", "cold", "cool");

        assertThat(lane.batches(2))
                .containsExactly(
                        List.of("hot1", "cold", "cool", "hot2"),
                        List.of("hot3", "hot4", "hot5", "hot6", "hot7", "hot8", "hot9", "hot10"));
    }

    @Test
    @Timeout(10)
    void however_many_names_a_party_invents_another_finds_its_places_and_turns() {
        Stalled lane = new Stalled(new GroupCommit.Bounds(1, 8, 4, MANY_LINES, PATIENT));
        int taken = 0;
        for (String name : commands("a", 100)) {
            try {
                lane.groupCommit.submit(new Sender("inventive", name), name, name);
                taken++;
            } catch (Overloaded full) {
                // all places are this party's, and none is left for a further name of it
            }
        }

        assertThat(taken).isEqualTo(8);
        assertThat(lane.refused("other", commands("b", 4))).isZero();
        assertThat(lane.batches(3))
                .containsExactly(
                        List.of("a1", "b1", "a2", "b2"),
                        List.of("a3", "b3", "a4", "b4"),
                        List.of("a5", "a6", "a7", "a8"));
    }

    /** Posts what nobody holds, and waits in vain for what somebody does. */
    private final class Held {
        final Set<String> keys = ConcurrentHashMap.newKeySet();
        final CountDownLatch running = new CountDownLatch(1);
        final CountDownLatch queued = new CountDownLatch(1);
        final List<List<String>> failed = new CopyOnWriteArrayList<>();
        final GroupCommit<String, String> groupCommit;

        /** What is submitted until all is queued is one batch. */
        Held(Duration refusedFor) {
            groupCommit = groupCommit(
                    new GroupCommit.Bounds(1, 1_000, 1_000, MANY_LINES, PATIENT, Duration.ofMillis(1), refusedFor),
                    command -> command.split("\\+").length,
                    commands -> {
                        running.countDown();
                        queued.await();
                        if (commands.stream().anyMatch(command -> needs(command).anyMatch(keys::contains))) {
                            failed.add(List.copyOf(commands));
                            throw new DatabaseFailure(
                                    new SQLException("canceling statement due to lock timeout", "55P03"));
                        }
                        return shout(commands);
                    });
            submit("first");
            GroupCommitTest.await(running);
        }

        /** What a command such as jam1+tea1 needs: jam and tea. */
        private static Stream<String> needs(String command) {
            return Stream.of(command.replaceAll("\\d", "").split("\\+"));
        }

        CompletableFuture<String> submit(String command) {
            return groupCommit
                    .submit("shop", needs(command).findFirst().orElseThrow(), command)
                    .toCompletableFuture();
        }

        List<CompletableFuture<String>> submit(String name, int count) {
            return Stream.of(commands(name, count)).map(this::submit).toList();
        }
    }

    private static void assertHeld(CompletableFuture<String> answer) {
        assertThatThrownBy(answer::join).hasCauseInstanceOf(DatabaseFailure.class);
    }

    @Test
    @Timeout(30)
    void what_somebody_holds_stops_the_commands_that_need_it_and_no_others() {
        Held lane = new Held(PATIENT);
        lane.keys.add("tea");
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            others.add(lane.submit("jam" + (char) ('a' + i % 26) + (char) ('a' + i / 26)));
        }
        List<CompletableFuture<String>> needing = lane.submit("tea", 20);
        lane.queued.countDown();

        assertThat(others).allSatisfy(answer -> assertThat(answer.join()).startsWith("JAM"));
        assertThat(needing).allSatisfy(GroupCommitTest::assertHeld);
        // A hundred and one keys are halved seven times.
        assertThat(lane.failed).hasSizeLessThanOrEqualTo(2 + 7);

        int before = lane.failed.size();
        assertHeld(lane.submit("tea21"));
        assertThat(lane.submit("jam1").join()).isEqualTo("JAM1");
        assertThat(lane.failed).hasSize(before);
        assertThat(refusals).containsExactly(GroupCommit.Refusal.HELD);
    }

    @Test
    @Timeout(30)
    void what_was_held_is_tried_again_and_goes_on_when_it_is_free() {
        Held lane = new Held(Duration.ofMillis(50));
        lane.keys.add("tea");
        lane.queued.countDown();
        assertHeld(lane.submit("tea1"));
        while (lane.failed.size() < 2) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertHeld(lane.submit("tea2"));
            assertThat(lane.submit("jam1").join()).isEqualTo("JAM1");
        }
        assertThat(lane.failed).allSatisfy(tried -> assertThat(tried).allMatch(command -> command.startsWith("tea")));

        lane.keys.clear();
        CompletableFuture<String> answer = lane.submit("tea3");
        while (answer.handle((done, failure) -> failure != null).join()) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            answer = lane.submit("tea3");
        }
        assertThat(answer.join()).isEqualTo("TEA3");
    }

    @Test
    @Timeout(30)
    void a_document_of_several_lines_that_waits_in_vain_is_not_held_against_those_of_one_line() {
        Held lane = new Held(PATIENT);
        lane.keys.add("tea");
        List<CompletableFuture<String>> needing = lane.submit("jam1+tea", 3);
        List<CompletableFuture<String>> others = lane.submit("jam", 3);
        lane.queued.countDown();

        assertThat(needing).allSatisfy(GroupCommitTest::assertHeld);
        assertThat(others).allSatisfy(answer -> assertThat(answer.join()).startsWith("JAM"));
        assertThat(lane.submit("jam4").join()).isEqualTo("JAM4");
    }

    @Test
    @Timeout(30)
    void when_too_much_is_held_the_search_ends() {
        Held lane = new Held(PATIENT);
        List<CompletableFuture<String>> needing = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String key = "tea" + (char) ('a' + i % 26) + (char) ('a' + i / 26);
            lane.keys.add(key);
            needing.add(lane.submit(key));
        }
        lane.queued.countDown();

        assertThat(needing).allSatisfy(GroupCommitTest::assertHeld);
        assertThat(lane.failed).hasSizeBetween(40, 60);
    }

    @Test
    @Timeout(10)
    void documents_whose_lines_only_the_database_knows_take_a_transaction_and_turns_as_their_lines() {
        List<List<String>> posted = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<String, String> groupCommit = new GroupCommit<>(
                "test",
                new GroupCommit.Bounds(1, 100, 256, 4, PATIENT),
                GroupCommit.oneLine(),
                commands -> commands.stream().map(GroupCommitTest::lines).toList(),
                commands -> {
                    running.countDown();
                    go.await();
                    posted.add(List.copyOf(commands));
                    return shout(commands);
                },
                GroupCommit.Watcher.NOBODY);
        opened.add(groupCommit);
        groupCommit.submit("first", "first", "first");
        await(running);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            answers.add(groupCommit.submit("heavy", "heavy" + i, "heavy" + i).toCompletableFuture());
            answers.add(groupCommit.submit("light", "light" + i, "light" + i).toCompletableFuture());
        }
        go.countDown();

        answers.forEach(CompletableFuture::join);
        List<List<String>> all = List.copyOf(posted);
        assertThat(all.subList(1, all.size()))
                .allSatisfy(batch -> assertThat(batch.stream().filter(command -> command.startsWith("heavy")))
                        .hasSizeLessThanOrEqualTo(1));
        assertThat(all.stream().flatMap(List::stream).toList())
                .containsSubsequence("heavy1", "heavy2", "heavy3", "heavy4")
                .containsSubsequence("light1", "light2", "light3", "light4")
                .containsSubsequence("light4", "heavy3");
    }

    @Test
    void who_cannot_be_asked_for_its_lines_counts_as_what_it_tells_itself() {
        CountDownLatch queued = new CountDownLatch(1);
        GroupCommit<String, String> groupCommit = new GroupCommit<>(
                "test",
                ONE_LANE,
                GroupCommit.oneLine(),
                commands -> {
                    throw new IllegalStateException("planted");
                },
                commands -> {
                    queued.await();
                    return shout(commands);
                },
                GroupCommit.Watcher.NOBODY);
        opened.add(groupCommit);
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (String command : List.of("a", "b", "c")) {
            answers.add(groupCommit.submit("shop", command, command));
        }
        queued.countDown();

        assertThat(answers.stream().map(GroupCommitTest::join)).containsExactly("A", "B", "C");
    }

    @Test
    void an_error_while_lines_are_counted_leaves_the_lane_alive_and_its_callers_answered() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        AtomicBoolean broken = new AtomicBoolean(true);
        GroupCommit<String, String> groupCommit = new GroupCommit<>(
                "test",
                ONE_LANE,
                GroupCommit.oneLine(),
                commands -> {
                    if (broken.get()) {
                        throw new StackOverflowError("planted");
                    }
                    return List.of();
                },
                commands -> {
                    begun.countDown();
                    queued.await();
                    return shout(commands);
                },
                GroupCommit.Watcher.NOBODY);
        opened.add(groupCommit);
        CompletionStage<String> alone = groupCommit.submit("shop", "a", "a");
        begun.await();
        CompletionStage<String> one = groupCommit.submit("shop", "b", "b");
        CompletionStage<String> other = groupCommit.submit("shop", "c", "c");
        queued.countDown();
        for (CompletionStage<String> counted : List.of(one, other)) {
            assertThatThrownBy(() -> counted.toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(OutcomeUnknown.class);
        }
        broken.set(false);

        assertThat(join(alone)).isEqualTo("A");
        assertThat(join(groupCommit.submit("shop", "d", "d"))).isEqualTo("D");
    }

    @Test
    void refusals_are_counted_by_their_cause() {
        Stalled lane = new Stalled(new GroupCommit.Bounds(1, 2, 4, MANY_LINES, Duration.ofMillis(50)));

        lane.refused("shop", commands("a", 5));
        awaitSize(refusals, 5);
        lane.go.countDown();

        assertThat(refusals)
                .containsExactly(
                        GroupCommit.Refusal.NO_PLACE,
                        GroupCommit.Refusal.NO_PLACE,
                        GroupCommit.Refusal.NO_PLACE,
                        GroupCommit.Refusal.PATIENCE,
                        GroupCommit.Refusal.PATIENCE);
    }

    @Test
    void an_error_of_the_virtual_machine_leaves_the_lane_alive() {
        AtomicInteger runs = new AtomicInteger();
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, commands -> {
            if (runs.incrementAndGet() == 1) {
                throw new StackOverflowError("planted");
            }
            return shout(commands);
        });
        CompletableFuture<String> first = groupCommit.submit("shop", "sku", "a").toCompletableFuture();

        assertThatThrownBy(first::join).hasCauseInstanceOf(OutcomeUnknown.class);
        assertThat(join(groupCommit.submit("shop", "sku", "b"))).isEqualTo("B");
    }

    @Test
    void closing_posts_what_waits_and_takes_no_more() {
        GroupCommit<String, String> groupCommit = groupCommit(ONE_LANE, GroupCommitTest::shout);
        CompletionStage<String> before = groupCommit.submit("shop", "sku", "before");

        groupCommit.close();

        assertThat(join(before)).isEqualTo("BEFORE");
        assertThatThrownBy(() -> groupCommit.submit("shop", "sku", "after")).isInstanceOf(Overloaded.class);
    }

    private static void awaitSize(List<?> list, int size) {
        while (list.size() < size) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
