package org.tierstock.integration.fuzz;

import java.util.Map;

/** What no refused input may change. */
interface State {
    /** Everything as it is committed now: a digest by the name of each part. */
    Map<String, String> look();

    /** Puts off for days what comes of itself of what was accepted, so that nobody takes it for the work of others. */
    void putOff();

    /** Whether nothing that was accepted before has consequences still to come. */
    boolean atRest();
}
