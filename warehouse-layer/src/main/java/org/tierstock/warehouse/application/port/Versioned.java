package org.tierstock.warehouse.application.port;

/**
 * A master record as it is stored.
 *
 * @param version rises by one with every change
 */
public record Versioned<T>(T master, long version) {}
