package org.tierstock.integration.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Sends inputs in batches, many at once, and compares the state around each batch. */
final class Campaign {
    static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE);

    private static final int CALLERS = 64;
    private static final int ROUNDS = 6;
    private static final Duration QUIET = Duration.ofMillis(300);
    /** Longer than the second after which a job looks for work. */
    private static final int SAME_LOOKS = 5;

    private static final int LOOKS_FOR_QUIET = 50;

    private final List<Entry> entries;
    private final State state;
    private final int batchSize;
    private final Consumer<String> progress;
    private final Report report = new Report();

    /** An input by its number, and where it goes. It is made anew each time it is sent, so that a batch takes no room. */
    private record Numbered(long seed, long number, Entry entry) {
        static Numbered of(long seed, long number, List<Entry> entries) {
            return new Numbered(seed, number, new Dice(seed, number).of(entries));
        }

        Input input(List<Entry> entries) {
            Dice dice = new Dice(seed, number);
            return dice.of(entries).input(dice);
        }
    }

    /**
     * A campaign.
     *
     * @param entries each as often as it shall be taken
     * @param batchSize inputs between two looks at the state
     */
    Campaign(List<Entry> entries, State state, int batchSize, Consumer<String> progress) {
        this.entries = List.copyOf(entries);
        this.state = state;
        this.batchSize = batchSize;
        this.progress = progress;
    }

    /** Sends the inputs of these numbers; each follows from the seed and its number. */
    Report run(long seed, long first, long count) {
        return run(seed, first, count, ENDLESS);
    }

    /** Sends the inputs of these numbers, and begins no batch when so much time has passed. */
    Report run(long seed, long first, long count, Duration budget) {
        long began = System.nanoTime();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            long end = first + count;
            for (long from = first; from < end && System.nanoTime() - began < budget.toNanos(); from += batchSize) {
                List<Numbered> batch = new ArrayList<>(batchSize);
                for (long number = from; number < Math.min(end, from + batchSize); number++) {
                    batch.add(Numbered.of(seed, number, entries));
                }
                settleBatch(batch, callers);
                report.news().forEach(finding -> progress.accept("FOUND " + finding));
                progress.accept(
                        String.format("%,10d of %,d inputs, %s", from + batch.size() - first, count, report.line()));
            }
        }
        return report;
    }

    private void settleBatch(List<Numbered> batch, ExecutorService callers) {
        List<Numbered> open = batch;
        for (int round = 1; round <= ROUNDS && !open.isEmpty(); round++) {
            Map<String, String> before = state.look();
            List<Numbered> effective = fire(open, callers, round == 1);
            if (effective.isEmpty()) {
                compare(before, open, callers);
                report.proven(open.size());
                return;
            }
            open = new ArrayList<>(open);
            open.removeAll(effective);
            quiet();
        }
        report.unproven(open.size());
    }

    /** Sends all of them at once; answers those that may have changed something. */
    private List<Numbered> fire(List<Numbered> batch, ExecutorService callers, boolean count) {
        List<Future<Verdict>> verdicts = batch.stream()
                .map(each -> callers.submit(() -> each.input(entries).send()))
                .toList();
        List<Numbered> effective = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Numbered each = batch.get(i);
            Verdict verdict = verdict(verdicts.get(i));
            if (count) {
                report.answered(each.entry().name(), verdict);
            }
            switch (verdict) {
                case Verdict.Harmless harmless -> {}
                case Verdict.Effective accepted -> effective.add(each);
                case Verdict.Broken broken ->
                    report.finding(each.number(), each.entry().name(), broken.why(), each.input(entries));
            }
        }
        batch.stream()
                .map(Numbered::entry)
                .distinct()
                .forEach(entry -> entry.settle().forEach(what -> report.finding(entry.name(), what)));
        return effective;
    }

    private static Verdict verdict(Future<Verdict> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new FuzzFailure("An input cannot be sent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FuzzFailure("interrupted", e);
        }
    }

    private void compare(Map<String, String> before, List<Numbered> batch, ExecutorService callers) {
        Map<String, String> after = state.look();
        if (!after.equals(before)) {
            List<Numbered> guilty = guilty(batch, callers);
            String what = "changed by what was refused: " + difference(before, after);
            guilty.forEach(each -> report.finding(each.number(), each.entry().name(), what, each.input(entries)));
            if (guilty.isEmpty()) {
                report.finding(
                        "inputs " + batch.getFirst().number() + " to "
                                + batch.getLast().number(),
                        what + ", and not again when they were sent again");
            }
        }
    }

    /** Halves the batch until one input is left that changes the state; empty when none does so again. */
    private List<Numbered> guilty(List<Numbered> batch, ExecutorService callers) {
        quiet();
        Map<String, String> before = state.look();
        fire(batch, callers, false);
        if (state.look().equals(before)) {
            return List.of();
        }
        if (batch.size() == 1) {
            return batch;
        }
        List<Numbered> first = guilty(batch.subList(0, batch.size() / 2), callers);
        return first.isEmpty() ? guilty(batch.subList(batch.size() / 2, batch.size()), callers) : first;
    }

    private static TreeSet<String> difference(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(after.keySet());
        names.addAll(before.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }

    /** Returns when what was accepted has had its consequences. */
    private void quiet() {
        state.putOff();
        Map<String, String> last = state.look();
        for (int look = 0, same = 0; look < LOOKS_FOR_QUIET && same < SAME_LOOKS; look++) {
            try {
                Thread.sleep(QUIET);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FuzzFailure("interrupted", e);
            }
            Map<String, String> now = state.look();
            same = now.equals(last) && state.atRest() ? same + 1 : 0;
            last = now;
        }
    }
}
