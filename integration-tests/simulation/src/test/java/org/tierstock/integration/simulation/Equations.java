package org.tierstock.integration.simulation;

import java.util.List;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.Received;

/**
 * The equations of the protocol's sections 7 and 11.10 as far as what they speak of exists. Each is checked after every
 * transaction of a layer whose numbers are in it.
 */
final class Equations {
    private final World world;
    private final Ledgers ledgers;
    private final EscrowEquations escrow;
    private final BookEquations books;

    Equations(World world) {
        this.world = world;
        this.ledgers = new Ledgers(world);
        this.escrow = new EscrowEquations(world);
        this.books = new BookEquations(world);
    }

    /** After a transaction of that process, which sent these messages. */
    void check(Process process, List<Received<Message>> sent) {
        ledgers.follow(process);
        books.follow(sent);
        InFlight flight = InFlight.of(world.traffic);
        if (process != world.warehouses.process) {
            escrow.check(flight);
        }
        if (process != world.sales.process) {
            books.check(flight);
        }
    }

    /** All of them, and every balance against its ledger. */
    void checkEverything() {
        ledgers.compareAll();
        InFlight flight = InFlight.of(world.traffic);
        escrow.check(flight);
        books.check(flight);
    }

    /** What breaks an equation, told only when it is broken. */
    interface Detail {
        String text();
    }

    static void require(boolean holds, String equation, Detail detail) {
        if (!holds) {
            throw new EquationBroken(equation, detail.text());
        }
    }
}
