package org.tierstock.integration.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message.Effect;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Received;

/**
 * A reconciliation between two layers while they work (protocol 8): first the cut, then each side's position at that cut, at
 * a later time of its own. A difference is a defect or tampering, never traffic.
 */
final class Reconciliation {
    /** One side: its balances now, and everything that it has sent and applied in the streams between the two. */
    interface Side {
        Map<String, Long> balances();

        List<Collection<? extends Received<?>>> messages();

        /** Whether messages beyond the cut were purged, so that no position can be stated there. */
        boolean tooOld(List<AppliedPosition> cut);
    }

    private final String name;
    private final List<AppliedPosition> cut;
    private final Side here;
    private final Side there;
    private Map<String, Long> statement;
    private boolean refused;

    Reconciliation(String name, List<AppliedPosition> cut, Side here, Side there) {
        this.name = name;
        this.cut = cut;
        this.here = here;
        this.there = there;
    }

    /** Chosen just now it must be possible, whatever was purged. */
    Reconciliation fresh() {
        if (here.tooOld(cut) || there.tooOld(cut)) {
            throw new EquationBroken("A fresh cut is never too old", name + " at " + cut);
        }
        return this;
    }

    /**
     * One side states its position, or the other does and both are compared; true when it is over, also because a purge has
     * overtaken the cut.
     */
    boolean advance() {
        refused = (statement == null ? here : there).tooOld(cut);
        if (refused) {
            return true;
        }
        if (statement == null) {
            statement = position(here);
            return false;
        }
        Map<String, Long> other = position(there);
        if (!statement.equals(other)) {
            throw new EquationBroken("Live reconciliation", name + " differ: " + statement + " and " + other);
        }
        return true;
    }

    /** Whether it is over because its cut was too old. */
    boolean refused() {
        return refused;
    }

    private Map<String, Long> position(Side side) {
        Map<String, Long> position = new TreeMap<>(side.balances());
        for (Collection<? extends Received<?>> messages : side.messages()) {
            for (Received<?> received : messages) {
                if (beyond(received.position())) {
                    for (Effect effect : received.message().effects()) {
                        position.merge(effect.key(), -effect.quantity(), Long::sum);
                    }
                }
            }
        }
        position.values().removeIf(units -> units == 0);
        return position;
    }

    private boolean beyond(StreamPosition position) {
        for (AppliedPosition applied : cut) {
            if (applied.partition() == position.partition() && applied.stream().equals(position.stream())) {
                return !applied.holds(position.sequence());
            }
        }
        return true;
    }
}
