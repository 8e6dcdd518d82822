package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tierstock.sales.application.RecordCancelAnswers.Answered;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.DispatchCancels;

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

    @Inject
    public AskCancels(Cancellations cancellations, DispatchCancels dispatch, RecordCancelAnswers answers) {
        this.cancellations = cancellations;
        this.dispatch = dispatch;
        this.answers = answers;
    }

    /**
     * Asks once for each open cancel of these partitions. One without an answer is asked again next time, under the same id.
     *
     * @param limit how many at most
     * @return how many were answered
     */
    public int ask(Set<Integer> partitions, int limit) {
        List<Answered> answered = new ArrayList<>();
        for (Unanswered cancel : cancellations.unanswered(partitions, limit)) {
            switch (dispatch.cancelLine(cancel)) {
                case DispatchCancels.Accepted accepted -> answered.add(new Answered(cancel, accepted));
                case DispatchCancels.Indeterminate unknown -> {
                    // stays unanswered
                }
            }
        }
        if (!answered.isEmpty()) {
            answers.record(answered);
        }
        return answered.size();
    }
}
