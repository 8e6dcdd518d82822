package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.tierstock.movements.Book;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.Outbounds.Effect;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** The last steps of every use case, always in this order: messages are numbered, then balances and ledger are written. */
@ApplicationScoped
public class Posting {
    private final Outbox outbox;
    private final StockRows stockRows;
    private final Outbounds outbounds;

    @Inject
    public Posting(Outbox outbox, StockRows stockRows, Outbounds outbounds) {
        this.outbox = outbox;
        this.stockRows = stockRows;
        this.outbounds = outbounds;
    }

    /** Writes everything that a transaction's book posted, and what its messages take from outbounds. */
    void write(Book<StockKey, WarehouseBucket> book) {
        List<Message> messages = messages(book);
        write(book, messages, outbox.append(messages));
    }

    /**
     * The same when the book posts messages that have their numbers already.
     *
     * @param told the messages that have theirs
     * @param more messages that report no movement
     */
    void writeAgain(Book<StockKey, WarehouseBucket> book, List<Received<FromWarehouse>> told, List<StockChanged> more) {
        List<Message> messages = new ArrayList<>(more);
        told.forEach(received -> messages.add(received.message()));
        write(book, messages, Numbers.received(told).plus(outbox.append(more)));
    }

    private void write(Book<StockKey, WarehouseBucket> book, List<Message> messages, Numbers numbers) {
        stockRows.write(book, numbers);
        List<Effect> effects = new ArrayList<>();
        for (Message message : messages) {
            if (message instanceof GoodsShipped shipped) {
                effects.add(new Effect(shipped.outbound(), numbers.of(message), shipped.quantity()));
            } else if (message instanceof StockChanged changed) {
                StreamPosition position = numbers.of(message);
                for (LostLock lost : changed.lostLocks()) {
                    effects.add(new Effect(lost.outbound(), position, lost.quantity()));
                }
            }
        }
        outbounds.record(effects);
    }

    /** Each message once, although several movements may name it. */
    private static List<Message> messages(Book<StockKey, WarehouseBucket> book) {
        Set<Message> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Message> messages = new ArrayList<>();
        for (Book.Entry<StockKey, WarehouseBucket> entry : book.entries()) {
            if (entry.notice() instanceof Message message && seen.add(message)) {
                messages.add(message);
            }
        }
        return messages;
    }
}
