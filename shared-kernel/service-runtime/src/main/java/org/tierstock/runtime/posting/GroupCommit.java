package org.tierstock.runtime.posting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.tierstock.runtime.sql.DatabaseFailure;

/**
 * Turns concurrent single commands into batches and posts each batch in one transaction.
 *
 * <p>Commands queue in lanes; a lane has one worker that takes whatever waits and posts it. Which lane a command is in
 * never decides whether it is right - row locks do - but commands for the same SKU share a lane, so that they wait for
 * one another in a queue here rather than on a row lock there.
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
     * @param capacity how many commands may wait in one lane
     * @param maxBatch how many commands one transaction takes
     * @param patience how long a command may wait in its lane before it is refused as if the lane had been full
     */
    public record Bounds(int lanes, int capacity, int maxBatch, Duration patience) {
        public Bounds {
            if (lanes < 1 || capacity < 1 || maxBatch < 1 || !patience.isPositive()) {
                throw new IllegalArgumentException(
                        "Bounds are at least 1: " + lanes + ", " + capacity + ", " + maxBatch + ", " + patience);
            }
        }
    }

    /** A command in its lane; since is its arrival by {@link System#nanoTime}. */
    private record Waiting<C, R>(C command, CompletableFuture<R> answer, long since) {}

    /** How often it is looked whether a lane's first command has waited too long. */
    private static final long LOOK_MILLIS = 100;

    private final class Lane implements Runnable {
        private final LinkedBlockingQueue<Waiting<C, R>> queue = new LinkedBlockingQueue<>();
        private final Semaphore room = new Semaphore(bounds.capacity());

        @Override
        public void run() {
            List<Waiting<C, R>> batch = new ArrayList<>(bounds.maxBatch());
            while (!closed || !queue.isEmpty()) {
                try {
                    Waiting<C, R> first = queue.poll(200, TimeUnit.MILLISECONDS);
                    if (first == null) {
                        continue;
                    }
                    batch.add(first);
                    queue.drainTo(batch, bounds.maxBatch() - 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                room.release(batch.size());
                batchSizes.accept(batch.size());
                settle(batch);
                batch.clear();
            }
        }

        /** The worker takes from the same end: whoever removes a command from the queue answers it. */
        private void refuseWhatWaitsTooLong() {
            long before = System.nanoTime() - bounds.patience().toNanos();
            for (Waiting<C, R> first = queue.peek(); first != null && first.since() < before; first = queue.peek()) {
                if (queue.remove(first)) {
                    room.release();
                    first.answer()
                            .completeExceptionally(
                                    new Overloaded(name + " has not come to a command within " + bounds.patience()));
                }
            }
        }
    }

    private final String name;
    private final Bounds bounds;
    private final Posting<C, R> posting;
    private final IntConsumer batchSizes;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> workers = new ArrayList<>();
    private final ScheduledExecutorService answering;
    private volatile boolean closed;

    /**
     * Starts the workers.
     *
     * @param name names the threads and the log lines
     * @param posting the transactional use case
     * @param batchSizes is told the size of every batch
     */
    public GroupCommit(String name, Bounds bounds, Posting<C, R> posting, IntConsumer batchSizes) {
        this.name = name;
        this.bounds = bounds;
        this.posting = posting;
        this.batchSizes = batchSizes;
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

    /**
     * Queues one command.
     *
     * @param laneKey commands of one SKU name the same key
     * @return the outcome, after its commit; or {@link OutcomeUnknown}, or what the posting threw: of a
     *     {@link DatabaseFailure} that says so nothing was done
     * @throws Overloaded when the lane is full; the outcome is one too when the command waited in vain
     */
    public CompletionStage<R> submit(String laneKey, C command) {
        Lane lane = lane(laneKey);
        admit(List.of(lane));
        Waiting<C, R> waiting = new Waiting<>(command, new CompletableFuture<>(), System.nanoTime());
        lane.queue.add(waiting);
        return waiting.answer();
    }

    /**
     * Queues many commands of one caller, each in its lane: all, or none when there is no room.
     *
     * @param laneKey of a command; commands of one SKU name the same key
     * @return the outcomes in the order of the commands; {@link OutcomeUnknown} when only some of them were posted
     * @throws Overloaded when one of the lanes has no room for all of its commands
     */
    public CompletionStage<List<R>> submitAll(Function<? super C, String> laneKey, List<C> commands) {
        List<Lane> lanesOfCommands =
                commands.stream().map(laneKey).map(this::lane).toList();
        admit(lanesOfCommands);
        List<CompletableFuture<R>> answers = new ArrayList<>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            CompletableFuture<R> answer = new CompletableFuture<>();
            answers.add(answer);
            lanesOfCommands.get(i).queue.add(new Waiting<>(commands.get(i), answer, System.nanoTime()));
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
        return lanes.stream().mapToInt(lane -> lane.queue.size()).sum();
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

    private Lane lane(String laneKey) {
        return lanes.get(Math.floorMod(laneKey.hashCode(), lanes.size()));
    }

    /** Takes a place in each of these lanes, as often as it is named, or none at all. */
    private void admit(List<Lane> wanted) {
        for (int taken = 0; taken < wanted.size(); taken++) {
            if (closed || !wanted.get(taken).room.tryAcquire()) {
                wanted.subList(0, taken).forEach(lane -> lane.room.release());
                throw new Overloaded(name + " is at its bound of " + bounds.capacity() + " waiting commands a lane");
            }
        }
    }

    private void settle(List<Waiting<C, R>> batch) {
        List<R> outcomes;
        try {
            outcomes = post(batch);
        } catch (OutcomeUnknown e) {
            fail(batch, e);
            return;
        } catch (Error e) {
            // Nobody knows how far it came. The lane must outlive it: it has no other worker.
            LOG.errorf(e, "%s: a batch of %d failed", name, batch.size());
            fail(batch, new OutcomeUnknown(e));
            return;
        } catch (Exception e) {
            // What hinders all of them, such as a connection or a lock that does not come, halves would wait for in
            // vain too.
            if (batch.size() == 1 || saysNothingDone(e)) {
                fail(batch, e);
            } else {
                // One command breaks the batch: find it by halving, so that the others still get their answer.
                int half = batch.size() / 2;
                settle(batch.subList(0, half));
                settle(batch.subList(half, batch.size()));
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
