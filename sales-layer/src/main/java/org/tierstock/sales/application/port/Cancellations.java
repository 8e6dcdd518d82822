package org.tierstock.sales.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.OrderNumber;

/** The cancellations, by document number. */
public interface Cancellations {
    /**
     * A line's cancel that dispatch has not answered.
     *
     * @param cancel the id by which dispatch knows it
     * @param document the cancellation
     * @param quantity whole units that dispatch is asked to cancel
     */
    record Unanswered(String cancel, String document, OrderNumber order, int line, long quantity) {}

    /** Those of these cancellations that exist. */
    Map<String, Cancellation> load(Collection<String> documents);

    /** Stores new cancellations. When another transaction stored one first, this one fails and may be run again. */
    void insert(List<Cancellation> cancellations);

    /** Stores those lines of cancellations that have changed. All the cancellations exist. */
    void update(Collection<Changed<Cancellation>> cancellations);

    /**
     * What dispatch is to be asked: unanswered cancels of these partitions whose hand-over it has acknowledged. One request
     * at a time per document, so dispatch never meets a cancel of a line that it does not know. Those that wait longest, of one
     * document at most a quarter of them while others wait.
     */
    List<Unanswered> unanswered(Set<Integer> partitions, int limit);
}
