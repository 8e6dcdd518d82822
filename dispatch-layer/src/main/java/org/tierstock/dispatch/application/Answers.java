package org.tierstock.dispatch.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.runtime.work.Unreached;

/**
 * What the warehouses that were asked in one round have answered.
 *
 * @param given the answers of all
 * @param silent the warehouses of which nothing is known
 * @param reason why, in the words of one of them; null when all have answered
 */
record Answers<A>(List<A> given, List<String> silent, String reason) {
    private static final String WAREHOUSE_LAYER = "the warehouse layer";

    static <A> Answers<A> of(Map<String, Answer<A>> byWarehouse) {
        List<A> given = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        String reason = null;
        for (Map.Entry<String, Answer<A>> entry : byWarehouse.entrySet()) {
            switch (entry.getValue()) {
                case Answer.Answered<A> answered -> given.addAll(answered.answers());
                case Answer.Indeterminate<A> unknown -> {
                    silent.add(entry.getKey());
                    reason = unknown.reason();
                }
            }
        }
        return new Answers<>(given, silent, reason);
    }

    /**
     * What was answered.
     *
     * @throws Unreached when nobody answered: what silences every warehouse is this replica's way to them
     */
    List<A> reached() {
        if (given.isEmpty() && !silent.isEmpty()) {
            throw new Unreached(WAREHOUSE_LAYER, reason);
        }
        return given;
    }
}
