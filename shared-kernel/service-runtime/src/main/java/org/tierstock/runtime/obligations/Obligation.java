package org.tierstock.runtime.obligations;

/**
 * A kind of what is owed (protocol, section 6): a row that a job looks for.
 *
 * @param kind its name as a tag, e.g. {@code LOCK_UNANSWERED}
 * @param rows a SELECT without parameters of one column, since when each is owed, the oldest first where an index
 *     has them so; null where no row knows. It reads an index that has the open ones only: it runs often
 */
public record Obligation(String kind, String rows) {}
