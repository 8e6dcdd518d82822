package org.tierstock.integration.fuzz;

/** One input, ready to be sent, the same each time. */
interface Input {
    /** Sends it and judges the answer. Many inputs are sent at once. */
    Verdict send();

    /** What a person needs to send it again; of a long one the beginning. */
    String text();
}
