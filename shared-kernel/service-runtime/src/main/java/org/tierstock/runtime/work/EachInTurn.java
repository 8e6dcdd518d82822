package org.tierstock.runtime.work;

import static java.util.stream.Collectors.partitioningBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.tierstock.runtime.sql.DatabaseFailure;

/**
 * Does a work on many subjects together, so that one that cannot be done holds up no other: what fails together is tried in
 * halves, and what fails alone is set aside, visibly, and tried again after a while, apart from what has not failed yet.
 *
 * <p>A lock or an answer that does not come may be one subject's trouble or everybody's, and each attempt waits for it anew. So
 * one subject is looked for that has it, in at most {@code 2 + log2(n)} attempts that fail, and set aside. When nothing at all
 * could be done on the way there, that is the work's failure: it is thrown on, and the next round looks for the next one.
 */
@ApplicationScoped
public class EachInTurn {
    private static final Logger LOG = Logger.getLogger(EachInTurn.class);
    private static final Duration WARN_EVERY = Duration.ofMinutes(1);

    /**
     * A work done on subjects together: in one transaction, so that a failure leaves nothing behind. One that knows which of
     * them it could not do, and has done the others, throws {@link Apart}.
     */
    @FunctionalInterface
    public interface Step<S> {
        Progress run(List<S> subjects);
    }

    private final StuckWork stuck;
    private final MeterRegistry meters;
    private final Set<String> metered = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> warned = new ConcurrentHashMap<>();

    @Inject
    public EachInTurn(StuckWork stuck, MeterRegistry meters) {
        this.stuck = stuck;
        this.meters = meters;
    }

    /** For the container's proxy. */
    protected EachInTurn() {
        this(null, null);
    }

    /**
     * Does a work on what is due.
     *
     * @param work its name: with the subject's, what it is set aside under
     * @param limit how many subjects at once
     * @param due finds so many subjects at most, those that wait longest first
     * @param name the name of a subject
     * @return MORE when there may be more to do at once
     * @throws Unreached when the step was not answered by whom it needs
     */
    public <S> Progress run(String work, int limit, IntFunction<List<S>> due, Function<S, String> name, Step<S> step) {
        List<S> subjects = due(work, limit, due, name);
        Progress progress = attempt(work, subjects, name, step);
        return progress == Progress.DONE && subjects.size() >= limit ? Progress.MORE : progress;
    }

    /**
     * What is due and not set aside: as many as without it, since what is set aside takes nobody's place, unless it is more than is
     * held. What is set aside and due no more is forgotten after a while.
     */
    public <S> List<S> due(String work, int limit, IntFunction<List<S>> due, Function<S, String> name) {
        meter(work);
        int held = stuck.of(work).size();
        List<S> found = due.apply(limit + held);
        if (held == 0) {
            return found;
        }
        Map<String, StuckWork.SetAside> setAside =
                stuck.of(work, found.stream().map(name).toList());
        stuck.due(work, found.stream().map(name).filter(setAside::containsKey).toList());
        return found.stream()
                .filter(subject -> !waits(setAside.get(name.apply(subject))))
                .toList();
    }

    private static boolean waits(StuckWork.SetAside setAside) {
        return setAside != null && setAside.waits();
    }

    /**
     * Does a work on these subjects; those that cannot be done are set aside.
     *
     * @throws Unreached when the step was not answered by whom it needs
     * @throws DatabaseFailure when none of several subjects could be done, and maybe for no reason of theirs
     */
    public <S> Progress attempt(String work, List<S> subjects, Function<S, String> name, Step<S> step) {
        meter(work);
        Set<String> before = setAside(work, subjects, name);
        Map<Boolean, List<S>> failedBefore =
                subjects.stream().collect(partitioningBy(subject -> before.contains(name.apply(subject))));
        Progress fresh = together(work, failedBefore.get(false), name, step);
        try {
            return later(fresh, together(work, failedBefore.get(true), name, step));
        } catch (RuntimeException e) {
            if (fresh == Progress.NONE) {
                throw e;
            }
            LOG.debugf(e, "%s has failed again for what had been set aside", work);
            return fresh;
        }
    }

    private <S> Set<String> setAside(String work, List<S> subjects, Function<S, String> name) {
        return stuck.of(work, subjects.stream().map(name).toList()).keySet();
    }

    private static Progress later(Progress one, Progress other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private <S> Progress together(String work, List<S> subjects, Function<S, String> name, Step<S> step) {
        if (subjects.isEmpty()) {
            return Progress.NONE;
        }
        try {
            return tried(work, subjects, name, step);
        } catch (Unreached e) {
            throw e;
        } catch (RuntimeException e) {
            // Without a database nothing can be done for any subject, which is this work's failure and not theirs.
            stuck.look(work);
            if (subjects.size() == 1) {
                return setAside(work, name.apply(subjects.getFirst()), e);
            }
            return mayHinderAll(e)
                    ? attemptPath(work, subjects, name, step)
                    : attemptHalves(work, subjects, name, step);
        }
    }

    private static boolean mayHinderAll(RuntimeException e) {
        return e instanceof DatabaseFailure failure
                && (failure.nothingDone() || failure.unreachable() || failure.undoneByOthers());
    }

    private <S> Progress tried(String work, List<S> subjects, Function<S, String> name, Step<S> step) {
        Map<String, RuntimeException> apart = Map.of();
        Progress progress = Progress.DONE;
        try {
            progress = step.run(subjects);
        } catch (Apart e) {
            apart = e.failures();
        }
        Set<String> before = setAside(work, subjects, name);
        List<String> done = subjects.stream()
                .map(name)
                .filter(before::contains)
                .filter(Predicate.not(apart::containsKey))
                .toList();
        if (!done.isEmpty() && progress != Progress.NONE) {
            stuck.done(work, done);
        }
        apart.forEach((subject, failure) -> setAside(work, subject, failure));
        return progress;
    }

    private <S> Progress attemptHalves(String work, List<S> subjects, Function<S, String> name, Step<S> step) {
        int half = subjects.size() / 2;
        Progress first = together(work, subjects.subList(0, half), name, step);
        return later(first, together(work, subjects.subList(half, subjects.size()), name, step));
    }

    /** Halves what fails only, down to one subject. What lies beside the path and was not done is due again. */
    private <S> Progress attemptPath(String work, List<S> subjects, Function<S, String> name, Step<S> step) {
        Progress progress = Progress.NONE;
        List<S> left = subjects;
        while (left.size() > 1) {
            List<S> half = left.subList(0, left.size() / 2);
            try {
                progress = later(progress, tried(work, half, name, step));
                left = left.subList(half.size(), left.size());
            } catch (Unreached e) {
                throw e;
            } catch (RuntimeException e) {
                left = half;
            }
        }
        try {
            return later(progress, tried(work, left, name, step));
        } catch (Unreached e) {
            throw e;
        } catch (RuntimeException e) {
            Progress last = setAside(work, name.apply(left.getFirst()), e);
            if (progress == Progress.NONE) {
                throw e;
            }
            return later(progress, last);
        }
    }

    /** Progress too: it waits from now on, so the next look finds what stood behind it. */
    private Progress setAside(String work, String subject, RuntimeException failure) {
        stuck.setAside(work, subject, reason(failure));
        long now = System.nanoTime();
        warned.values().removeIf(at -> now - at > WARN_EVERY.toNanos());
        if (warned.putIfAbsent(work + ' ' + subject, now) == null) {
            LOG.warnf(failure, "%s cannot be done for %s, which is set aside and tried again", work, subject);
        } else {
            LOG.debugf(failure, "%s still cannot be done for %s", work, subject);
        }
        return Progress.DONE;
    }

    private static String reason(RuntimeException failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private void meter(String work) {
        if (metered.add(work)) {
            Gauge.builder("tierstock.work.stuck", () -> shown(work, StuckWork.Extent::count))
                    .description("Subjects that a work cannot be done for")
                    .tag("work", work)
                    .register(meters);
            Gauge.builder("tierstock.work.stuck.age", () -> shown(work, EachInTurn::age))
                    .description("For how long the oldest of them cannot be done")
                    .baseUnit("seconds")
                    .tag("work", work)
                    .register(meters);
        }
    }

    private double shown(String work, ToDoubleFunction<StuckWork.Extent> figure) {
        return stuck.extent(work).stream().mapToDouble(figure).findFirst().orElse(Double.NaN);
    }

    private static double age(StuckWork.Extent extent) {
        return extent.since() == null
                ? 0
                : Math.max(0, Duration.between(extent.since(), Instant.now()).toMillis() / 1_000.0);
    }
}
