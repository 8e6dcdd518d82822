package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Envelope;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** Inboxes that miss one of their guards. They record what they let through as the sound one does. */
final class Inboxes {
    private Inboxes() {}

    /** What gives numbers up as the sound one does. */
    private abstract static class Unsound implements Inbox {
        final Inbox sound;

        Unsound(Inbox sound) {
            this.sound = sound;
        }

        @Override
        public boolean giveUp(Envelope message) {
            return sound.giveUp(message);
        }
    }

    /** Lets everything through, each time. */
    static Inbox forgetful(Inbox sound) {
        return new Unsound(sound) {
            @Override
            public <M extends Message> List<Received<M>> admit(List<Received<M>> messages) {
                sound.admit(messages);
                return messages;
            }
        };
    }

    /** Knows a message by its number only: the same document under a new number is new to it. */
    static Inbox byPositionOnly(Inbox sound, InMemoryTransactions transactions) {
        Map<StreamPosition, Boolean> seen = new InMemoryTable<>(transactions);
        return new Unsound(sound) {
            @Override
            public <M extends Message> List<Received<M>> admit(List<Received<M>> messages) {
                sound.admit(messages);
                List<Received<M>> fresh = new ArrayList<>();
                for (Received<M> message : messages) {
                    if (seen.put(message.position(), true) == null) {
                        fresh.add(message);
                    }
                }
                return fresh;
            }
        };
    }

    /** Knows a message by its number only while it is among the last so many. */
    static Inbox keptForAWhile(Inbox sound, InMemoryTransactions transactions, int kept) {
        Map<StreamPosition, Boolean> seen = new InMemoryTable<>(transactions);
        return new Unsound(sound) {
            @Override
            public <M extends Message> List<Received<M>> admit(List<Received<M>> messages) {
                List<Received<M>> fresh = new ArrayList<>();
                List<Received<M>> sure = sound.admit(messages);
                for (Received<M> message : messages) {
                    boolean again = message.message() instanceof StockRevoked && !sure.contains(message);
                    if (seen.put(message.position(), true) == null && !again) {
                        fresh.add(message);
                    }
                }
                while (seen.size() > kept) {
                    seen.remove(seen.keySet().iterator().next());
                }
                return fresh;
            }
        };
    }

    /** Takes a call about an order that it knows for a repetition, whichever lines the call brings. */
    static Inbox byOrder(Inbox sound, InMemoryTransactions transactions) {
        Map<String, Boolean> seen = new InMemoryTable<>(transactions);
        return new Unsound(sound) {
            @Override
            public <M extends Message> List<Received<M>> admit(List<Received<M>> messages) {
                List<Received<M>> fresh = new ArrayList<>();
                List<String> orders = new ArrayList<>();
                for (Received<M> message : sound.admit(messages)) {
                    if (!(message.message() instanceof HandOver handOver)) {
                        fresh.add(message);
                    } else if (!seen.containsKey(handOver.order())) {
                        fresh.add(message);
                        orders.add(handOver.order());
                    }
                }
                orders.forEach(order -> seen.put(order, true));
                return fresh;
            }
        };
    }
}
