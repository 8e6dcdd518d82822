package org.tierstock.runtime.obligations;

/**
 * A kind of what is owed (protocol, section 6): a row that a job looks for.
 *
 * @param kind its name as a tag, e.g. {@code LOCK_UNANSWERED}
 * @param rows a SELECT without parameters of one column, since when each is owed, never null; the oldest first, or, where
 *     no index has them so and they may be very many, nearly. It reads an index that has the open ones only: it runs often
 */
public record Obligation(String kind, String rows) {}
