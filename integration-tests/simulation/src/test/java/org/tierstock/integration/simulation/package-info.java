/**
 * The simulation: the three layers' real domain and use cases in one JVM, on their in-memory adapters, under one seeded
 * scheduler that owns time, messages, calls and crashes.
 *
 * <p>Messages are delayed, duplicated, reordered and dropped until they are brought again; calls end unknown, or their
 * requests arrive late or twice; a layer dies between any two of its transactions, or in the middle of one, and starts
 * again from what it had committed. After every transaction the equations of the stock protocol's section 7 are checked,
 * per layer and across layers with what is in flight. At the end everything is brought to rest, and must be settled.
 *
 * <p>A history is its seed: each step throws its own dice, made from the seed and the step's number, so that a history
 * without some of its steps is a history too. A broken equation is reported with its seed and the shortest history that
 * still breaks it. That the equations can break at all is proved by {@code PlantedFaultsTest}: each protection of the
 * protocol is taken out in an adapter of the simulation, never by a switch in the layers, and must be missed.
 *
 * <p>It is a program of test classes, since it stands on the layers' fakes, which are test classes too and come as
 * test-jars. Where tests are skipped those jars are empty and nothing here is compiled; {@code ./tierstock simulate}
 * compiles it. Its module is its own so that neither the services nor the platform need to be built to run it.
 */
package org.tierstock.integration.simulation;
