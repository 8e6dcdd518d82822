package org.tierstock.integration.faults;

import java.time.Duration;
import java.util.List;

/** Something that goes wrong, for a while. */
sealed interface Fault {

    /**
     * Processes die at once as in a power cut, stay dead, and start again.
     *
     * @param after how long clients have traded since the fault before
     */
    record Kill(List<String> victims, Duration after, Duration dead) implements Fault {
        public Kill {
            victims = List.copyOf(victims);
        }

        @Override
        public String toString() {
            return String.join("+", victims);
        }
    }

    /**
     * The broker dies and loses its files with everything that it had stored, stays dead, and starts again.
     *
     * @param after how long clients have traded since the fault before
     */
    record LostStore(Duration after, Duration dead) implements Fault {
        @Override
        public String toString() {
            return "broker without its files";
        }
    }

    /** A process stands still with all its connections open, and goes on. */
    record Stall(String victim, Duration still) implements Fault {
        @Override
        public String toString() {
            return victim + " stalled";
        }
    }

    /**
     * A link is harmed and healed.
     *
     * @param after how long after the harm before it
     * @param seed of how strong the harm is
     */
    record Network(Link link, Harm harm, Duration after, Duration lasting, long seed) implements Fault {
        @Override
        public String toString() {
            return link + " " + harm;
        }
    }
}
