package org.tierstock.dispatch.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.runtime.work.Later;

/** Answers of warehouses that are there at once. */
public final class Answers {
    private Answers() {}

    /** As answers that have come. */
    public static <A> Map<String, Later<Answer<A>>> given(Map<String, Answer<A>> answers) {
        Map<String, Later<Answer<A>>> given = new LinkedHashMap<>();
        answers.forEach((warehouse, answer) -> given.put(warehouse, Later.now(answer)));
        return given;
    }

    /** What the answers are that have come. */
    public static <A> Map<String, Answer<A>> of(Map<String, Later<Answer<A>>> given) {
        Map<String, Answer<A>> answers = new LinkedHashMap<>();
        given.forEach((warehouse, answer) -> answers.put(warehouse, answer.get()));
        return answers;
    }
}
