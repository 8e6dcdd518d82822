package org.tierstock.integration.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What does not hold, each with examples. */
final class Findings {
    /** Each finding is named with at most so many examples. */
    private static final int EXAMPLES = 3;

    private final Map<String, List<String>> found = new LinkedHashMap<>();

    void find(String what, String example) {
        found.computeIfAbsent(what, w -> new ArrayList<>()).add(example);
    }

    void require(boolean holds, String otherwise, String example) {
        if (!holds) {
            find(otherwise, example);
        }
    }

    void equal(String otherwise, String about, long expected, long actual) {
        require(expected == actual, otherwise, about + ": " + expected + " and " + actual);
    }

    /** In sentences; empty when all is well. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        found.forEach((what, examples) -> sentences.add(what + " (" + examples.size() + "): "
                + String.join("; ", examples.subList(0, Math.min(EXAMPLES, examples.size())))));
        return sentences;
    }
}
