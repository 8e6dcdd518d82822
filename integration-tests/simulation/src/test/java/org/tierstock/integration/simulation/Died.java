package org.tierstock.integration.simulation;

/** A layer's process died. What it had committed is there when it starts again; who had called it knows nothing. */
final class Died extends Error {
    Died(String layer) {
        super(layer + " died", null, false, false);
    }
}
