package org.tierstock.runtime.reconcile;

/**
 * What one side holds of a key at a cut.
 *
 * @param key text form of a channel key or cell, or an outbound's id
 * @param quantity whole units; never 0, such keys are left out
 */
public record KeyPosition(String key, long quantity) {}
