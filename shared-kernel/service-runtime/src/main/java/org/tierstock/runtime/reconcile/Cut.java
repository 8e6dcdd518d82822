package org.tierstock.runtime.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.exchange.AppliedPosition;

/**
 * Where both sides state their positions: what the receivers have applied of the streams between them (11.9). A message
 * of these streams that the cut does not hold is beyond it, and its effect is taken out of the position.
 *
 * @param scopes every stream between the two sides, with the scope whose positions it changes; a partition of one without
 *     an applied position begins at 0
 * @param applied one for each stream partition of which anything has been applied
 */
public record Cut(Map<String, String> scopes, List<AppliedPosition> applied) {
    public Cut {
        scopes = Map.copyOf(scopes);
        applied = List.copyOf(applied);
        for (AppliedPosition position : applied) {
            if (!scopes.containsKey(position.stream())) {
                throw new IllegalArgumentException("The cut is not about stream " + position.stream());
            }
        }
    }

    /** Of streams that all change the positions of the one scope there is. */
    public static Cut whole(List<String> streams, List<AppliedPosition> applied) {
        Map<String, String> scopes = new HashMap<>();
        streams.forEach(stream -> scopes.put(stream, ""));
        return new Cut(scopes, applied);
    }

    /** The streams between the two sides. */
    public List<String> streams() {
        return new ArrayList<>(scopes.keySet());
    }

    /** What has been applied of the streams of one scope. */
    List<AppliedPosition> of(String scope) {
        return applied.stream()
                .filter(position -> scope.equals(scopes.get(position.stream())))
                .toList();
    }
}
