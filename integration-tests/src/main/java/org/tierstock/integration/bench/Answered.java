package org.tierstock.integration.bench;

/** Hears how one call ended. It is told exactly once. */
interface Answered {
    /** The service answered: so many orders of the call were placed, so many refused. */
    void with(int placed, int refused);

    /** The service did nothing: it had more to do than its bounds allow, and asks to come back. */
    default void refusedForNow() {
        failed("the service is overloaded");
    }

    /** The service did not answer, or with something that is no business answer. */
    void failed(String why);
}
