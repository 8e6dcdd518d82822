package org.tierstock.dispatch.application;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.work.Arrivals;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Later;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Silences;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.runtime.work.WorkSignals;

/**
 * Asks warehouses about outbounds and records what they say: all at once, each in one call, their answers as they come, those
 * that have come meanwhile in one transaction.
 *
 * <p>A warehouse that does not answer is asked again later, and no round waits for it until it does: its answer is recorded
 * when it comes. One that refuses a call is asked again in halves, until what it cannot answer stands alone and is set aside:
 * neither its other outbounds nor other warehouses wait for it.
 *
 * <p>Not for several threads.
 *
 * @param <Q> what is asked about an outbound
 * @param <A> what is answered about one
 */
final class AskWarehouses<Q, A> {
    private static final String WAREHOUSE_LAYER = "the warehouse layer";

    /** What a warehouse refuses to answer. */
    private static final class CallRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallRefused(String warehouse, String reason) {
            super("Warehouse " + warehouse + ": " + reason);
        }
    }

    /** A call that has not ended, or whose answer has not been looked at. */
    private record Call<Q, A>(String warehouse, List<Q> asked, Later<Answer<A>> answer, boolean waitedFor) {}

    /** What came of a round. */
    private static final class Round {
        final int limit;
        final int retrySeconds;
        final int longestSeconds;
        Progress progress = Progress.NONE;
        boolean heard;
        boolean full;
        String silence;

        Round(int limit, int retrySeconds, int longestSeconds) {
            this.limit = limit;
            this.retrySeconds = retrySeconds;
            this.longestSeconds = longestSeconds;
        }

        void came(Progress next) {
            progress = progress.compareTo(next) > 0 ? progress : next;
        }
    }

    private final String work;
    private final EachInTurn eachInTurn;
    private final WorkSignals signals;
    private final Outbounds outbounds;
    private final Function<Q, Outbound> outbound;
    private final Function<Map<String, List<Q>>, Map<String, Later<Answer<A>>>> call;
    private final Function<A, String> answered;
    private final EachInTurn.Step<A> record;
    private final Silences silences = new Silences();
    private final Map<String, Call<Q, A>> underWay = new HashMap<>();
    private final Arrivals<Call<Q, A>> ended = new Arrivals<>();

    /**
     * A work that asks.
     *
     * @param work under whose name outbounds are set aside, and which is woken by an answer that no round waits for
     * @param outbound what a question is about
     * @param call asks warehouses, and has an answer of each
     * @param answered the outbound that an answer is about
     * @param record writes answers, in one transaction
     */
    AskWarehouses(
            String work,
            EachInTurn eachInTurn,
            WorkSignals signals,
            Outbounds outbounds,
            Function<Q, Outbound> outbound,
            Function<Map<String, List<Q>>, Map<String, Later<Answer<A>>>> call,
            Function<A, String> answered,
            EachInTurn.Step<A> record) {
        this.work = work;
        this.eachInTurn = eachInTurn;
        this.signals = signals;
        this.outbounds = outbounds;
        this.outbound = outbound;
        this.call = call;
        this.answered = answered;
        this.record = record;
    }

    /**
     * One round.
     *
     * @param limit how many there may be of each warehouse
     * @param retrySeconds how long those are left alone whose warehouse did not answer
     * @param longestSeconds the most that a warehouse is left alone which stays silent while others answer
     * @return MORE when there may be more to ask at once
     * @throws Unreached when no warehouse said anything: what silences all is this replica's way to them
     */
    Progress run(List<Q> asked, int limit, int retrySeconds, int longestSeconds) {
        ask(asked);
        Round round = new Round(limit, retrySeconds, longestSeconds);
        List<Call<Q, A>> refused = new ArrayList<>();
        for (List<Call<Q, A>> calls = next(); !calls.isEmpty(); calls = next()) {
            record(calls, refused, round);
        }
        if (round.silence != null && !round.heard) {
            throw new Unreached(WAREHOUSE_LAYER, round.silence);
        }
        for (Call<Q, A> ofWarehouse : refused) {
            round.came(eachInTurn.attempt(work, ofWarehouse.asked(), this::id, some -> askAgain(some, round)));
        }
        return round.progress == Progress.DONE && round.full ? Progress.MORE : round.progress;
    }

    /** Asks each warehouse that is not being asked already. */
    private void ask(List<Q> asked) {
        Map<String, List<Q>> byWarehouse = asked.stream()
                .filter(question -> mayBeAsked(warehouse(question)))
                .collect(Collectors.groupingBy(this::warehouse, LinkedHashMap::new, Collectors.toList()));
        if (byWarehouse.isEmpty()) {
            return;
        }
        call.apply(byWarehouse).forEach((warehouse, answer) -> {
            boolean waitedFor = !silences.isSilent(warehouse);
            Call<Q, A> begun = new Call<>(warehouse, byWarehouse.get(warehouse), answer, waitedFor);
            underWay.put(warehouse, begun);
            boolean later = !waitedFor && !answer.isThere();
            answer.then(() -> {
                ended.add(begun);
                if (later) {
                    signals.announce(work);
                }
            });
        });
    }

    private boolean mayBeAsked(String warehouse) {
        return !underWay.containsKey(warehouse) && !silences.isLeftAlone(warehouse);
    }

    /** The calls that have ended since; when there are none, waits for one as long as there is any that is waited for. */
    private List<Call<Q, A>> next() {
        List<Call<Q, A>> calls = ended.take();
        if (calls.isEmpty() && underWay.values().stream().anyMatch(Call::waitedFor)) {
            calls = ended.await();
        }
        calls.forEach(each -> underWay.remove(each.warehouse()));
        return calls;
    }

    private void record(List<Call<Q, A>> calls, List<Call<Q, A>> refused, Round round) {
        List<A> given = new ArrayList<>();
        List<Call<Q, A>> silent = new ArrayList<>();
        for (Call<Q, A> each : calls) {
            switch (each.answer().get()) {
                case Answer.Answered<A>(List<A> answers) -> {
                    silences.answered(each.warehouse());
                    given.addAll(answers);
                    round.heard = true;
                    round.full |= each.asked().size() >= round.limit;
                }
                case Answer.Indeterminate<A> unknown -> silent.add(each);
                case Answer.Refused<A> no -> {
                    silences.answered(each.warehouse());
                    refused.add(each);
                    round.heard = true;
                }
            }
        }
        for (Call<Q, A> each : silent) {
            if (!fellSilent(each.warehouse(), each.asked(), round)) {
                round.silence = ((Answer.Indeterminate<A>) each.answer().get()).reason();
            }
        }
        round.came(eachInTurn.attempt(work, given, answered, record));
    }

    /** Some of one warehouse, which has refused to answer more of them. */
    private Progress askAgain(List<Q> some, Round round) {
        String warehouse = warehouse(some.getFirst());
        if (silences.isSilent(warehouse)) {
            // Each half would wait for it once more.
            return Progress.NONE;
        }
        return switch (call.apply(Map.of(warehouse, some)).get(warehouse).get()) {
            case Answer.Answered<A>(List<A> answers) -> record.run(answers);
            case Answer.Indeterminate<A> unknown -> {
                fellSilent(warehouse, some, round);
                yield Progress.NONE;
            }
            case Answer.Refused<A>(String reason) -> throw new CallRefused(warehouse, reason);
        };
    }

    /** True when others have answered meanwhile. */
    private boolean fellSilent(String warehouse, List<Q> asked, Round round) {
        postpone(asked, round.retrySeconds);
        return silences.unanswered(warehouse, round.retrySeconds, round.longestSeconds);
    }

    private void postpone(Collection<Q> unanswered, int retrySeconds) {
        outbounds.postpone(unanswered.stream().map(this::id).toList(), retrySeconds);
    }

    private String warehouse(Q question) {
        return outbound.apply(question).warehouse();
    }

    private String id(Q question) {
        return outbound.apply(question).id();
    }
}
