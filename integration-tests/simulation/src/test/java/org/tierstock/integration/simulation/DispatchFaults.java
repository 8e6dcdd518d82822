package org.tierstock.integration.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.tierstock.dispatch.application.ApplySettlements;
import org.tierstock.dispatch.application.PostMovements;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineCancel;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Reason;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.movements.Action;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.StuckWork;

/** Dispatch layers of which a protection is missing. */
final class DispatchFaults {
    private DispatchFaults() {}

    static List<Planted> all() {
        return List.of(
                new Planted("dispatch_inbox", "dispatch applies a message each time that it comes", new Parts() {
                    @Override
                    DispatchPorts dispatch(Fate fate) {
                        return new DispatchPorts(fate) {
                            @Override
                            public Inbox inbox() {
                                return Inboxes.forgetful(inbox);
                            }
                        };
                    }
                }),
                new Planted("partly_known", "a hand-over is known by its order, not by its line", new Parts() {
                    @Override
                    DispatchPorts dispatch(Fate fate) {
                        return new DispatchPorts(fate) {
                            private final Inbox byOrder = Inboxes.byOrder(inbox, transactions);

                            @Override
                            public Inbox inbox() {
                                return byOrder;
                            }
                        };
                    }
                }),
                new Planted("deficit", "a deficit is forgotten as soon as it is booked", new Parts() {
                    @Override
                    DispatchPorts dispatch(Fate fate) {
                        return new DispatchPorts(fate) {
                            @Override
                            public StockRows stockRows() {
                                return new WithoutDeficit(stock);
                            }
                        };
                    }
                }),
                new Planted(
                        "refusal_hold",
                        "refused goods are free at once, before the reason is known",
                        new Parts() {
                            @Override
                            DispatchPorts dispatch(Fate fate) {
                                return new DispatchPorts(fate) {
                                    @Override
                                    public Watermarks watermarks() {
                                        return new EverythingApplied(inbox);
                                    }
                                };
                            }
                        },
                        DirectedHistories::refusalBeforeItsReason),
                new Planted("settle_any", "a settlement is taken from the node aimed at only", new Parts() {
                    @Override
                    DispatchUseCases useCases(DispatchPorts ports) {
                        DispatchUseCases useCases = super.useCases(ports);
                        useCases.applySettlements = new FromOneNode(ports);
                        return useCases;
                    }
                }),
                new Planted(
                        "place_served",
                        "free goods look at the oldest short lines only, whoever may have them",
                        new Parts() {
                            @Override
                            DispatchUseCases useCases(DispatchPorts ports) {
                                DispatchUseCases useCases = super.useCases(ports);
                                useCases.placeFreeStock = onLines(ports, new OldestOnly(ports.lines)).placeFreeStock;
                                return useCases;
                            }
                        }),
                new Planted(
                        "recall_served",
                        "promises are asked back for the oldest short lines only, whoever they may serve",
                        new Parts() {
                            @Override
                            DispatchUseCases useCases(DispatchPorts ports) {
                                DispatchUseCases useCases = super.useCases(ports);
                                useCases.recallPromises = onLines(ports, new OldestOnly(ports.lines)).recallPromises;
                                return useCases;
                            }
                        }),
                new Planted("each_in_turn", "an exception of one SKU ends the round of all", new Parts() {
                    @Override
                    DispatchUseCases useCases(DispatchPorts ports) {
                        DispatchUseCases useCases = super.useCases(ports);
                        useCases.eachInTurn = new AllTogether(ports.stuckWork);
                        return useCases;
                    }
                }),
                new Planted("cancel_id", "dispatch does not know a cancel that is asked again", new Parts() {
                    @Override
                    DispatchPorts dispatch(Fate fate) {
                        return new DispatchPorts(fate) {
                            @Override
                            public DispatchLines lines() {
                                return new ForgottenCancels(lines);
                            }
                        };
                    }
                }),
                new Planted("cancel_qty", "a cancel is accepted whatever other cancels ask for", new Parts() {
                    @Override
                    DispatchUseCases useCases(DispatchPorts ports) {
                        DispatchUseCases useCases = super.useCases(ports);
                        useCases.cancelLines = onLines(ports, new Hiding(ports.lines, Hidden.OPEN)).cancelLines;
                        return useCases;
                    }
                }),
                new Planted("cancel_cut", "a cancel stays open beyond what is left of its line", new Parts() {
                    @Override
                    DispatchUseCases useCases(DispatchPorts ports) {
                        DispatchUseCases useCases = super.useCases(ports);
                        useCases.applyWarehouseReports =
                                onLines(ports, new Hiding(ports.lines, Hidden.OPEN)).applyWarehouseReports;
                        return useCases;
                    }
                }),
                new Planted(
                        "cancel_reserve",
                        "a short part serves a cancel that a warehouse was asked to serve",
                        new Parts() {
                            @Override
                            DispatchUseCases useCases(DispatchPorts ports) {
                                DispatchUseCases useCases = super.useCases(ports);
                                useCases.applyWarehouseReports =
                                        onLines(ports, new Hiding(ports.lines, Hidden.ASKED)).applyWarehouseReports;
                                return useCases;
                            }
                        },
                        DirectedHistories::lossBeforeARelease));
    }

    /** The use cases on the same ports but for these lines. */
    private static DispatchLayer onLines(DispatchPorts ports, DispatchLines lines) {
        return new DispatchLayer(new PortsWithLines(ports, lines));
    }

    /** Stock in which no deficit is ever seen. */
    private record WithoutDeficit(StockRows rows) implements StockRows {
        private static Stock hidden(Stock stock) {
            for (StockOfSku goods : stock.all()) {
                for (NodeKey node : List.copyOf(goods.nodes())) {
                    goods.open(node, DispatchBucket.DEFICIT, 0);
                }
            }
            return stock;
        }

        @Override
        public Stock lock(Collection<Sku> skus) {
            return hidden(rows.lock(skus));
        }

        @Override
        public Stock lockUnheld(Collection<Sku> skus) {
            return hidden(rows.lockUnheld(skus));
        }

        @Override
        public List<Sku> unplaced(Set<Integer> partitions, int limit) {
            return rows.unplaced(partitions, limit);
        }

        @Override
        public List<Sku> inNeed(Set<Integer> partitions, int limit) {
            return rows.inNeed(partitions, limit);
        }

        @Override
        public List<Sku> outOfLine(Set<Integer> partitions, long rulesVersion, int limit) {
            return rows.outOfLine(partitions, rulesVersion, limit);
        }

        @Override
        public void save(Stock stock, Numbers numbers) {
            rows.save(stock, numbers);
        }

        @Override
        public void placed(Collection<Sku> skus) {
            rows.placed(skus);
        }

        @Override
        public void recalled(Collection<Sku> skus, int retrySeconds) {
            rows.recalled(skus, retrySeconds);
        }

        @Override
        public void aligned(Collection<Sku> skus, long rulesVersion) {
            rows.aligned(skus, rulesVersion);
        }

        @Override
        public void alignLater(Collection<Sku> skus, int retrySeconds) {
            rows.alignLater(skus, retrySeconds);
        }
    }

    /** Says that everything has been applied. */
    private record EverythingApplied(Watermarks watermarks) implements Watermarks {
        @Override
        public long contiguous(String stream, int partition) {
            return Long.MAX_VALUE;
        }

        @Override
        public List<AppliedPosition> applied(Collection<String> streams) {
            return watermarks.applied(streams);
        }

        @Override
        public List<AppliedPosition> applied() {
            return watermarks.applied();
        }
    }

    /** Takes a settlement from the node that the revocation aimed at, and no more than that has. */
    private static final class FromOneNode extends ApplySettlements {
        private final DispatchPorts ports;

        FromOneNode(DispatchPorts ports) {
            super(
                    ports.stock,
                    ports.inbox,
                    ports.revocations,
                    new PostMovements(
                            ports.stock,
                            ports.lines,
                            ports.outbounds,
                            ports.documentNumbers,
                            ports.outbox,
                            ports.signals));
            this.ports = ports;
        }

        @Override
        public void apply(List<Received<RevocationSettled>> received) {
            Stock stock = ports.stock.lock(received.stream()
                    .map(settled -> settled.message().key().sku())
                    .toList());
            List<Received<RevocationSettled>> fresh = ports.inbox.admit(received);
            for (Received<RevocationSettled> settled : fresh) {
                RevocationSettled message = settled.message();
                Revocation revocation =
                        ports.revocations.find(List.of(message.revocation())).get(message.revocation());
                StockOfSku goods = stock.of(message.key().sku());
                NodeKey node = Goods.at(revocation.node().isEmpty() ? "A" : revocation.node());
                long units = Math.min(message.taken(), goods.allotted(node, message.key()));
                goods.giveUp(node, message.key(), units, new Reason(Action.ALLOT, revocation.document(), message));
                ports.revocations.save(List.of(revocation.settled(message.taken())));
            }
            ports.stock.save(stock, Numbers.received(fresh));
        }
    }

    /** Knows no cancel that it has stored. */
    private static final class ForgottenCancels extends Lines {
        ForgottenCancels(DispatchLines lines) {
            super(lines);
        }

        @Override
        public List<LineCancel> cancels(Collection<LineNumber> ofLines, Collection<String> cancels) {
            return List.of();
        }
    }

    /** Finds the oldest short lines of a SKU, also those of keys that nobody asked about. */
    private static final class OldestOnly extends Lines {
        OldestOnly(DispatchLines lines) {
            super(lines);
        }

        @Override
        public List<LineInHand> waiting(Collection<ChannelKey> keys, int limitPerSku) {
            Set<Sku> skus = keys.stream().map(ChannelKey::sku).collect(Collectors.toSet());
            return super.waiting(shortKeys(skus), limitPerSku);
        }
    }

    /** Does a work on all subjects or on none. */
    private static final class AllTogether extends EachInTurn {
        AllTogether(StuckWork stuck) {
            super(stuck, new SimpleMeterRegistry());
        }

        @Override
        public <S> Progress run(
                String work, int limit, IntFunction<List<S>> due, Function<S, String> name, Step<S> step) {
            List<S> subjects = due.apply(limit);
            return subjects.isEmpty() ? Progress.NONE : step.run(subjects);
        }
    }

    private enum Hidden {
        OPEN,
        ASKED
    }

    /** Hides one of a line's numbers from the use case that decides on it, and keeps it otherwise. */
    private static final class Hiding extends Lines {
        private final Hidden hidden;
        private final Map<LineNumber, Long> hiddenUnits = new HashMap<>();

        Hiding(DispatchLines lines, Hidden hidden) {
            super(lines);
            this.hidden = hidden;
        }

        @Override
        public Map<LineNumber, LineInHand> find(Collection<LineNumber> numbers) {
            Map<LineNumber, LineInHand> found = new HashMap<>(super.find(numbers));
            found.replaceAll((number, inHand) -> {
                DispatchLine line = inHand.line();
                hiddenUnits.put(number, hidden == Hidden.OPEN ? line.open() : line.asked());
                return inHand.with(with(line, -hiddenUnits.get(number)));
            });
            return found;
        }

        @Override
        public void save(Collection<LineInHand> changed) {
            super.save(changed.stream()
                    .map(inHand -> inHand.with(
                            with(inHand.line(), hiddenUnits.get(inHand.line().number()))))
                    .toList());
        }

        private DispatchLine with(DispatchLine line, long more) {
            return hidden == Hidden.OPEN ? line.cancelsChanged(more) : line.releaseAsked(more);
        }
    }

    private static class Lines implements DispatchLines {
        private final DispatchLines lines;

        Lines(DispatchLines lines) {
            this.lines = lines;
        }

        @Override
        public void insert(List<HandedOver> handedOver) {
            lines.insert(handedOver);
        }

        @Override
        public Map<LineNumber, Sku> skus(Collection<LineNumber> numbers) {
            return lines.skus(numbers);
        }

        @Override
        public Map<LineNumber, LineInHand> find(Collection<LineNumber> numbers) {
            return lines.find(numbers);
        }

        @Override
        public Set<ChannelKey> shortKeys(Collection<Sku> skus) {
            return lines.shortKeys(skus);
        }

        @Override
        public List<LineInHand> waiting(Collection<ChannelKey> keys, int limitPerSku) {
            return lines.waiting(keys, limitPerSku);
        }

        @Override
        public List<LineCancel> cancels(Collection<LineNumber> ofLines, Collection<String> cancels) {
            return lines.cancels(ofLines, cancels);
        }

        @Override
        public Set<LineNumber> givenUp(Collection<LineNumber> unknown) {
            return lines.givenUp(unknown);
        }

        @Override
        public void save(Collection<LineInHand> changed) {
            lines.save(changed);
        }

        @Override
        public List<LineNumber> wantingRelease(Set<Integer> partitions, int limit) {
            return lines.wantingRelease(partitions, limit);
        }
    }
}
