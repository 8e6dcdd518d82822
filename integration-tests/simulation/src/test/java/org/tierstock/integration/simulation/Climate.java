package org.tierstock.integration.simulation;

/**
 * What kind of a history it is: without losses and changes of rules nothing may ever be short, with them not more than they
 * explain.
 *
 * @param losses whether counts and picks find goods missing
 * @param ruleChanges whether regions and rules change on the way
 * @param forgetfulBroker whether the broker loses messages that it has taken over
 * @param defectAtRest whether jobs go on failing for one SKU when all else comes to rest
 */
record Climate(boolean losses, boolean ruleChanges, boolean forgetfulBroker, boolean defectAtRest) {
    static Climate of(long seed) {
        return new Climate((seed & 1) == 0, (seed & 2) == 0, (seed & 4) == 0, (seed & 24) == 0);
    }
}
