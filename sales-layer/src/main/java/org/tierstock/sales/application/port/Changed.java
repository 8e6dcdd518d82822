package org.tierstock.sales.application.port;

/**
 * Something stored that a transaction changes. Only what differs is written: an order of 2,000 lines of which a message is
 * about one costs one line.
 *
 * @param before as the transaction read it
 * @param after as the transaction leaves it
 */
public record Changed<T>(T before, T after) {}
