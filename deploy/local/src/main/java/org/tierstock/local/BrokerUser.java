package org.tierstock.local;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A user of the embedded broker: a layer that may send to its own queues and receive those that are for it, and nothing
 * else; or the administrator, who may do both everywhere.
 *
 * @param sends the addresses that it may send to
 * @param receives the addresses that it may receive from
 */
record BrokerUser(String name, String password, Set<String> sends, Set<String> receives) {

    private static final String EVERY = "#";
    private static final String FIELD = "\t";
    private static final String ADDRESS = ",";

    BrokerUser {
        sends = Set.copyOf(sends);
        receives = Set.copyOf(receives);
    }

    static BrokerUser administrator(String name, String password) {
        return new BrokerUser(name, password, Set.of(EVERY), Set.of(EVERY));
    }

    /**
     * The user of a layer.
     *
     * @param environment the variables by which services are told other addresses than the usual ones
     */
    static BrokerUser of(Layer layer, String password, Map<String, String> environment) {
        Set<String> sends = new HashSet<>();
        Set<String> receives = new HashSet<>();
        for (Queue queue : Queue.values()) {
            if (queue.sender() == layer) {
                sends.add(environment.getOrDefault("TIERSTOCK_QUEUE_OUT", queue.address(environment)));
            }
            if (queue.receiver() == layer) {
                receives.add(queue.address(environment));
            }
        }
        return new BrokerUser("tierstock-" + layer.code(), password, sends, receives);
    }

    boolean isAdministrator() {
        return sends.contains(EVERY);
    }

    /** One line, for the broker's environment: its arguments everybody on the machine can read. */
    String line() {
        return String.join(FIELD, name, password, String.join(ADDRESS, sends), String.join(ADDRESS, receives));
    }

    /** What {@link #line} has written. */
    static BrokerUser of(String line) {
        List<String> fields = List.of(line.split(FIELD, -1));
        return new BrokerUser(fields.get(0), fields.get(1), addresses(fields.get(2)), addresses(fields.get(3)));
    }

    private static Set<String> addresses(String joined) {
        return joined.isEmpty() ? Set.of() : Set.of(joined.split(ADDRESS));
    }

    /** Without the password, so that a printed record gives nothing away. */
    @Override
    public String toString() {
        return name + ": sends " + sends + ", receives " + receives;
    }
}
