package org.tierstock.runtime.reconcile;

import java.util.List;
import org.tierstock.runtime.exchange.AppliedPosition;

/**
 * Where both sides state their positions: what the receivers have applied of the streams between them (11.9). A message
 * of these streams that the cut does not hold is beyond it, and its effect is taken out of the position.
 *
 * @param streams every stream between the two sides; a partition of one without an applied position begins at 0
 * @param applied one for each stream partition of which anything has been applied
 */
public record Cut(List<String> streams, List<AppliedPosition> applied) {
    public Cut {
        streams = List.copyOf(streams);
        applied = List.copyOf(applied);
        for (AppliedPosition position : applied) {
            if (!streams.contains(position.stream())) {
                throw new IllegalArgumentException("The cut is not about stream " + position.stream());
            }
        }
    }
}
