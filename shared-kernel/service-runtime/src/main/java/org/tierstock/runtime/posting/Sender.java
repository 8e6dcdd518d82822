package org.tierstock.runtime.posting;

import java.util.Objects;

/**
 * Who takes places and turns: a party, and in it the part that it speaks for. Parties share with one another first, and the
 * parts of a party share what is the party's. So names that a party may choose, such as a channel's in an order, take nothing of
 * any other party, however many it names.
 *
 * @param party whom a token speaks for, a queue or a job: nobody chooses it
 * @param part what of the party, such as a channel; empty when it has no parts
 */
public record Sender(String party, String part) {
    public Sender {
        Objects.requireNonNull(party, "party");
        Objects.requireNonNull(part, "part");
    }

    /** A party that has no parts. */
    public static Sender of(String party) {
        return new Sender(party, "");
    }
}
