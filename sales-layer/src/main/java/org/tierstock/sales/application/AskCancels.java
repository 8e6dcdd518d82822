package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.runtime.work.Apart;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.sales.application.RecordCancelAnswers.Answered;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.DispatchCancels;
import org.tierstock.sales.application.port.DispatchCancels.Accepted;
import org.tierstock.sales.application.port.DispatchCancels.Answer;
import org.tierstock.sales.application.port.DispatchCancels.Indeterminate;
import org.tierstock.sales.application.port.DispatchCancels.UnknownLine;

/**
 * Asks dispatch to cancel what was handed over, until it answers (protocol 11.3). Not transactional, since it calls: what
 * it asks stays written until {@link RecordCancelAnswers} has recorded the answer.
 */
@ApplicationScoped
public class AskCancels {
    /** The name of this work, by which a cancellation announces it. */
    public static final String WORK = "ask-cancels";

    private final Cancellations cancellations;
    private final DispatchCancels dispatch;
    private final RecordCancelAnswers answers;
    private final EachInTurn eachInTurn;

    @Inject
    public AskCancels(
            Cancellations cancellations, DispatchCancels dispatch, RecordCancelAnswers answers, EachInTurn eachInTurn) {
        this.cancellations = cancellations;
        this.dispatch = dispatch;
        this.answers = answers;
        this.eachInTurn = eachInTurn;
    }

    /**
     * Asks once for open cancels of these partitions, all in one call. One without an answer is asked again next time, under
     * the same id; one of a line that dispatch does not know waits alone.
     *
     * @param limit how many at most
     * @return MORE when there may be more to ask at once
     * @throws Unreached when dispatch answered none of them
     */
    public Progress ask(Set<Integer> partitions, int limit) {
        return eachInTurn.run(
                WORK, limit, most -> cancellations.unanswered(partitions, most), Unanswered::cancel, this::askTogether);
    }

    private Progress askTogether(List<Unanswered> cancels) {
        List<Answer> given = dispatch.cancelLines(cancels);
        List<Answered> answered = new ArrayList<>(cancels.size());
        Map<String, RuntimeException> unknown = new HashMap<>();
        String silence = null;
        for (int i = 0; i < cancels.size(); i++) {
            Unanswered cancel = cancels.get(i);
            switch (given.get(i)) {
                case Accepted accepted -> answered.add(new Answered(cancel, accepted));
                case UnknownLine no ->
                    unknown.put(
                            cancel.cancel(),
                            new IllegalStateException("Dispatch does not know line " + cancel.line() + " of "
                                    + cancel.order().text()));
                case Indeterminate(String reason) -> silence = reason;
            }
        }
        if (answered.isEmpty() && unknown.isEmpty()) {
            throw new Unreached("the dispatch layer", silence);
        }
        if (!answered.isEmpty()) {
            answers.record(answered);
        }
        if (!unknown.isEmpty()) {
            throw new Apart(unknown);
        }
        return Progress.DONE;
    }
}
