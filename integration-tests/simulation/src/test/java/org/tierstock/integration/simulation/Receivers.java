package org.tierstock.integration.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tierstock.integration.simulation.Keeper.Place;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.testing.InMemoryInbox;

/** Tell their senders now and then what they have taken, so that what the broker has forgotten is carried again. */
final class Receivers {
    /** A receiver, and the sender of these streams. */
    private record Way(
            Process receiver, InMemoryInbox inbox, Process sender, Awaited awaited, Predicate<String> streams) {}

    private final World world;
    private final List<Way> ways;
    private int carriedAgain;

    Receivers(World world) {
        this.world = world;
        SalesPorts sales = world.sales.ports;
        DispatchPorts dispatch = world.dispatch.ports;
        WarehousePorts warehouses = world.warehouses.ports;
        Awaited bySales = new Awaited(sales.transactions, sales.outbox, world::now);
        Awaited byDispatch = new Awaited(dispatch.transactions, dispatch.outbox, world::now);
        Awaited byWarehouses = new Awaited(warehouses.transactions, warehouses.outbox, world::now);
        ways = List.of(
                new Way(sales.process, sales.inbox, dispatch.process, byDispatch, Streams.DISPATCH_TO_SALES::equals),
                new Way(dispatch.process, dispatch.inbox, sales.process, bySales, Streams.SALES_TO_DISPATCH::equals),
                new Way(dispatch.process, dispatch.inbox, warehouses.process, byWarehouses, Streams::isFromWarehouse));
    }

    /** A receiver tells a sender; it may be heard late, twice or never. */
    void tell() {
        tell(world.chance().any(ways));
    }

    /** Every receiver tells every sender. */
    void tellAll() {
        ways.forEach(this::tell);
    }

    private void tell(Way way) {
        Predicate<StreamPosition> taken = taken(way.inbox().applied());
        world.say(way.receiver() + " tells " + way.sender() + " what it has taken");
        world.calls.call(
                way.receiver(),
                () -> way.sender().inTransaction(() -> {
                    List<Received<Message>> again = way.awaited().told(way.streams(), taken);
                    way.sender().onCommit(() -> carryAgain(again));
                    return true;
                }));
    }

    /** What was applied, or a person has among the parked messages. */
    private Predicate<StreamPosition> taken(List<AppliedPosition> applied) {
        Map<Place, AppliedPosition> byPlace = applied.stream()
                .collect(Collectors.toMap(
                        position -> new Place(position.stream(), position.partition()), position -> position));
        Collection<StreamPosition> parked = world.traffic.parked();
        return position -> parked.contains(position)
                || byPlace.containsKey(Place.of(position))
                        && byPlace.get(Place.of(position)).holds(position.sequence());
    }

    private void carryAgain(List<Received<Message>> messages) {
        if (world.parts.carriesAgain() && world.parts.bringsAgain() && !messages.isEmpty()) {
            world.say("carried again: "
                    + messages.stream().map(Received::position).toList());
            carriedAgain += messages.size();
            world.traffic.carryAgain(messages);
        }
    }

    /** How many messages were carried again. */
    int carriedAgain() {
        return carriedAgain;
    }
}
