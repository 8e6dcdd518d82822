package org.tierstock.runtime.exchange;

import org.tierstock.movements.StreamPosition;

/**
 * What a message says of its place, be its content readable or not.
 *
 * @param epoch the sender's history
 * @param journal the sender's transaction number
 */
public record Envelope(StreamPosition position, long epoch, long journal) {}
