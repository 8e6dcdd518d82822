package org.tierstock.sales.application.port;

import java.util.List;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.domain.PeerJournal;

/** Asks the dispatch layer to cancel what was handed over. */
public interface DispatchCancels {
    /** What dispatch said. */
    sealed interface Answer {}

    /**
     * Dispatch tries to cancel so many units; the rest of what was asked is refused. The same question gets the same
     * answer for ever.
     *
     * @param by where dispatch's history was when it answered
     */
    record Accepted(long units, PeerJournal by) implements Answer {}

    /** Dispatch does not know the line; maybe not yet, since its hand-over waits for a person there. */
    record UnknownLine() implements Answer {}

    /** Nothing is known: ask again with the same cancel, never assume. */
    record Indeterminate(String reason) implements Answer {}

    /**
     * Asks for the cancels of lines of many orders in one call, within the configured deadline.
     *
     * @return an answer for each, in the same order
     * @throws RuntimeException when dispatch will not answer them as they are; which of them is at fault may not be known
     */
    List<Answer> cancelLines(List<Unanswered> cancels);
}
