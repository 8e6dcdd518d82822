package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Received;

/** Bring messages: by broker, in any order and more than once; hand-overs by call. */
final class Carriers {
    private static final int LONGEST_PARKED = 60;
    private static final int MOST_TOGETHER = 4;

    private final World world;
    private int forgotten;

    Carriers(World world) {
        this.world = world;
    }

    /** The broker brings a message, or one that it has brought before, or loses it until the sender sends it again. */
    void bring() {
        Chance chance = world.chance();
        List<Received<?>> waiting = world.traffic.deliverable(world.step());
        List<Received<?>> arrived = world.traffic.arrived();
        if (!arrived.isEmpty() && chance.onceIn(6)) {
            Received<?> again = chance.any(arrived);
            if (!(again.message() instanceof HandOver)) {
                world.say("brought again: " + text(again));
                bring(List.of(again));
            }
        } else if (!waiting.isEmpty()) {
            Received<?> message = chance.any(waiting);
            if (!(message.message() instanceof HandOver) && chance.onceIn(12)) {
                lose(message);
            } else {
                List<Received<?>> together = world.group(together(message, waiting));
                world.say("brought: " + together.stream().map(Carriers::text).toList());
                bring(together);
            }
        }
    }

    /** The message, and perhaps others of its type that the receiver takes with it. */
    private List<Received<?>> together(Received<?> message, List<Received<?>> waiting) {
        List<Received<?>> together = new ArrayList<>(List.of(message));
        for (Received<?> other : waiting) {
            boolean alike = other.message().getClass() == message.message().getClass();
            if (alike
                    && other != message
                    && together.size() < MOST_TOGETHER
                    && world.chance().onceIn(4)) {
                together.add(other);
            }
        }
        return together;
    }

    private static String text(Received<?> message) {
        return message.position() + " " + message.message();
    }

    private void lose(Received<?> message) {
        world.say("lost on its way: " + text(message));
        if (!world.parts.bringsAgain() || !world.keepsForSending(message)) {
            world.traffic.forget(message);
        }
    }

    /** Brings messages of one type to their receiver, in one transaction. */
    void bring(List<Received<?>> messages) {
        boolean toSales = messages.getFirst().message() instanceof ToSales;
        Process receiver = toSales ? world.sales.process : world.dispatch.process;
        try {
            receiver.inTransaction(() -> {
                if (toSales) {
                    world.sales.apply(messages);
                } else {
                    world.dispatch.apply(messages);
                }
                receiver.onCommit(() -> messages.forEach(world.traffic::arrive));
            });
        } catch (CannotApply e) {
            throw new EquationBroken("Every message can be applied", e);
        }
    }

    /** The broker forgets some of what waits at it, as when its files are lost or a queue is purged. */
    void forget() {
        for (Received<?> message : world.traffic.deliverable(world.step())) {
            boolean atBroker = !(message.message() instanceof HandOver) && !world.traffic.isParked(message);
            if (world.climate.forgetfulBroker() && atBroker && !world.chance().onceIn(3)) {
                world.say("forgotten by the broker: " + text(message));
                world.traffic.forget(message);
                forgotten++;
            }
        }
    }

    /** How many messages the broker has forgotten. */
    int forgotten() {
        return forgotten;
    }

    /** Sets a message aside for a while, as an operator does with one that cannot be applied now. */
    void park() {
        Chance chance = world.chance();
        List<Received<?>> waiting = world.traffic.deliverable(world.step());
        if (!waiting.isEmpty()) {
            Received<?> message = chance.any(waiting);
            world.say("parked: " + text(message));
            world.traffic.park(message, world.step() + (int) chance.upTo(LONGEST_PARKED));
            world.parts.parked(message, world);
        }
    }

    /** The relay of sales hands orders over. It does not know which of them dispatch has already. */
    void handOver() {
        Chance chance = world.chance();
        List<Received<HandOver>> unacknowledged = world.sales.unacknowledged();
        List<Received<HandOver>> carried = new ArrayList<>();
        unacknowledged.forEach(line -> {
            if (carried.size() < 4 && !chance.onceIn(3)) {
                carried.add(line);
            }
        });
        if (!carried.isEmpty()) {
            handOver(world.group(carried));
        }
    }

    void handOver(List<Received<HandOver>> lines) {
        // One that dispatch cannot take as things stand: it keeps it, and takes it when somebody has mended the cause.
        Optional<Received<HandOver>> untaken =
                world.peaceful() || !world.chance().onceIn(10)
                        ? Optional.empty()
                        : Optional.of(world.chance().any(lines));
        int until = world.step() + (int) world.chance().upTo(LONGEST_PARKED);
        List<Received<HandOver>> taken = lines.stream()
                .filter(line -> untaken.filter(line::equals).isEmpty())
                .toList();
        world.say("handed over: " + taken.stream().map(Carriers::text).toList() + ", parked: "
                + untaken.map(Carriers::text).orElse("none"));
        Optional<Boolean> answer = world.calls.call(
                world.sales.process,
                () -> world.dispatch.process.inTransaction(() -> {
                    world.dispatch.source(taken);
                    world.dispatch.process.onCommit(() -> {
                        taken.forEach(world.traffic::arrive);
                        untaken.filter(line -> world.parts.keepsWhatItCannotTake())
                                .ifPresent(line -> world.traffic.park(line, until));
                    });
                    return true;
                }));
        if (answer.isPresent()) {
            world.sales.acknowledge(lines);
        }
    }
}
