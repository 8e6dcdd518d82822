package org.tierstock.integration.fuzz;

/** What an entry made of an input. */
sealed interface Verdict {
    /** What was answered, short enough to be counted. */
    String answer();

    /** Nothing may have changed: a refusal, or an answer to a question. */
    record Harmless(String answer) implements Verdict {}

    /** The input was good enough to be carried out. */
    record Effective(String answer) implements Verdict {}

    /** An answer that the entry may not give to any input. */
    record Broken(String answer, String why) implements Verdict {}
}
