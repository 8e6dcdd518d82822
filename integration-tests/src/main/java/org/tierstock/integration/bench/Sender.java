package org.tierstock.integration.bench;

/** Sends calls of one kind. Calls may be many in flight. */
@FunctionalInterface
interface Sender {
    /** Sends the next call and returns at once. */
    void send(Answered answered);
}
