package org.tierstock.runtime.posting;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.partitioningBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.runtime.sql.LockPatience;

/**
 * Turns concurrent single commands into batches and posts each batch in one transaction.
 *
 * <p>Commands queue in lanes; a lane has one worker that takes whatever waits and posts it. Which lane a command is in
 * never decides whether it is right - row locks do - but commands for the same SKU share a lane, so that they wait for
 * one another in a queue here rather than on a row lock there.
 *
 * <p>In a lane parties take turns, of each party its parts, and of each part the keys: see {@link FairQueue}. A call with
 * many commands counts as all of them, and a command as its lines. Whoever sends more than is served fills their own places,
 * and neither a storm on one SKU nor documents of many lines make the others wait long or their batches large.
 * Where only the database knows how many lines a command touches, a batch asks for it, and what does not fit into its transaction
 * waits for its turn anew.
 *
 * <p>A lock that somebody else holds for longer than a posting waits stops those that need it, and no others: whose it is is found
 * by halves that wait for it but a moment, and who needs it is refused at once for a while, then tried again, apart.
 *
 * <p>Answers are given only after the posting function, which is the transactional use case behind its proxy, has
 * returned: what is answered is durable. They are given by a thread of their own, so that the lane posts the next batch
 * while callers are answered.
 *
 * @param <C> a command
 * @param <R> its outcome
 */
public final class GroupCommit<C, R> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupCommit.class);

    /** How often a batch that lost a race is run again before its callers are told. */
    static final int ATTEMPTS = 10;

    /** Posts commands in one transaction and answers their outcomes in the same order. */
    @FunctionalInterface
    public interface Posting<C, R> {
        List<R> post(List<C> commands) throws Exception;
    }

    /**
     * The bounds of a group commit.
     *
     * @param lanes how many workers, and so transactions at a time
     * @param capacity how many lines may wait in one lane; beyond that each sender's equal share of as many. Who has room
     *     for one line has room for one command, and who has nothing there for one call
     * @param maxBatch how many commands one transaction takes; a quarter of them for one key, when there are others
     * @param maxLines with how many lines a transaction takes no further command; the same part of them for one key
     * @param patience how long a command may wait in its lane before it is refused as if the lane had been full
     * @param lockWait how long a posting waits for a lock while some are known to be held by others for long
     * @param held how long commands are refused at once that need what somebody holds, before it is tried again
     */
    public record Bounds(
            int lanes, int capacity, int maxBatch, int maxLines, Duration patience, Duration lockWait, Duration held) {
        public Bounds {
            if (lanes < 1
                    || capacity < 1
                    || maxBatch < 1
                    || maxLines < 1
                    || Stream.of(patience, lockWait, held).anyMatch(time -> time.toMillis() < 1)) {
                throw new IllegalArgumentException("Bounds are at least 1: " + lanes + ", " + capacity + ", " + maxBatch
                        + ", " + maxLines + ", " + patience + ", " + lockWait + ", " + held);
            }
        }

        /** With the usual times for what others hold. */
        public Bounds(int lanes, int capacity, int maxBatch, int maxLines, Duration patience) {
            this(lanes, capacity, maxBatch, maxLines, patience, Duration.ofMillis(50), Duration.ofSeconds(2));
        }

        private FairQueue.Most ofAll() {
            return new FairQueue.Most(maxBatch, maxLines);
        }

        private FairQueue.Most ofOneKey() {
            return new FairQueue.Most(Math.max(1, maxBatch / 4), Math.max(1, maxLines / 4));
        }
    }

    /** What counts the lines of commands that have one each. */
    public static <C> ToIntFunction<C> oneLine() {
        return command -> 1;
    }

    /** Why a command was refused before it was posted. */
    public enum Refusal {
        /** The sender had no place left in its lane. */
        NO_PLACE,
        /** It waited longer than the bounds allow. */
        PATIENCE,
        /** It needs what somebody else was found to hold a moment ago. */
        HELD
    }

    /** Is told what happens in the lanes, by any thread. */
    public interface Watcher {
        /** One that looks away. */
        Watcher NOBODY = new Watcher() {
            @Override
            public void posted(int commands) {
                // nothing to tell
            }

            @Override
            public void refused(Refusal refusal, int commands) {
                // nothing to tell
            }
        };

        void posted(int commands);

        void refused(Refusal refusal, int commands);
    }

    /**
     * A command in its lane.
     *
     * @param lines how many it has, as far as is known
     * @param counted whether nobody knows more of its lines
     * @param since its arrival by {@link System#nanoTime}
     */
    private record Waiting<C, R>(
            Sender sender, String key, int lines, boolean counted, C command, CompletableFuture<R> answer, long since) {
        Waiting<C, R> counted(int found) {
            return new Waiting<>(sender, key, Math.max(lines, found), true, command, answer, since);
        }

        Needs needs() {
            return new Needs(key, lines > 1);
        }
    }

    /**
     * What a command needs, as far as is known here: what its key names. A document of several lines needs more, and is not held
     * against those of one line when it waits in vain.
     */
    private record Needs(String key, boolean andMore) {}

    /** Looks in a batch for what somebody holds. Each attempt that fails takes its wait from the whole lane. */
    private static final class Search {
        private static final int MOST = 40;
        private static final int WAITS_BEFORE = 5;

        private boolean begun;
        private int failed;

        Search(boolean begun) {
            this.begun = begun;
        }

        /** True when there is nothing to look for, as a rule. */
        boolean isNotBegun() {
            return !begun;
        }

        /** Who is tried apart from what is held mostly waits for postings of other replicas, and those may be large. */
        Duration wait(Duration lockWait) {
            return failed == 0 ? lockWait.multipliedBy(WAITS_BEFORE) : lockWait;
        }

        /** Whether it goes on after one more attempt that has failed. */
        boolean goesOn() {
            begun = true;
            return ++failed < MOST;
        }
    }

    /** How often it is looked whether a lane's first command has waited too long. */
    private static final long LOOK_MILLIS = 100;

    private final class Lane implements Runnable {
        private final FairQueue<Waiting<C, R>> queue = new FairQueue<>(bounds.capacity());
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition filled = lock.newCondition();
        private final HeldKeys<Needs> held = new HeldKeys<>(bounds.held());

        @Override
        public void run() {
            try {
                for (List<Waiting<C, R>> batch = next(); !batch.isEmpty(); batch = next()) {
                    settleAnyway(batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** The lane has no other worker: whatever is thrown, its callers get an answer and the next batch comes. */
        private void settleAnyway(List<Waiting<C, R>> batch) {
            try {
                settle(fitting(batch));
            } catch (RuntimeException | Error e) {
                LOG.errorf(e, "%s: a batch of %d failed", name, batch.size());
                fail(batch, new OutcomeUnknown(e));
            }
        }

        /** Waits for commands and takes them; none when the lane is closed and empty. */
        private List<Waiting<C, R>> next() throws InterruptedException {
            lock.lock();
            try {
                while (queue.size() == 0 && !closed) {
                    filled.await(200, TimeUnit.MILLISECONDS);
                }
                return queue.take(ofAll, ofOneKey);
            } finally {
                lock.unlock();
            }
        }

        /** Adds a command for which its places are reserved. The lane is locked. */
        private void add(Waiting<C, R> waiting) {
            queue.add(waiting.sender(), waiting.key(), waiting, waiting.lines());
            filled.signal();
        }

        /**
         * What fits into one transaction of a batch of which not all was known. What does not waits at the front again, for as many
         * turns as it weighs. One command alone is posted anyway.
         */
        private List<Waiting<C, R>> fitting(List<Waiting<C, R>> batch) {
            if (batch.size() <= 1 || batch.stream().allMatch(Waiting::counted)) {
                return batch;
            }
            List<Waiting<C, R>> counted = counted(batch);
            int fits = 0;
            for (int lines = 0; fits < counted.size() && lines < bounds.maxLines(); fits++) {
                lines += counted.get(fits).lines();
            }
            lock.lock();
            try {
                // The last one first, so that those of one key keep their order.
                counted.subList(fits, counted.size())
                        .reversed()
                        .forEach(waiting -> queue.putBack(waiting.sender(), waiting.key(), waiting, waiting.lines()));
            } finally {
                lock.unlock();
            }
            return counted.subList(0, fits);
        }

        /** What may need what somebody holds does not come with the others: those come first. */
        private void settle(List<Waiting<C, R>> batch) {
            held.forgetOld();
            if (held.none()) {
                settle(batch, new Search(false));
                return;
            }
            List<Waiting<C, R>> others = new ArrayList<>(batch.size());
            List<Waiting<C, R>> suspects = new ArrayList<>();
            for (Waiting<C, R> waiting : batch) {
                Optional<Exception> refusal = held.refusal(waiting.needs());
                if (refusal.isPresent()) {
                    watcher.refused(Refusal.HELD, 1);
                    fail(List.of(waiting), refusal.get());
                } else {
                    (held.suspects(waiting.needs()) ? suspects : others).add(waiting);
                }
            }
            for (List<Waiting<C, R>> part : List.of(others, suspects)) {
                if (!part.isEmpty()) {
                    settle(part, new Search(true));
                }
            }
            suspects.stream()
                    .map(Waiting::needs)
                    .filter(needs -> held.refusal(needs).isEmpty())
                    .forEach(held::free);
        }

        private void settle(List<Waiting<C, R>> batch, Search search) {
            watcher.posted(batch.size());
            attempt(batch, search);
        }

        private void attempt(List<Waiting<C, R>> batch, Search search) {
            List<R> outcomes;
            try {
                outcomes = search.isNotBegun()
                        ? post(batch)
                        : LockPatience.atMost(search.wait(bounds.lockWait()), () -> post(batch));
            } catch (OutcomeUnknown e) {
                fail(batch, e);
                return;
            } catch (Error e) {
                // Nobody knows how far it came. The lane must outlive it: it has no other worker.
                LOG.errorf(e, "%s: a batch of %d failed", name, batch.size());
                fail(batch, new OutcomeUnknown(e));
                return;
            } catch (Exception e) {
                if (e instanceof DatabaseFailure failure && failure.locked()) {
                    attemptApart(batch, failure, search);
                } else if (batch.size() == 1 || saysNothingDone(e)) {
                    // What hinders all of them, such as a connection that does not come, halves would wait for in vain
                    // too.
                    fail(batch, e);
                } else {
                    // One command breaks the batch: find it by halving, so that the others still get their answer.
                    int half = batch.size() / 2;
                    attempt(batch.subList(0, half), search);
                    attempt(batch.subList(half, batch.size()), search);
                }
                return;
            }
            List<Waiting<C, R>> posted = List.copyOf(batch);
            answering.execute(() -> {
                for (int i = 0; i < posted.size(); i++) {
                    posted.get(i).answer().complete(outcomes.get(i));
                }
            });
        }

        /** Somebody holds what some of them need: find what, by halving what they need. */
        private void attemptApart(List<Waiting<C, R>> batch, DatabaseFailure failure, Search search) {
            boolean goesOn = search.goesOn();
            List<Needs> needs = batch.stream()
                    .map(Waiting::needs)
                    .distinct()
                    .sorted(comparing(Needs::andMore))
                    .toList();
            if (needs.size() == 1) {
                if (held.none()) {
                    LOG.warnf(
                            "%s: somebody holds what is needed for %s, and maybe more. Who needs it is refused, the others"
                                    + " go on: %s",
                            name, needs.getFirst().key(), failure.getMessage());
                }
                held.met(needs.getFirst(), failure);
                fail(batch, failure);
            } else if (goesOn) {
                Set<Needs> half = Set.copyOf(needs.subList(0, needs.size() / 2));
                Map<Boolean, List<Waiting<C, R>>> halves =
                        batch.stream().collect(partitioningBy(waiting -> half.contains(waiting.needs())));
                attempt(halves.get(true), search);
                attempt(halves.get(false), search);
            } else {
                fail(batch, failure);
            }
        }

        private int waiting() {
            lock.lock();
            try {
                return queue.size();
            } finally {
                lock.unlock();
            }
        }

        /** Whoever removes a command from the queue answers it. Those that came first are answered first. */
        private void refuseWhatWaitsTooLong() {
            long before = System.nanoTime() - bounds.patience().toNanos();
            List<Waiting<C, R>> late;
            lock.lock();
            try {
                late = queue.removeFirstWhile(waiting -> waiting.since() - before < 0);
            } finally {
                lock.unlock();
            }
            if (late.isEmpty()) {
                return;
            }
            watcher.refused(Refusal.PATIENCE, late.size());
            late.sort((one, other) -> Long.signum(one.since() - other.since()));
            late.forEach(waiting -> waiting.answer()
                    .completeExceptionally(
                            new Overloaded(name + " has not come to a command within " + bounds.patience())));
        }
    }

    private final String name;
    private final Bounds bounds;
    private final FairQueue.Most ofAll;
    private final FairQueue.Most ofOneKey;
    private final ToIntFunction<? super C> lines;
    private final Sizes<C> sizes;
    private final Posting<C, R> posting;
    private final Watcher watcher;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> workers = new ArrayList<>();
    private final ScheduledExecutorService answering;
    private volatile boolean closed;

    /** Starts the workers, where the commands tell how many lines they have. */
    public GroupCommit(
            String name, Bounds bounds, ToIntFunction<? super C> lines, Posting<C, R> posting, Watcher watcher) {
        this(name, bounds, lines, Sizes.asTold(), posting, watcher);
    }

    /**
     * Starts the workers.
     *
     * @param name names the threads and the log lines
     * @param lines how many lines a command carries, at least 1: what posting it costs, by and large
     * @param sizes what there is to know beyond that
     * @param posting the transactional use case
     * @param watcher is told of every batch and refusal
     */
    public GroupCommit(
            String name,
            Bounds bounds,
            ToIntFunction<? super C> lines,
            Sizes<C> sizes,
            Posting<C, R> posting,
            Watcher watcher) {
        this.name = name;
        this.bounds = bounds;
        this.ofAll = bounds.ofAll();
        this.ofOneKey = bounds.ofOneKey();
        this.lines = lines;
        this.sizes = sizes;
        this.posting = posting;
        this.watcher = watcher;
        this.answering = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name + "-answers").factory());
        for (int i = 0; i < bounds.lanes(); i++) {
            Lane lane = new Lane();
            lanes.add(lane);
            workers.add(Thread.ofPlatform().daemon().name(name + "-" + i).start(lane));
        }
        answering.scheduleWithFixedDelay(
                () -> lanes.forEach(Lane::refuseWhatWaitsTooLong), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Queues one command of a party that has no parts: see the other one. */
    public CompletionStage<R> submit(String party, String laneKey, C command) {
        return submit(Sender.of(party), laneKey, command);
    }

    /**
     * Queues one command.
     *
     * @param sender whose places it takes: a {@link org.tierstock.runtime.identity.Caller#party() party} or a channel of it,
     *     a queue or a job
     * @param laneKey commands of one SKU name the same key
     * @return the outcome, after its commit; or {@link OutcomeUnknown}, or what the posting threw: of a
     *     {@link DatabaseFailure} that says so nothing was done
     * @throws Overloaded when the sender has no place left in the lane; the outcome is one too when the command waited in
     *     vain
     */
    public CompletionStage<R> submit(Sender sender, String laneKey, C command) {
        Lane lane = lane(laneKey);
        Waiting<C, R> waiting = waiting(sender, laneKey, command);
        lane.lock.lock();
        try {
            if (!closed && lane.queue.reserve(sender, waiting.lines())) {
                lane.add(waiting);
                return waiting.answer();
            }
        } finally {
            lane.lock.unlock();
        }
        throw refused(1);
    }

    /**
     * Queues many commands of one call, each in its lane: all, or none when there is no room.
     *
     * @param sender of a command: whose places it takes
     * @param laneKey of a command; commands of one SKU name the same key
     * @return the outcomes in the order of the commands; {@link OutcomeUnknown} when only some of them were posted
     * @throws Overloaded when one of the lanes has no place for all of its commands
     */
    public CompletionStage<List<R>> submitAll(
            Function<? super C, Sender> sender, Function<? super C, String> laneKey, List<C> commands) {
        List<CompletableFuture<R>> answers = new ArrayList<>(commands.size());
        lanes.forEach(lane -> lane.lock.lock());
        try {
            reserve(sender, laneKey, commands);
            for (C command : commands) {
                Waiting<C, R> waiting = waiting(sender.apply(command), laneKey.apply(command), command);
                answers.add(waiting.answer());
                lane(waiting.key()).add(waiting);
            }
        } finally {
            lanes.forEach(lane -> lane.lock.unlock());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .handle((nothing, failure) -> {
                    if (nothingDone(failure) && answers.stream().anyMatch(answer -> !nothingDone(answer))) {
                        // "Nothing was done" would not be true of all of them.
                        throw new OutcomeUnknown(failure);
                    }
                    return answers.stream().map(CompletableFuture::join).toList();
                });
    }

    private static boolean nothingDone(CompletableFuture<?> answer) {
        return answer.isCompletedExceptionally() && saysNothingDone(answer.exceptionNow());
    }

    private static boolean nothingDone(Throwable failure) {
        return failure != null && saysNothingDone(failure.getCause());
    }

    private static boolean saysNothingDone(Throwable failure) {
        return failure instanceof Overloaded || failure instanceof DatabaseFailure database && database.nothingDone();
    }

    /** How many commands wait, over all lanes. */
    public int waiting() {
        return lanes.stream().mapToInt(Lane::waiting).sum();
    }

    /** Takes no more commands, posts what waits and ends the workers. */
    @Override
    public void close() {
        closed = true;
        for (Thread worker : workers) {
            try {
                worker.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        answering.close();
    }

    private Waiting<C, R> waiting(Sender sender, String key, C command) {
        return new Waiting<>(
                sender,
                key,
                lines.applyAsInt(command),
                sizes == Sizes.AS_TOLD,
                command,
                new CompletableFuture<>(),
                System.nanoTime());
    }

    /** A batch with what there is to know of its lines. */
    private List<Waiting<C, R>> counted(List<Waiting<C, R>> batch) {
        Iterator<Integer> found = found(batch.stream()
                        .filter(waiting -> !waiting.counted())
                        .map(Waiting::command)
                        .toList())
                .iterator();
        return batch.stream()
                .map(waiting -> waiting.counted() || !found.hasNext() ? waiting : waiting.counted(found.next()))
                .toList();
    }

    /** Should nobody be able to tell, each counts as what it tells itself. */
    private List<Integer> found(List<C> unknown) {
        try {
            return sizes.of(unknown);
        } catch (RuntimeException e) {
            LOG.debugf(e, "%s: nobody tells how many lines there are", name);
            return List.of();
        }
    }

    private Lane lane(String laneKey) {
        return lanes.get(Math.floorMod(laneKey.hashCode(), lanes.size()));
    }

    /**
     * Reserves the places of each of these commands, or none at all. The lanes are locked. A party that has nothing in a lane and
     * finds room for one command there has room for all of the call: a caller that repeats it as it was would else be refused for
     * ever.
     */
    private void reserve(Function<? super C, Sender> sender, Function<? super C, String> laneKey, List<C> commands) {
        Map<Lane, Set<String>> welcome = new IdentityHashMap<>();
        for (int reserved = 0; reserved < commands.size(); reserved++) {
            C command = commands.get(reserved);
            Sender from = sender.apply(command);
            Lane lane = lane(laneKey.apply(command));
            int weight = lines.applyAsInt(command);
            Set<String> parties = welcome.computeIfAbsent(lane, each -> new HashSet<>());
            boolean cameWithNothing = lane.queue.hasNothingOf(from);
            if (!closed && parties.contains(from.party())) {
                lane.queue.reserveAnyway(from, weight);
            } else if (closed || !lane.queue.reserve(from, weight)) {
                commands.subList(0, reserved)
                        .forEach(each ->
                                lane(laneKey.apply(each)).queue.giveUp(sender.apply(each), lines.applyAsInt(each)));
                throw refused(commands.size());
            } else if (cameWithNothing) {
                parties.add(from.party());
            }
        }
    }

    private Overloaded refused(int commands) {
        watcher.refused(Refusal.NO_PLACE, commands);
        return new Overloaded(name + " is at its bound of " + bounds.capacity() + " waiting lines a lane, and this"
                + " sender has its share of them");
    }

    private List<R> post(List<Waiting<C, R>> batch) throws Exception {
        List<C> commands = new ArrayList<>(batch.size());
        for (Waiting<C, R> waiting : batch) {
            commands.add(waiting.command());
        }
        for (int attempt = 1; ; attempt++) {
            try {
                List<R> outcomes = posting.post(commands);
                if (outcomes.size() != commands.size()) {
                    throw new IllegalStateException(outcomes.size() + " outcomes for " + commands.size() + " commands");
                }
                return outcomes;
            } catch (DatabaseFailure e) {
                if (e.unreachable() && !e.nothingDone()) {
                    throw new OutcomeUnknown(e);
                }
                if (!e.conflict() || attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.debugf("%s: a batch of %d lost a race and runs again: %s", name, commands.size(), e.getMessage());
            } catch (Exception e) {
                if (e instanceof RuntimeException && !OutcomeUnknown.isBehind(e)) {
                    throw e;
                }
                throw new OutcomeUnknown(e);
            }
        }
    }

    private void fail(List<Waiting<C, R>> batch, Exception e) {
        List<Waiting<C, R>> failed = List.copyOf(batch);
        answering.execute(() -> failed.forEach(waiting -> waiting.answer().completeExceptionally(e)));
    }
}
