package org.tierstock.runtime.posting;

/**
 * A command that may come again from a person's hand.
 *
 * @param replayed true when a person has asked for it: that may be a part of a repair, which nothing else is posted during
 */
public record Replayable<C>(C command, boolean replayed) {}
