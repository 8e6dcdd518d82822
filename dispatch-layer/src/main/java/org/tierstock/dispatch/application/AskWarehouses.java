package org.tierstock.dispatch.application;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;

/**
 * Asks warehouses about outbounds and records what they say: all at once, each in one call, their answers in one transaction.
 *
 * <p>A warehouse that does not answer is asked again later. One that refuses a call is asked again in halves, until what it
 * cannot answer stands alone and is set aside: neither its other outbounds nor other warehouses wait for it.
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

    private final String work;
    private final EachInTurn eachInTurn;
    private final Outbounds outbounds;
    private final Function<Q, Outbound> outbound;
    private final Function<Map<String, List<Q>>, Map<String, Answer<A>>> call;
    private final Function<A, String> answered;
    private final EachInTurn.Step<A> record;

    /**
     * A work that asks.
     *
     * @param work under whose name outbounds are set aside
     * @param outbound what a question is about
     * @param call asks warehouses, and has an answer of each
     * @param answered the outbound that an answer is about
     * @param record writes answers, in one transaction
     */
    AskWarehouses(
            String work,
            EachInTurn eachInTurn,
            Outbounds outbounds,
            Function<Q, Outbound> outbound,
            Function<Map<String, List<Q>>, Map<String, Answer<A>>> call,
            Function<A, String> answered,
            EachInTurn.Step<A> record) {
        this.work = work;
        this.eachInTurn = eachInTurn;
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
     * @return MORE when there may be more to ask at once
     * @throws Unreached when no warehouse said anything: what silences all is this replica's way to them
     */
    Progress run(List<Q> asked, int limit, int retrySeconds) {
        Map<String, List<Q>> byWarehouse =
                asked.stream().collect(Collectors.groupingBy(this::warehouse, LinkedHashMap::new, Collectors.toList()));
        if (byWarehouse.isEmpty()) {
            return Progress.NONE;
        }
        List<A> given = new ArrayList<>();
        List<Q> unanswered = new ArrayList<>();
        List<List<Q>> refused = new ArrayList<>();
        String silence = null;
        for (Map.Entry<String, Answer<A>> answer : call.apply(byWarehouse).entrySet()) {
            List<Q> ofWarehouse = byWarehouse.get(answer.getKey());
            switch (answer.getValue()) {
                case Answer.Answered<A>(List<A> answers) -> given.addAll(answers);
                case Answer.Indeterminate<A>(String reason) -> {
                    unanswered.addAll(ofWarehouse);
                    silence = reason;
                }
                case Answer.Refused<A> no -> refused.add(ofWarehouse);
            }
        }
        if (!unanswered.isEmpty()) {
            postpone(unanswered, retrySeconds);
        }
        if (silence != null && given.isEmpty() && refused.isEmpty()) {
            throw new Unreached(WAREHOUSE_LAYER, silence);
        }
        Progress progress = eachInTurn.attempt(work, given, answered, record);
        for (List<Q> ofWarehouse : refused) {
            Progress apart = eachInTurn.attempt(work, ofWarehouse, this::id, some -> askAgain(some, retrySeconds));
            progress = progress.compareTo(apart) > 0 ? progress : apart;
        }
        boolean full = byWarehouse.values().stream().anyMatch(ofWarehouse -> ofWarehouse.size() >= limit);
        return progress == Progress.DONE && full ? Progress.MORE : progress;
    }

    /** Some of one warehouse, which has refused to answer more of them. */
    private Progress askAgain(List<Q> some, int retrySeconds) {
        String warehouse = warehouse(some.getFirst());
        return switch (call.apply(Map.of(warehouse, some)).get(warehouse)) {
            case Answer.Answered<A>(List<A> answers) -> record.run(answers);
            case Answer.Indeterminate<A> unknown -> {
                postpone(some, retrySeconds);
                yield Progress.NONE;
            }
            case Answer.Refused<A>(String reason) -> throw new CallRefused(warehouse, reason);
        };
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
