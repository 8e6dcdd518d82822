package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.fake.Answers;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.work.Later;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** What is missing between the layers: in calls, in carrying, in reconciling, and with operators. */
final class NetworkFaults {
    private NetworkFaults() {}

    static List<Planted> all() {
        return List.of(
                new Planted("outbound_row", "a lock without an answer is asked again under a new number", new Parts() {
                    @Override
                    WarehouseLocks warehouseLocks(WarehouseLocks called) {
                        return new NewNumbers(called);
                    }
                }),
                new Planted(
                        "lock_partly", "a lock is known by its order and warehouse, not by its outbound", new Parts() {
                            @Override
                            WarehouseLocks warehouseLocks(WarehouseLocks called) {
                                return new ByOrder(called);
                            }
                        }),
                new Planted("relay", "a message that was lost is not brought again", new Parts() {
                    @Override
                    boolean bringsAgain() {
                        return false;
                    }
                }),
                new Planted("carried_again", "what the broker has forgotten is not carried again", new Parts() {
                    @Override
                    boolean carriesAgain() {
                        return false;
                    }
                }),
                new Planted("cut_first", "a reconciliation cuts at the sender's own newest number", new Parts() {
                    @Override
                    Cuts cuts() {
                        return (applied, sender) -> applied.stream()
                                .map(position -> upTo(position, sender.head(position.stream(), position.partition())))
                                .toList();
                    }
                }),
                new Planted("dead_stops_cut", "a cut passes over a message that is parked", new Parts() {
                    @Override
                    Cuts cuts() {
                        return (applied, sender) -> applied.stream()
                                .map(position -> upTo(position, position.last()))
                                .toList();
                    }
                }),
                new Planted(
                        "hand_over_unkept",
                        "dispatch acknowledges a hand-over that it cannot take, and does not keep it",
                        new Parts() {
                            @Override
                            boolean keepsWhatItCannotTake() {
                                return false;
                            }
                        }),
                new Planted("parked_once", "a parked grant is adjusted by hand, and replayed too", new Parts() {
                    @Override
                    void parked(Received<?> message, World world) {
                        if (message.message() instanceof StockGranted granted) {
                            adjust(world.sales.ports, granted);
                        }
                    }
                }));
    }

    private static AppliedPosition upTo(AppliedPosition position, long number) {
        return new AppliedPosition(position.stream(), position.partition(), number);
    }

    private static void adjust(SalesPorts ports, StockGranted granted) {
        ports.process.inTransaction(() -> {
            StockKey key = StockKey.regular(granted.key());
            Book<StockKey, SalesBucket> book =
                    ports.stock.lockOrCreate(List.of(key)).book();
            DocumentLine because = new DocumentLine(DocumentKind.RECONCILIATION_ADJUSTMENT, granted.grant(), 0);
            book.post(Movement.within(
                    Action.ADJUST, key, SalesBucket.EXTERNAL, SalesBucket.SELLABLE, granted.quantity(), because));
            ports.stock.post(book, Numbers.NONE);
        });
    }

    /** Gives every repetition of a lock a number of its own. */
    private static final class NewNumbers implements WarehouseLocks {
        private final WarehouseLocks called;
        private final Map<String, Integer> asked = new HashMap<>();

        NewNumbers(WarehouseLocks called) {
            this.called = called;
        }

        @Override
        public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
            Map<String, List<Parcel>> renamed = new LinkedHashMap<>();
            parcels.forEach((warehouse, asked) ->
                    renamed.put(warehouse, asked.stream().map(this::renamed).toList()));
            Map<String, Answer<Lock>> answers = new LinkedHashMap<>();
            Answers.of(called.lock(renamed, low))
                    .forEach((warehouse, answer) -> answers.put(warehouse, original(answer)));
            return Answers.given(answers);
        }

        private Parcel renamed(Parcel parcel) {
            Outbound outbound = parcel.outbound();
            int times = asked.merge(outbound.id(), 1, Integer::sum);
            if (times == 1) {
                return parcel;
            }
            Outbound other = Outbound.requested(
                            outbound.id() + "~" + times,
                            outbound.line(),
                            outbound.cell(),
                            outbound.warehouse(),
                            outbound.quantity())
                    .numbered(outbound.number());
            return new Parcel(
                    other,
                    parcel.shipRegion(),
                    parcel.deliveryMethod(),
                    parcel.addressReference(),
                    parcel.traceParent());
        }

        private static Answer<Lock> original(Answer<Lock> answer) {
            return switch (answer) {
                case Answer.Answered<Lock> answered ->
                    new Answer.Answered<>(answered.answers().stream()
                            .map(lock -> new Lock(
                                    lock.outbound().split("~")[0], lock.locked(), lock.at(), lock.stale(), lock.by()))
                            .toList());
                case Answer.Indeterminate<Lock> unknown -> unknown;
                case Answer.Refused<Lock> refused -> refused;
            };
        }

        @Override
        public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
            return called.release(outbounds);
        }
    }

    /** Answers a second outbound of an order at a warehouse as it answered the first. */
    private static final class ByOrder implements WarehouseLocks {
        private record Asked(LineNumber line, String warehouse) {}

        private final WarehouseLocks called;
        private final Map<Asked, Lock> known = new HashMap<>();

        ByOrder(WarehouseLocks called) {
            this.called = called;
        }

        @Override
        public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
            Map<String, Answer<Lock>> answers = new LinkedHashMap<>();
            parcels.forEach((warehouse, asked) -> {
                List<Parcel> unknown = asked.stream()
                        .filter(parcel -> !known.containsKey(of(parcel)))
                        .toList();
                List<Lock> locks = new ArrayList<>();
                if (!unknown.isEmpty()
                        && called.lock(Map.of(warehouse, unknown), low)
                                        .get(warehouse)
                                        .get()
                                instanceof Answer.Answered<Lock> answered) {
                    locks.addAll(answered.answers());
                    for (int i = 0; i < unknown.size(); i++) {
                        known.putIfAbsent(of(unknown.get(i)), answered.answers().get(i));
                    }
                }
                asked.stream().filter(parcel -> !unknown.contains(parcel)).forEach(parcel -> locks.add(again(parcel)));
                answers.put(warehouse, new Answer.Answered<>(locks));
            });
            return Answers.given(answers);
        }

        private Lock again(Parcel parcel) {
            Lock first = known.get(of(parcel));
            long locked = Math.min(first.locked(), parcel.outbound().quantity());
            return new Lock(parcel.outbound().id(), locked, first.at(), false, first.by());
        }

        private static Asked of(Parcel parcel) {
            return new Asked(parcel.outbound().line(), parcel.outbound().warehouse());
        }

        @Override
        public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
            return called.release(outbounds);
        }
    }
}
