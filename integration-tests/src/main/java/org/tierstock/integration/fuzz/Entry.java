package org.tierstock.integration.fuzz;

import java.util.List;

/** One way into a service: an operation, a method, a queue. */
interface Entry {
    String name();

    /** The next input, all of it decided by the dice. */
    Input input(Dice dice);

    /**
     * Returns when everything sent so far has been dealt with.
     *
     * @return what should have been dealt with and was not
     */
    default List<String> settle() {
        return List.of();
    }
}
