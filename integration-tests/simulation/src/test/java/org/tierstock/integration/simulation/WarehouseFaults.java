package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.warehouse.application.port.OutboundCancels;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.Place;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Warehouse;

/** Warehouse layers of which a protection is missing. */
final class WarehouseFaults {
    private WarehouseFaults() {}

    static List<Planted> all() {
        return List.of(
                new Planted(
                        "durable_refusal",
                        "a warehouse does not store that it refused",
                        new Parts() {
                            @Override
                            WarehousePorts warehouse(Fate fate) {
                                return new WarehousePorts(fate) {
                                    @Override
                                    public Outbounds outbounds() {
                                        return new RefusalsForgotten(outbounds);
                                    }
                                };
                            }
                        },
                        DirectedHistories::refusalAskedAgain),
                new Planted("durable_release", "a warehouse does not store what it released", new Parts() {
                    @Override
                    WarehousePorts warehouse(Fate fate) {
                        return new WarehousePorts(fate) {
                            @Override
                            public OutboundCancels cancels() {
                                return new ReleasesForgotten(cancels);
                            }
                        };
                    }
                }),
                new Planted("pick_bars", "picked goods are released like those on the shelf", new Parts() {
                    @Override
                    WarehousePorts warehouse(Fate fate) {
                        return new WarehousePorts(fate) {
                            @Override
                            public Outbounds outbounds() {
                                return new PicksForgotten(outbounds);
                            }
                        };
                    }
                }),
                new Planted("short_pick_names", "a loss does not name the outbounds that lost their lock", new Parts() {
                    @Override
                    WarehousePorts warehouse(Fate fate) {
                        return new WarehousePorts(fate) {
                            @Override
                            public Outbox outbox() {
                                return new Unnamed(outbox);
                            }
                        };
                    }
                }),
                new Planted(
                        "at_when_decided",
                        "a lock's answer names a position before the reason of its refusal",
                        new Parts() {
                            @Override
                            WarehousePorts warehouse(Fate fate) {
                                return new WarehousePorts(fate) {
                                    @Override
                                    public Outbox outbox() {
                                        return new AtTheBeginning(outbox);
                                    }
                                };
                            }
                        },
                        DirectedHistories::refusalBeforeItsReason));
    }

    /** Outbounds as they are: a fault changes one of its methods. */
    static class Orders implements Outbounds {
        private final Outbounds outbounds;

        Orders(Outbounds outbounds) {
            this.outbounds = outbounds;
        }

        @Override
        public Map<String, StockHead> heads(Collection<String> ids) {
            return outbounds.heads(ids);
        }

        @Override
        public Map<String, Outbound> find(Collection<String> ids) {
            return outbounds.find(ids);
        }

        @Override
        public List<Outbound> holding(Collection<StockKey> keys) {
            return outbounds.holding(keys);
        }

        @Override
        public void add(Collection<Outbound> added) {
            outbounds.add(added);
        }

        @Override
        public void change(Collection<Outbound> changed) {
            outbounds.change(changed);
        }

        @Override
        public void record(Collection<Effect> effects) {
            outbounds.record(effects);
        }

        @Override
        public Map<String, Long> lows(Collection<String> warehouses) {
            return outbounds.lows(warehouses);
        }
    }

    private static final class RefusalsForgotten extends Orders {
        RefusalsForgotten(Outbounds outbounds) {
            super(outbounds);
        }

        @Override
        public Map<String, Outbound> find(Collection<String> ids) {
            Map<String, Outbound> found = new HashMap<>(super.find(ids));
            found.values().removeIf(outbound -> outbound.answered() == 0);
            return found;
        }

        @Override
        public Map<String, Long> lows(Collection<String> warehouses) {
            return Map.of();
        }

        @Override
        public void add(Collection<Outbound> added) {
            for (Outbound outbound : added) {
                if (super.find(List.of(outbound.order().outbound())).isEmpty()) {
                    super.add(List.of(outbound));
                } else {
                    super.change(List.of(outbound));
                }
            }
        }
    }

    /** Shows use cases outbounds of which nothing has been picked, and keeps what was. */
    private static final class PicksForgotten extends Orders {
        PicksForgotten(Outbounds outbounds) {
            super(outbounds);
        }

        @Override
        public Map<String, Outbound> find(Collection<String> ids) {
            Map<String, Outbound> found = new HashMap<>(super.find(ids));
            found.replaceAll((id, outbound) -> with(outbound, location -> false));
            return found;
        }

        @Override
        public void change(Collection<Outbound> changed) {
            super.change(changed.stream()
                    .map(outbound -> with(outbound, Warehouse.STAGING::equals))
                    .toList());
        }

        private static Outbound with(Outbound outbound, Predicate<String> staging) {
            TreeMap<Place, Long> rows = new TreeMap<>();
            outbound.rows().forEach((place, units) -> {
                Place as = new Place(place.batch(), place.location(), staging.test(place.location()));
                rows.merge(as, units, Long::sum);
            });
            return new Outbound(
                    outbound.order(),
                    outbound.at(),
                    outbound.refused(),
                    outbound.shipped(),
                    outbound.lost(),
                    outbound.released(),
                    rows);
        }
    }

    private record ReleasesForgotten(OutboundCancels cancels) implements OutboundCancels {
        @Override
        public Map<Request, Long> released(Collection<Request> requests) {
            return Map.of();
        }

        @Override
        public void add(Collection<Answer> answers) {
            for (Answer answer : answers) {
                if (cancels.released(List.of(Request.of(answer.cancel()))).isEmpty()) {
                    cancels.add(List.of(answer));
                }
            }
        }
    }

    /** Leaves the lost locks out of what it tells. */
    private record Unnamed(Outbox outbox) implements Outbox {
        @Override
        public Numbers append(List<? extends Message> messages) {
            List<Message> told = new ArrayList<>();
            messages.forEach(message -> told.add(unnamed(message)));
            Numbers numbers = outbox.append(told);
            Map<Message, StreamPosition> positions = new IdentityHashMap<>();
            for (int i = 0; i < told.size(); i++) {
                positions.put(messages.get(i), numbers.of(told.get(i)));
            }
            return Numbers.sent(positions);
        }

        private static Message unnamed(Message message) {
            return message instanceof StockChanged changed
                            && !changed.lostLocks().isEmpty()
                    ? new StockChanged(changed.warehouse(), changed.documentLine(), changed.sides(), List.of())
                    : message;
        }

        @Override
        public long head(String stream, int partition) {
            return outbox.head(stream, partition);
        }
    }

    private record AtTheBeginning(Outbox outbox) implements Outbox {
        @Override
        public Numbers append(List<? extends Message> messages) {
            return outbox.append(messages);
        }

        @Override
        public long head(String stream, int partition) {
            return 0;
        }
    }
}
