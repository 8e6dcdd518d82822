package org.tierstock.integration.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.CancelOrders;
import org.tierstock.sales.application.ExpireLocks;
import org.tierstock.sales.application.PlaceOrders;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Changed;
import org.tierstock.sales.application.port.DispatchCancels;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.Payments;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.sales.fake.InMemoryCancellations;

/** Sales layers of which a protection is missing. */
final class SalesFaults {
    private SalesFaults() {}

    static List<Planted> all() {
        return List.of(
                new Planted("sales_inbox", "sales applies a message each time that it comes", new Parts() {
                    @Override
                    SalesPorts sales(Fate fate) {
                        return new SalesPorts(fate) {
                            @Override
                            public Inbox inbox() {
                                return Inboxes.forgetful(inbox);
                            }
                        };
                    }
                }),
                new Planted("rev_key", "sales does not know a revocation that is issued again", new Parts() {
                    @Override
                    SalesPorts sales(Fate fate) {
                        return new SalesPorts(fate) {
                            private final Inbox byPosition = Inboxes.byPositionOnly(inbox, transactions);

                            @Override
                            public Inbox inbox() {
                                return byPosition;
                            }
                        };
                    }
                }),
                new Planted("pay_cas", "an expiry does not look whether the order was paid meanwhile", new Parts() {
                    @Override
                    SalesUseCases useCases(SalesPorts ports) {
                        SalesUseCases useCases = super.useCases(ports);
                        useCases.expireLocks = new ExpireLocks(ports.stockRows(), new StillUnpaid(ports.orders));
                        return useCases;
                    }
                }),
                new Planted("key_on_line", "what was locked is given back to the channel's key of today", new Parts() {
                    @Override
                    SalesPorts sales(Fate fate) {
                        return new KeysOfToday(fate);
                    }
                }),
                new Planted(
                        "place_all",
                        "lines are locked one by one, and stay locked when another is refused",
                        new Parts() {
                            @Override
                            SalesUseCases useCases(SalesPorts ports) {
                                SalesUseCases useCases = super.useCases(ports);
                                useCases.placeOrders = new LineByLine(ports);
                                return useCases;
                            }
                        }),
                new Planted("unseen_check", "the database admits orders for more than there is", new Parts() {
                    @Override
                    SalesPorts sales(Fate fate) {
                        return new SalesPorts(fate) {
                            @Override
                            public Placements placements() {
                                return new Unchecked(placements);
                            }
                        };
                    }
                }),
                new Planted(
                        "local_idem", "a cancellation of an unpaid order is done each time that it comes", new Parts() {
                            @Override
                            SalesUseCases useCases(SalesPorts ports) {
                                SalesUseCases useCases = super.useCases(ports);
                                useCases.cancelOrders = new CancelOrders(
                                        ports.stockRows(),
                                        ports.orders(),
                                        new ForgottenCancellations(ports.cancellations),
                                        ports.signals);
                                return useCases;
                            }
                        }),
                new Planted("stored_answer", "sales does not know a payment that comes again", new Parts() {
                    @Override
                    SalesPorts sales(Fate fate) {
                        return new SalesPorts(fate) {
                            @Override
                            public Payments payments() {
                                return new ForgottenPayments(payments);
                            }
                        };
                    }
                }),
                new Planted("serial", "a cancel is asked before the hand-over is acknowledged", new Parts() {
                    @Override
                    SalesPorts sales(Fate fate) {
                        return new SalesPorts(fate) {
                            @Override
                            public Cancellations cancellations() {
                                return new Hasty(cancellations);
                            }
                        };
                    }
                }),
                new Planted("one_return", "sales puts a paid quantity back on sale by its own decision", new Parts() {
                    @Override
                    DispatchCancels dispatchCancels(DispatchCancels called, World world) {
                        return cancels -> {
                            List<DispatchCancels.Answer> answers = called.cancelLines(cancels);
                            for (int i = 0; i < cancels.size(); i++) {
                                if (answers.get(i) instanceof DispatchCancels.Accepted accepted
                                        && accepted.units() > 0) {
                                    putBack(world.sales.ports, cancels.get(i), accepted.units());
                                }
                            }
                            return answers;
                        };
                    }
                }));
    }

    private static void putBack(SalesPorts ports, Cancellations.Unanswered cancel, long units) {
        ports.process.inTransaction(() -> {
            Order order = ports.orders.load(List.of(cancel.order())).get(cancel.order());
            StockKey key = order.line(cancel.line()).orElseThrow().key();
            Book<StockKey, SalesBucket> book = ports.stock.lock(List.of(key)).book();
            DocumentLine because = new DocumentLine(DocumentKind.CANCELLATION, cancel.cancel(), 0);
            book.post(Movement.within(Action.RETURN, key, SalesBucket.SOLD, SalesBucket.SELLABLE, units, because));
            ports.stock.post(book, Numbers.NONE);
        });
    }

    /** Reads paid orders as they were before their payment. */
    private record StillUnpaid(Orders orders) implements Orders {
        @Override
        public Map<OrderNumber, Order> load(Collection<OrderNumber> numbers) {
            Map<OrderNumber, Order> loaded = new HashMap<>(orders.load(numbers));
            loaded.replaceAll((number, order) ->
                    changed(order, line -> line.state().sold() ? in(line, line.key(), LineState.PLACED) : line));
            return loaded;
        }

        @Override
        public void update(Collection<Changed<Order>> changed, List<HandOver> handOvers, Numbers numbers) {
            orders.update(changed, handOvers, numbers);
        }
    }

    private static Order changed(Order order, UnaryOperator<OrderLine> change) {
        return new Order(
                order.number(),
                order.terms(),
                order.contentHash(),
                order.placedAt(),
                order.expiresAt(),
                order.lines().stream().map(change).toList());
    }

    private static OrderLine in(OrderLine line, StockKey key, LineState state) {
        return new OrderLine(
                line.line(), key, line.quantity(), state, line.cancelled(), line.reversed(), line.pendingCancel());
    }

    /** Derives the key of an unpaid line from what the channel says now. */
    private static final class KeysOfToday extends SalesPorts {
        KeysOfToday(Fate fate) {
            super(fate);
        }

        private Order today(Order order) {
            String region =
                    channels.find(order.number().channel()).orElseThrow().shipRegion();
            return changed(order, line -> {
                StockKey key = StockKey.regular(Goods.key(
                        line.key().channelKey().channel(), region, line.key().sku()));
                return line.state() == LineState.PLACED ? in(line, key, line.state()) : line;
            });
        }

        @Override
        public Orders orders() {
            return new Orders() {
                @Override
                public Map<OrderNumber, Order> load(Collection<OrderNumber> numbers) {
                    Map<OrderNumber, Order> loaded = new HashMap<>(orders.load(numbers));
                    loaded.replaceAll((number, order) -> today(order));
                    return loaded;
                }

                @Override
                public void update(Collection<Changed<Order>> changed, List<HandOver> handOvers, Numbers numbers) {
                    orders.update(changed, handOvers, numbers);
                }
            };
        }

        @Override
        public StockRows stockRows() {
            return new StockRows() {
                @Override
                public Locked lock(Collection<StockKey> keys) {
                    return stock.lock(keys);
                }

                @Override
                public Locked lockOrCreate(Collection<StockKey> keys) {
                    return stock.lockOrCreate(keys);
                }

                @Override
                public Locked lockOf(Collection<OrderNumber> numbers) {
                    List<StockKey> keys = new ArrayList<>();
                    orders().load(numbers)
                            .values()
                            .forEach(order -> order.lines().forEach(line -> keys.add(line.key())));
                    return stock.lockOrCreate(keys);
                }

                @Override
                public Book<StockKey, SalesBucket> glance(Collection<StockKey> keys) {
                    return stock.glance(keys);
                }

                @Override
                public void post(Book<StockKey, SalesBucket> book, Numbers numbers) {
                    stock.post(book, numbers);
                }
            };
        }
    }

    /** Locks what is there of an order that it then refuses. */
    private static final class LineByLine extends PlaceOrders {
        private final SalesPorts ports;

        LineByLine(SalesPorts ports) {
            super(ports.channels, ports.stockRows(), ports.orders(), ports.placements());
            this.ports = ports;
        }

        @Override
        public List<PlaceOutcome> place(List<PlaceOrder> asked) {
            List<PlaceOutcome> outcomes = super.place(asked);
            for (int i = 0; i < outcomes.size(); i++) {
                PlaceOrder order = asked.get(i);
                if (outcomes.get(i) instanceof PlaceOutcome.InsufficientStock
                        && order.lines().size() > 1) {
                    lockFirst(order);
                }
            }
            return outcomes;
        }

        private void lockFirst(PlaceOrder order) {
            PlaceOrder.Line line = order.lines().getFirst();
            String source = order.number().channel().equals("shop") ? "SHOP" : "WEB";
            StockKey key = StockKey.regular(Goods.key(source, Goods.NORTH, line.sku()));
            Book<StockKey, SalesBucket> book = ports.stock.lock(Set.of(key)).book();
            if (book.balance(key, SalesBucket.SELLABLE) >= line.quantity()) {
                DocumentLine because = new DocumentLine(
                        DocumentKind.SALES_ORDER, order.number().text(), line.line());
                book.post(Movement.within(
                        Action.LOCK, key, SalesBucket.SELLABLE, SalesBucket.LOCKED, line.quantity(), because));
                ports.stock.post(book, Numbers.NONE);
            }
        }
    }

    /** Places what nobody has looked at whether there is enough or not. */
    private record Unchecked(Placements placements) implements Placements {
        @Override
        public Opened open(Collection<StockKey> keys, Collection<OrderNumber> numbers) {
            return placements.open(keys, numbers);
        }

        @Override
        public Optional<Instant> placeUnseen(List<Order> placed, Book<StockKey, SalesBucket> book) {
            Set<StockKey> keys = book.changes().keySet();
            Opened opened = open(keys, placed.stream().map(Order::number).toList());
            Instant at = opened.stock().at();
            if (!opened.known().isEmpty()
                    || !keys.stream().allMatch(opened.stock().book()::knows)) {
                return Optional.empty();
            }
            place(placed.stream().map(order -> order.at(at)).toList(), book);
            return Optional.of(at);
        }

        @Override
        public void place(List<Order> placed, Book<StockKey, SalesBucket> book) {
            placements.place(placed, book);
        }
    }

    /** Knows no payment that it has stored. */
    private record ForgottenPayments(Payments payments) implements Payments {
        @Override
        public Map<String, Payment> load(Collection<String> documents) {
            return Map.of();
        }

        @Override
        public void insert(List<Payment> answered) {
            for (Payment payment : answered) {
                if (payments.load(List.of(payment.document())).isEmpty()) {
                    payments.insert(List.of(payment));
                }
            }
        }
    }

    /** Knows no cancellation that it has stored. */
    private record ForgottenCancellations(Cancellations cancellations) implements Cancellations {
        @Override
        public Map<String, Cancellation> load(Collection<String> documents) {
            return Map.of();
        }

        @Override
        public void insert(List<Cancellation> recorded) {
            for (Cancellation cancellation : recorded) {
                Cancellation before =
                        cancellations.load(List.of(cancellation.document())).get(cancellation.document());
                if (before == null) {
                    cancellations.insert(List.of(cancellation));
                } else {
                    cancellations.update(List.of(new Changed<>(before, cancellation)));
                }
            }
        }

        @Override
        public void update(Collection<Changed<Cancellation>> changed) {
            cancellations.update(changed);
        }

        @Override
        public List<Unanswered> unanswered(Set<Integer> partitions, int limit) {
            return cancellations.unanswered(partitions, limit);
        }
    }

    /** Offers cancels to be asked whether or not dispatch has acknowledged the line. */
    private record Hasty(InMemoryCancellations cancellations) implements Cancellations {
        @Override
        public Map<String, Cancellation> load(Collection<String> documents) {
            return cancellations.load(documents);
        }

        @Override
        public void insert(List<Cancellation> recorded) {
            cancellations.insert(recorded);
        }

        @Override
        public void update(Collection<Changed<Cancellation>> changed) {
            cancellations.update(changed);
        }

        @Override
        public List<Unanswered> unanswered(Set<Integer> partitions, int limit) {
            List<Unanswered> open = new ArrayList<>();
            for (Cancellation cancellation : cancellations.all()) {
                for (Cancellation.Line line : cancellation.lines()) {
                    if (!line.answered() && open.size() < limit) {
                        open.add(new Unanswered(
                                Cancellation.cancelOf(cancellation.document(), line.line()),
                                cancellation.document(),
                                cancellation.order(),
                                line.line(),
                                line.asked()));
                    }
                }
            }
            return open;
        }
    }
}
