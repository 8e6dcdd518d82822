package org.tierstock.integration.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.port.DispatchCancels;
import org.tierstock.testing.InMemoryOutbox;

/** The three layers, what is between them, and what befalls them. Every transaction of theirs is checked. */
final class World implements Fate {
    private static final int DEATHS_ARE_ONCE_IN = 60;
    private static final int DEEPEST_CALL = 2;

    final Climate climate;
    final Parts parts;
    final Traffic traffic = new Traffic();
    final Calls calls = new Calls(this);
    final Sales sales;
    final Dispatch dispatch;
    final Warehouses warehouses;
    final WarehouseLocks warehouseLocks;
    final DispatchCancels dispatchCancels;
    final Equations equations;
    final Deeds deeds;

    private final List<String> told = new ArrayList<>();
    private final boolean telling;
    private Chance chance;
    private int step;
    private int depth;
    private boolean peaceful = true;
    private boolean unchecked;
    private int sentBySales;
    private int sentByDispatch;
    private int sentByWarehouses;
    private long transactions;

    World(Climate climate, Parts parts, boolean telling) {
        this.climate = climate;
        this.parts = parts;
        this.telling = telling;
        this.sales = new Sales(parts, parts.sales(this));
        this.dispatch = new Dispatch(parts, parts.dispatch(this));
        this.warehouses = new Warehouses(parts.warehouse(this));
        this.warehouseLocks = parts.warehouseLocks(new CalledWarehouses(this));
        this.dispatchCancels = parts.dispatchCancels(new CalledDispatch(this), this);
        this.equations = new Equations(this);
        this.deeds = new Deeds(this);
        deeds.planners.describe();
        peaceful = false;
    }

    /** Takes one step, by its own dice. */
    void step(int number, Chance dice) {
        step = number;
        chance = dice;
        depth = 0;
        pass(Duration.ofMillis(dice.onceIn(40) ? 15_000 : 20 + dice.below(600)));
        attempt(() -> deeds.any(dice));
    }

    /** Other things that happen while a call is under way. */
    void meanwhile() {
        if (peaceful || depth >= DEEPEST_CALL || !chance.onceIn(4)) {
            return;
        }
        depth++;
        attempt(() -> deeds.any(chance));
        depth--;
    }

    private static void attempt(Runnable deed) {
        try {
            deed.run();
        } catch (Died e) {
            // It has started again; whoever called it asks again or does not.
        }
    }

    /** Ends all trouble: nobody dies and every call is answered from now on. */
    void calm() {
        peaceful = true;
        chance = Chance.of(0, 0);
        dispatch.mend();
    }

    /** Ends all trouble and does what is left to do. */
    void rest() {
        calm();
        new Rest(this, deeds).come();
    }

    /** Whether its sender could send it again. */
    boolean keepsForSending(Received<?> message) {
        InMemoryOutbox sender = switch (message.position().stream()) {
            case Streams.DISPATCH_TO_SALES -> dispatch.ports.outbox;
            case Streams.SALES_TO_DISPATCH -> sales.ports.outbox;
            default -> warehouses.ports.outbox;
        };
        return sender.keeps(message.position());
    }

    /** From now on only what the layers themselves could notice is noticed: the live reconciliations. */
    void stopChecking() {
        unchecked = true;
    }

    void pass(Duration time) {
        sales.ports.clock.advance(time);
        dispatch.ports.clock.advance(time);
        warehouses.floor().clock.advance(time);
    }

    /** The time, which is the same everywhere. */
    Instant now() {
        return dispatch.ports.clock.now();
    }

    @Override
    public boolean strikes() {
        return !peaceful && chance.onceIn(DEATHS_ARE_ONCE_IN);
    }

    @Override
    public void committed(Process process) {
        transactions++;
        List<Received<Message>> sent;
        if (process == sales.process) {
            sent = sales.ports.outbox.sentAfter(sentBySales);
            sentBySales += sent.size();
            sales.remember(sent);
        } else if (process == dispatch.process) {
            sent = dispatch.ports.outbox.sentAfter(sentByDispatch);
            sentByDispatch += sent.size();
        } else {
            sent = warehouses.ports.outbox.sentAfter(sentByWarehouses);
            sentByWarehouses += sent.size();
        }
        traffic.send(sent);
        if (!unchecked) {
            equations.check(process, sent);
        }
    }

    /** What is posted together: now and then something of it twice, as when its caller has asked again. */
    <T> List<T> group(List<T> asked) {
        if (peaceful || !chance.onceIn(8)) {
            return asked;
        }
        List<T> group = new ArrayList<>(asked);
        group.add(chance.any(asked));
        return group;
    }

    Chance chance() {
        return chance;
    }

    int step() {
        return step;
    }

    boolean peaceful() {
        return peaceful;
    }

    /** How often a process has died. */
    int deaths() {
        return sales.process.lives() + dispatch.process.lives() + warehouses.process.lives() - 3;
    }

    long transactions() {
        return transactions;
    }

    void say(String what) {
        if (telling) {
            told.add("step " + step + (depth == 0 ? "  " : " (during a call)  ") + what);
        }
    }

    /** What happened, when it is told. */
    List<String> told() {
        return Collections.unmodifiableList(told);
    }
}
