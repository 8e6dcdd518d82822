package org.tierstock.integration.simulation;

/**
 * A protection of the protocol, and parts of which it is missing.
 *
 * @param protection its name, as the executable model of the protocol has it where it has one
 * @param fault what goes wrong without it
 */
record Planted(String protection, String fault, Parts parts) {}
