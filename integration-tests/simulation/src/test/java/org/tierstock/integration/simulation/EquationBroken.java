package org.tierstock.integration.simulation;

/** Something that the protocol promises is not so. */
final class EquationBroken extends Error {
    private final String equation;

    EquationBroken(String equation, String detail) {
        super(equation + ": " + detail);
        this.equation = equation;
    }

    EquationBroken(String equation, RuntimeException cause) {
        super(equation + ": " + cause.getMessage(), cause);
        this.equation = equation;
    }

    /** The name of the equation. */
    String equation() {
        return equation;
    }
}
