package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Received;

/**
 * The messages between the layers: in flight from the sender's commit to the receiver's. They come in any order, and may
 * come again. One that is dropped on its way, or that the broker has forgotten, stays in flight: the sender brings it again.
 */
final class Traffic {
    private final Map<StreamPosition, Received<?>> inFlight = new LinkedHashMap<>();
    private final List<Received<?>> arrived = new ArrayList<>();
    private final Map<StreamPosition, Integer> parked = new HashMap<>();
    private final Set<StreamPosition> forgotten = new HashSet<>();

    void send(List<Received<Message>> sent) {
        sent.forEach(message -> inFlight.put(message.position(), message));
    }

    void arrive(Received<?> message) {
        if (inFlight.remove(message.position()) != null) {
            arrived.add(message);
        }
    }

    /** Sets a message aside until that step, as an operator does with one that cannot be applied. */
    void park(Received<?> message, int untilStep) {
        parked.put(message.position(), untilStep);
    }

    /** The numbers of what is set aside. */
    Set<StreamPosition> parked() {
        return inFlight.keySet().stream().filter(parked::containsKey).collect(Collectors.toSet());
    }

    /** The broker has a message no longer, although it took it over from its sender. */
    void forget(Received<?> message) {
        forgotten.add(message.position());
    }

    /** The sender carries these once more. What has arrived meanwhile may come again at any time anyway. */
    void carryAgain(List<Received<Message>> messages) {
        messages.forEach(message -> forgotten.remove(message.position()));
    }

    Collection<Received<?>> inFlight() {
        return Collections.unmodifiableCollection(inFlight.values());
    }

    /** Whether somebody has set it aside. */
    boolean isParked(Received<?> message) {
        return parked.containsKey(message.position());
    }

    /** True for a hand-over that dispatch could not take yet, and keeps. */
    boolean isParked(String order, int line) {
        return inFlight.values().stream()
                .filter(message -> parked.containsKey(message.position()))
                .anyMatch(message -> message.message() instanceof HandOver handOver
                        && handOver.order().equals(order)
                        && handOver.orderLine() == line);
    }

    /**
     * What the broker could bring now, or an operator replay: everything in flight that is neither set aside nor forgotten. A
     * hand-over is brought by call, and only one that was parked comes so.
     */
    List<Received<?>> deliverable(int step) {
        return inFlight.values().stream()
                .filter(message -> !forgotten.contains(message.position()))
                .filter(message -> parked.getOrDefault(
                                message.position(), message.message() instanceof HandOver ? Integer.MAX_VALUE : 0)
                        <= step)
                .toList();
    }

    /** Everything that came before. */
    List<Received<?>> arrived() {
        return Collections.unmodifiableList(arrived);
    }
}
