package org.tierstock.sales.domain;

/**
 * How far the history of the dispatch layer went when it answered (protocol 11.8). Kept with the effect, so that a database
 * set back to a backup is noticed.
 */
public record PeerJournal(long epoch, long journal) {}
