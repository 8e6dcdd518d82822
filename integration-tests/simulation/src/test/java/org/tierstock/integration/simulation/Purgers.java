package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tierstock.integration.simulation.Keeper.Place;
import org.tierstock.integration.simulation.Keeper.Told;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Received;

/** Tell each other what they need no longer, make backups, and purge, at any moment. */
final class Purgers {
    private static final int MOST_BACKUPS = 2;
    private static final int MOST_LATE = 20;
    private static final int MOST_SLACK = 3;
    private static final int CALLS = 0;
    private static final int DIRECTIONS = 4;

    /** What was told and is still on its way, or on its way again. */
    private record Late(Party to, Told told) {}

    private record Party(Process process, Keeper keeper) {}

    final Keeper sales;
    final Keeper dispatch;
    final Keeper warehouses;

    private final World world;
    private final List<Late> late = new ArrayList<>();
    private int rowsPurged;
    private int keysPurged;
    private int outboundsPurged;

    Purgers(World world) {
        this.world = world;
        PurgeRules rules = world.parts.purgeRules();
        SalesPorts atSales = world.sales.ports;
        DispatchPorts atDispatch = world.dispatch.ports;
        WarehousePorts atWarehouses = world.warehouses.ports;
        sales = new Keeper(rules, atSales.transactions, atSales.outbox, atSales.inbox, List::of);
        dispatch = new Keeper(
                rules, atDispatch.transactions, atDispatch.outbox, atDispatch.inbox, this::finishedOutbounds);
        warehouses = new Keeper(rules, atWarehouses.transactions, atWarehouses.outbox, null, List::of);
    }

    private List<StreamPosition> finishedOutbounds() {
        List<StreamPosition> finished = new ArrayList<>();
        world.dispatch.ports.outbounds.low(Goods.NODES).forEach((warehouse, low) -> {
            if (low > 0) {
                finished.add(new StreamPosition(Streams.outboundsOf(warehouse), CALLS, low));
            }
        });
        return finished;
    }

    /** One layer tells another; it is heard at once, later, or twice. */
    void tell() {
        Chance chance = world.chance();
        if (!late.isEmpty() && chance.onceIn(4)) {
            Late heard =
                    chance.onceIn(2) ? late.remove(chance.below(late.size())) : late.get(chance.below(late.size()));
            hear(heard);
            return;
        }
        Late told = told(chance.below(DIRECTIONS));
        boolean delayed = chance.onceIn(3);
        if (late.size() < MOST_LATE && (delayed || chance.onceIn(4))) {
            late.add(told);
        }
        if (!delayed) {
            hear(told);
        }
    }

    /** What a layer tells another now. */
    private Late told(int direction) {
        Predicate<String> withSales = stream -> !concernsWarehouse(stream);
        return switch (direction) {
            case 0 -> new Late(atDispatch(), sales.tell(withSales));
            case 1 -> new Late(atSales(), dispatch.tell(withSales));
            case 2 -> new Late(atDispatch(), warehouses.tell(Purgers::concernsWarehouse));
            default -> new Late(atWarehouses(), dispatch.tell(Purgers::concernsWarehouse));
        };
    }

    private Party atSales() {
        return new Party(world.sales.process, sales);
    }

    private Party atDispatch() {
        return new Party(world.dispatch.process, dispatch);
    }

    private Party atWarehouses() {
        return new Party(world.warehouses.process, warehouses);
    }

    private static boolean concernsWarehouse(String stream) {
        return Streams.isFromWarehouse(stream) || Streams.isOutbounds(stream);
    }

    private void hear(Late late) {
        world.say(late.to().process() + " hears what is needed no longer: " + late.told());
        late.to().process().inTransaction(() -> late.to().keeper().hear(late.told()));
    }

    /** A layer makes a backup, or closes its oldest. */
    void backUp() {
        Chance chance = world.chance();
        Keeper keeper = chance.any(List.of(sales, dispatch, warehouses));
        if (keeper.backups() == MOST_BACKUPS || keeper.backups() > 0 && !chance.onceIn(3)) {
            keeper.closeBackup();
        } else {
            world.say("a backup is made");
            keeper.backUp();
        }
    }

    /** A layer purges some of what it may. */
    void purge() {
        switch (world.chance().below(4)) {
            case 0 -> purge(atSales());
            case 1 -> purge(atDispatch());
            case 2 -> purge(atWarehouses());
            default -> world.sales.process.inTransaction(this::purgeRevocationKeys);
        }
        checkBackups();
    }

    private void purge(Party party) {
        for (Place place : party.keeper().places()) {
            if (!world.chance().onceIn(4)) {
                purge(party, place, world.chance().below(MOST_SLACK));
            }
        }
    }

    /** Nobody would restore a backup any more, everything is told, and everything that may go goes. */
    void purgeAll() {
        for (Keeper keeper : List.of(sales, dispatch, warehouses)) {
            while (keeper.backups() > 0) {
                keeper.closeBackup();
            }
        }
        // Twice, since a settlement is proven by what is heard after it.
        for (int times = 0; times < 2; times++) {
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                hear(told(direction));
            }
        }
        for (Party party : List.of(atSales(), atDispatch(), atWarehouses())) {
            // Outbounds last: they wait for the messages about them.
            party.keeper().places().reversed().forEach(place -> purge(party, place, 0));
        }
        world.sales.process.inTransaction(this::purgeRevocationKeys);
    }

    private void purge(Party party, Place place, long slack) {
        world.say(party.process() + " purges " + place);
        party.process().inTransaction(() -> {
            if (Streams.isOutbounds(place.stream())) {
                purgeOutbounds(place);
            } else {
                purge(party.keeper(), place, slack);
            }
        });
    }

    private void purge(Keeper keeper, Place place, long slack) {
        long head = keeper.outbox.head(place.stream(), place.partition());
        long upTo;
        if (head == 0) {
            long contiguous = keeper.inbox.contiguous(place.stream(), place.partition());
            upTo = Math.min(keeper.released(place), contiguous) - slack;
        } else {
            long bound = place.stream().equals(Streams.SALES_TO_DISPATCH)
                    ? Math.min(
                            keeper.released(place),
                            keeper.proof(place.partition()).settled())
                    : keeper.released(place);
            upTo = world.parts.purgeRules().sent(bound, head) - slack;
        }
        long floor = keeper.floor(place);
        if (upTo > floor) {
            if (head == 0) {
                keeper.inbox.forget(place.stream(), place.partition(), upTo);
            } else {
                keeper.outbox.forget(place.stream(), place.partition(), upTo);
            }
            keeper.raiseFloor(place, upTo);
            rowsPurged += (int) (upTo - floor);
        }
    }

    private void purgeOutbounds(Place place) {
        String warehouse = place.stream().substring(Streams.outboundsOf("").length());
        var outbounds = world.warehouses.ports.outbounds;
        outbounds.forgetEffects((stream, partition) -> warehouses.floor(new Place(stream, partition)));
        int before = outbounds.all().size();
        outbounds.forget(warehouse, warehouses.released(place));
        if (outbounds.all().size() < before) {
            warehouses.raiseFloor(place, warehouses.released(place));
            outboundsPurged += before - outbounds.all().size();
        }
    }

    private void purgeRevocationKeys() {
        for (Received<?> sent : sales.outbox.sent()) {
            StreamPosition position = sent.position();
            long released = sales.released(Place.of(position));
            if (sent.message() instanceof RevocationSettled settled
                    && world.parts
                            .purgeRules()
                            .keyMayGo(position.sequence(), released, sales.proof(position.partition()))) {
                boolean known = sales.inbox.forgetRevocation(new StockRevoked(settled.revocation(), settled.key(), 1));
                keysPurged += known ? 1 : 0;
            }
        }
    }

    private void checkBackups() {
        sales.checkBackups(dispatch);
        dispatch.checkBackups(sales);
        dispatch.checkBackups(warehouses);
        warehouses.checkBackups(dispatch);
    }

    int rowsPurged() {
        return rowsPurged;
    }

    int keysPurged() {
        return keysPurged;
    }

    int outboundsPurged() {
        return outboundsPurged;
    }
}
