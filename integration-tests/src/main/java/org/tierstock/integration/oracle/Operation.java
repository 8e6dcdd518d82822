package org.tierstock.integration.oracle;

/**
 * A request and what came of it.
 *
 * @param begun before the request was sent, in nanoseconds of one clock
 * @param ended after the answer had come; {@link Long#MAX_VALUE} when none came
 * @param answer null when none came: it may have happened, now or later, or not at all
 * @param repeated whether it was sent more than once, so that its answer may be the one to its own repetition
 */
record Operation(int client, Request request, long begun, long ended, Answer answer, boolean repeated) {
    /** Whether this may have been answered so at a point where the model answers {@code expected}. */
    boolean mayBe(Answer expected) {
        return answer == null
                || answer.equals(expected)
                || repeated && expected.status() == Answer.DONE && answer.equals(Answer.known(expected.content()));
    }

    /** Whether this may be what made its document. */
    boolean mayHaveDone() {
        return answer == null || answer.status() == Answer.DONE || repeated && answer.status() == Answer.KNOWN;
    }
}
