package org.tierstock.dispatch.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.dispatch.fake.DispatchLayer.ALL_PARTITIONS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tierstock.dispatch.application.DefineRules.Definition;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Fixtures;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.dispatch.fake.Adapters;
import org.tierstock.dispatch.fake.Answers;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.work.Later;

/**
 * A random history of the dispatch layer between a sales layer and warehouses that are reduced to what the protocol asks
 * of them. Messages are duplicated and overtake each other, calls are lost before or after their effect, transactions
 * roll back. The equations of the protocol's section 7 are checked after every step.
 */
public final class DispatchHistory implements WarehouseLocks {
    private static final PeerJournal WAREHOUSE = new PeerJournal(1, 1);
    private static final List<Sku> SKUS = List.of(Fixtures.PHONE, Fixtures.CASE);
    private static final List<String> NODES = List.of("A", "B", "C");
    private static final List<String> REGIONS = List.of("NORTH", "SOUTH");

    private static final class Aborted extends RuntimeException {}

    /** What the warehouses hold. */
    private static final class Shelf {
        private final Map<Cell, Long> available = new HashMap<>();
        private final Map<Cell, Long> bad = new HashMap<>();
        private final Map<String, Long> locked = new LinkedHashMap<>();
        private final Map<String, WarehouseLocks.Lock> answers = new HashMap<>();
        private final Map<String, WarehouseLocks.Release> released = new HashMap<>();
        private final Map<String, Cell> cells = new HashMap<>();
    }

    private final Random random;
    private final long before;
    private final DispatchLayer dispatch;
    private final Shelf shelf = new Shelf();
    private final Map<ChannelKey, Long> open = new TreeMap<>();
    private final Map<StreamPosition, Received<?>> toDispatch = new LinkedHashMap<>();
    private final List<Received<?>> delivered = new ArrayList<>();
    private final Set<StreamPosition> appliedAtSales = new HashSet<>();
    private final Map<String, Long> heads = new HashMap<>();
    private final Map<LineNumber, Long> reversed = new HashMap<>();
    private int documents;
    private boolean peaceful;

    DispatchHistory(int seed, Adapters adapters) {
        this(seed, adapters, 0);
    }

    /** One that goes on after so many messages in each partition of each stream. */
    public DispatchHistory(int seed, Adapters adapters, long before) {
        random = new Random(seed);
        this.before = before;
        dispatch = new DispatchLayer(adapters);
        post(() -> {
            REGIONS.forEach(region -> define(new Definition.OfRegion(new Region(region, ""), null)));
            define(new Definition.OfNode(Fixtures.node("A", 1, "NORTH"), null));
            define(new Definition.OfNode(Fixtures.node("B", 2, "NORTH", "SOUTH"), null));
            define(new Definition.OfNode(Fixtures.node("C", 3, "SOUTH"), null));
            define(new Definition.OfAllotmentRule(
                    Fixtures.rule(
                            "ratio",
                            AllotmentRule.Kind.RATIO,
                            Fixtures.weight("WEB", "NORTH", 2),
                            Fixtures.weight("SHOP", "NORTH", 1),
                            Fixtures.weight("WEB", "SOUTH", 1)),
                    null));
            return null;
        });
    }

    private List<DefineRules.Outcome> define(Definition definition) {
        return dispatch.defineRules.define(List.of(Fixtures.signed(definition)));
    }

    /** So many steps, with all equations checked after each, and then everything comes to an end. */
    public void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            check();
        }
        drain();
        checkPeace();
    }

    // ---- steps

    private void step() {
        dispatch.adapters.advance(Duration.ofMillis(200));
        int dice = random.nextInt(100);
        if (dice < 12) {
            receive();
        } else if (dice < 26) {
            sell();
        } else if (dice < 32) {
            lose();
        } else if (dice < 34) {
            damage();
        } else if (dice < 44) {
            ship();
        } else if (dice < 50) {
            cancel();
        } else if (dice < 52) {
            revoke();
        } else if (dice < 53) {
            closeShortage();
        } else if (dice < 54) {
            changeRegions();
        } else if (dice < 66) {
            deliver();
        } else if (dice < 76) {
            applyAtSales();
        } else {
            job(random.nextInt(6));
        }
    }

    private void receive() {
        Cell cell = cell();
        long good = 1 + random.nextInt(9);
        long bad = random.nextInt(4) == 0 ? 1 : 0;
        shelf.available.merge(cell, good, Long::sum);
        shelf.bad.merge(cell, bad, Long::sum);
        report(new GoodsReceived(cell.node().node(), document("R") + "/1", cell, good, bad, ReceiptCause.PURCHASE, ""));
    }

    private void sell() {
        List<ChannelKey> sellable =
                open.keySet().stream().filter(key -> open.get(key) > 0).toList();
        if (sellable.isEmpty()) {
            return;
        }
        String order = document("WEB:");
        int count = 1 + random.nextInt(2);
        for (int line = 1; line <= count; line++) {
            ChannelKey key = sellable.get(random.nextInt(sellable.size()));
            long quantity = Math.min(open.get(key), 1 + random.nextInt(5));
            if (quantity > 0) {
                open.merge(key, -quantity, Long::sum);
                send(Fixtures.handOver(order, line, key, quantity));
            }
        }
    }

    private void lose() {
        Cell cell = cell();
        long available = shelf.available.getOrDefault(cell, 0L);
        List<String> locks = shelf.locked.keySet().stream()
                .filter(outbound -> shelf.cells.get(outbound).equals(cell) && shelf.locked.get(outbound) > 0)
                .toList();
        long fromLock = locks.isEmpty() ? 0 : Math.min(shelf.locked.get(locks.getFirst()), 2);
        long lost = Math.min(available, 1 + random.nextInt(4));
        if (lost + fromLock == 0 || lost < available && fromLock > 0 && lost == 0) {
            return;
        }
        fromLock = lost == available ? fromLock : 0;
        shelf.available.put(cell, available - lost);
        List<LostLock> lostLocks = new ArrayList<>();
        if (fromLock > 0) {
            shelf.locked.merge(locks.getFirst(), -fromLock, Long::sum);
            lostLocks.add(new LostLock(locks.getFirst(), fromLock));
        }
        report(new StockChanged(
                cell.node().node(), document("T") + "/1", List.of(new Side(cell, -lost, 0, "")), lostLocks));
    }

    private void damage() {
        Cell cell = cell();
        long bad = shelf.bad.getOrDefault(cell, 0L);
        boolean scrap = bad > 0 && random.nextBoolean();
        long units = scrap ? 1 : Math.min(shelf.available.getOrDefault(cell, 0L), 1);
        if (units == 0) {
            return;
        }
        shelf.available.merge(cell, scrap ? 0 : -units, Long::sum);
        shelf.bad.merge(cell, scrap ? -units : units, Long::sum);
        Side side = scrap ? new Side(cell, 0, -units, "") : new Side(cell, -units, units, "");
        report(new StockChanged(cell.node().node(), document("T") + "/1", List.of(side), List.of()));
    }

    private void ship() {
        List<String> locks = shelf.locked.keySet().stream()
                .filter(outbound -> shelf.locked.get(outbound) > 0)
                .toList();
        if (!locks.isEmpty()) {
            String outbound = locks.get(random.nextInt(locks.size()));
            long quantity = 1 + random.nextInt(shelf.locked.get(outbound).intValue());
            ship(outbound, quantity);
        }
    }

    private void ship(String outbound, long quantity) {
        Cell cell = shelf.cells.get(outbound);
        shelf.locked.merge(outbound, -quantity, Long::sum);
        report(new GoodsShipped(cell.node().node(), document("S") + "/1", outbound, cell, quantity, "BATCH"));
    }

    private void cancel() {
        List<DispatchLine> lines = dispatch.adapters.allLines();
        if (!lines.isEmpty()) {
            DispatchLine line = lines.get(random.nextInt(lines.size()));
            CancelLines.CancelLine cancel = new CancelLines.CancelLine(
                    line.number(), document("C"), 1 + random.nextInt((int) line.quantity()), WAREHOUSE, "");
            post(() -> dispatch.cancelLines.cancel(List.of(cancel)));
            assertThat(post(() -> dispatch.cancelLines.cancel(List.of(cancel)))).hasSize(1);
        }
    }

    private void revoke() {
        List<ChannelKey> keys = List.copyOf(open.keySet());
        if (!keys.isEmpty()) {
            ChannelKey key = keys.get(random.nextInt(keys.size()));
            String node = NODES.get(random.nextInt(NODES.size()));
            post(() -> dispatch.revokeStock.revoke(
                    List.of(new RevokeStock.Revoke(document("V"), key, 1 + random.nextInt(3), node))));
        }
    }

    private void closeShortage() {
        dispatch.adapters.allLines().stream()
                .filter(line -> line.shortage() > 0)
                .findFirst()
                .ifPresent(line -> post(() -> dispatch.closeShortages.close(List.of(line.number()))));
    }

    private void changeRegions() {
        String[] regions = random.nextBoolean() ? new String[] {"NORTH", "SOUTH"} : new String[] {"NORTH"};
        post(() -> define(new Definition.OfNode(Fixtures.node("B", 2, regions), null)));
    }

    private boolean job(int which) {
        return switch (which) {
            case 0 -> post(() -> dispatch.placeFreeStock(1 + random.nextInt(2)));
            case 1 -> post(() -> dispatch.recallPromises(10, dispatch.adapters.retrySeconds()));
            case 2 -> post(() -> dispatch.alignPromises(10, dispatch.adapters.retrySeconds()));
            case 3 -> post(() -> dispatch.endRefusals(10));
            case 4 -> dispatch.lockAt(this, 1 + random.nextInt(4));
            default -> dispatch.releaseAt(this, 1 + random.nextInt(4));
        };
    }

    /** One transaction, which may be undone before it commits: then it is run again later, or never. */
    private <T> T post(Supplier<T> work) {
        if (!peaceful && random.nextInt(12) == 0) {
            try {
                dispatch.adapters.transactions().inTransaction(() -> {
                    work.get();
                    throw new Aborted();
                });
            } catch (Aborted e) {
                check();
            }
        }
        return dispatch.adapters.transactions().inTransaction(work);
    }

    // ---- traffic

    private void deliver() {
        List<Received<?>> waiting = new ArrayList<>(toDispatch.values());
        if (!delivered.isEmpty() && random.nextInt(6) == 0) {
            waiting.add(delivered.get(random.nextInt(delivered.size())));
        }
        if (!waiting.isEmpty()) {
            deliver(waiting.get(random.nextInt(waiting.size())));
        }
    }

    private void deliver(Received<?> received) {
        switch (received.message()) {
            case FromWarehouse report ->
                post(() -> {
                    dispatch.applyWarehouseReports.apply(List.of(received.as(report)));
                    return null;
                });
            case HandOver handOver ->
                post(() -> dispatch.sourceOrders.source(
                        List.of(new SourceOrders.PaidOrder(List.of(received.as(handOver))))));
            case RevocationSettled settled ->
                post(() -> {
                    dispatch.applySettlements.apply(List.of(received.as(settled)));
                    return null;
                });
            default -> throw new AssertionError(received);
        }
        toDispatch.remove(received.position());
        delivered.add(received);
    }

    private void report(FromWarehouse report) {
        send(report);
    }

    private void send(ToDispatch message) {
        long sequence = before + heads.merge(message.stream() + message.partition(), 1L, Long::sum);
        StreamPosition position = new StreamPosition(message.stream(), message.partition(), sequence);
        toDispatch.put(position, new Received<Message>(message, position, 1, 1));
    }

    private List<Received<Message>> toSales() {
        return dispatch.adapters.sent().stream()
                .filter(sent -> !appliedAtSales.contains(sent.position()))
                .toList();
    }

    private void applyAtSales() {
        List<Received<Message>> waiting = toSales();
        if (!waiting.isEmpty()) {
            applyAtSales(waiting.get(random.nextInt(waiting.size())));
        }
    }

    private void applyAtSales(Received<Message> sent) {
        appliedAtSales.add(sent.position());
        switch (sent.message()) {
            case ToSales.StockGranted granted -> open.merge(granted.key(), granted.quantity(), Long::sum);
            case ToSales.SaleReversed back -> {
                open.merge(back.key(), back.regranted(), Long::sum);
                reversed.merge(new LineNumber(back.order(), back.orderLine()), back.quantity(), Long::sum);
            }
            case ToSales.StockRevoked revoked -> {
                long taken = Math.min(revoked.quantity(), open.getOrDefault(revoked.key(), 0L));
                open.merge(revoked.key(), -taken, Long::sum);
                send(new RevocationSettled(revoked.revocation(), revoked.key(), taken));
            }
            default -> throw new AssertionError(sent);
        }
    }

    // ---- warehouses, by call

    @Override
    public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
        Map<String, Answer<Lock>> answers = new LinkedHashMap<>();
        parcels.forEach((warehouse, asked) -> {
            int fate = peaceful ? 9 : random.nextInt(10);
            List<Lock> locks = fate == 0
                    ? List.of()
                    : asked.stream().map(Parcel::outbound).map(this::lock).toList();
            answers.put(warehouse, fate < 2 ? new Answer.Indeterminate<>("lost") : new Answer.Answered<>(locks));
        });
        return Answers.given(answers);
    }

    private Lock lock(Outbound outbound) {
        return shelf.answers.computeIfAbsent(outbound.id(), id -> {
            long available = shelf.available.getOrDefault(outbound.cell(), 0L);
            long locked = Math.min(available, outbound.quantity());
            shelf.available.put(outbound.cell(), available - locked);
            shelf.locked.put(id, locked);
            shelf.cells.put(id, outbound.cell());
            String stream =
                    "W>D:" + outbound.warehouse() + outbound.cell().sku().partition();
            return new Lock(id, locked, before + heads.getOrDefault(stream, 0L), false, WAREHOUSE);
        });
    }

    @Override
    public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
        Map<String, Answer<Release>> answers = new LinkedHashMap<>();
        outbounds.forEach((warehouse, asked) -> {
            int fate = peaceful ? 9 : random.nextInt(10);
            List<Release> releases =
                    fate == 0 ? List.of() : asked.stream().map(this::release).toList();
            answers.put(warehouse, fate < 2 ? new Answer.Indeterminate<>("lost") : new Answer.Answered<>(releases));
        });
        return Answers.given(answers);
    }

    private Release release(Outbound outbound) {
        return shelf.released.computeIfAbsent(outbound.release().request(), request -> {
            long picked = random.nextInt(3) == 0 ? 1 : 0;
            long locked = shelf.locked.getOrDefault(outbound.id(), 0L);
            long released = Math.max(0, Math.min(outbound.release().quantity(), locked - picked));
            shelf.locked.merge(outbound.id(), -released, Long::sum);
            shelf.available.merge(outbound.cell(), released, Long::sum);
            return new Release(outbound.id(), request, released, false, WAREHOUSE);
        });
    }

    // ---- the equations

    private void check() {
        dispatch.adapters.transactions().inTransaction(this::checkAll);
    }

    private void checkAll() {
        Map<Sku, StockOfSku> stock = new HashMap<>();
        dispatch.adapters.stockRows().lock(SKUS).all().forEach(goods -> stock.put(goods.sku(), goods));
        Map<Cell, Long> remaining = new HashMap<>();
        Map<LineNumber, Long> ofLine = new HashMap<>();
        for (Outbound outbound : dispatch.adapters.allOutbounds()) {
            remaining.merge(outbound.cell(), outbound.remaining(), Long::sum);
            ofLine.merge(outbound.line(), outbound.remaining(), Long::sum);
        }
        stock.values().forEach(this::checkAccounts);
        for (StockOfSku goods : stock.values()) {
            for (NodeKey node : goods.nodes()) {
                checkCell(goods, new Cell(node, goods.sku()), remaining);
            }
        }
        for (DispatchLine line : dispatch.adapters.allLines()) {
            assertThat(line.allocated()).as("E5 line %s", line).isEqualTo(ofLine.getOrDefault(line.number(), 0L));
            assertThat(line.open()).as("E11 %s", line).isLessThanOrEqualTo(line.allocated() + line.shortage());
            if (line.shortage() > 0) {
                assertThat(line.open()).as("E11 %s", line).isLessThanOrEqualTo(line.asked());
            }
        }
        dispatch.adapters.allOutbounds().forEach(this::checkOutbound);
    }

    private void checkAccounts(StockOfSku goods) {
        Map<ChannelKey, Long> expected = new HashMap<>(open);
        toSales()
                .forEach(sent -> sent.message()
                        .effects()
                        .forEach(effect ->
                                expected.merge(ChannelKey.parse(effect.key()), effect.quantity(), Long::sum)));
        toDispatch.values().stream()
                .filter(sent -> sent.message() instanceof ToDispatch.FromSales)
                .forEach(sent -> sent.message()
                        .effects()
                        .forEach(effect ->
                                expected.merge(ChannelKey.parse(effect.key()), -effect.quantity(), Long::sum)));
        for (ChannelKey key : goods.keys()) {
            assertThat(goods.account(key)).as("E1 account of %s", key).isEqualTo(expected.getOrDefault(key, 0L));
        }
    }

    private void checkCell(StockOfSku goods, Cell cell, Map<Cell, Long> remaining) {
        NodeKey node = cell.node();
        assertThat(Math.min(goods.free(node), -goods.deficit(node)))
                .as("free stock beside a deficit at %s", cell)
                .isZero();
        assertThat(goods.balance(node, DispatchBucket.ALLOCATED))
                .as("E4 %s", cell)
                .isEqualTo(remaining.getOrDefault(cell, 0L));
        long book = goods.allotted(node);
        for (DispatchBucket bucket : DispatchBucket.values()) {
            book += bucket.inBook() ? goods.balance(node, bucket) : 0;
        }
        for (Received<?> sent : toDispatch.values()) {
            for (Message.Effect effect : sent.message().effects()) {
                book += effect.key().equals(cell.text()) ? effect.quantity() : 0;
            }
        }
        long locked = shelf.locked.entrySet().stream()
                .filter(lock -> shelf.cells.get(lock.getKey()).equals(cell))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(book)
                .as("E2 book of %s", cell)
                .isEqualTo(shelf.available.getOrDefault(cell, 0L) + shelf.bad.getOrDefault(cell, 0L) + locked);
    }

    private void checkOutbound(Outbound outbound) {
        WarehouseLocks.Lock answer = shelf.answers.get(outbound.id());
        if (answer == null) {
            assertThat(outbound.remaining()).as("E3 %s", outbound).isEqualTo(outbound.quantity());
            return;
        }
        long expected = shelf.locked.get(outbound.id());
        for (Received<?> sent : toDispatch.values()) {
            if (sent.message() instanceof GoodsShipped shipped
                    && shipped.outbound().equals(outbound.id())) {
                expected += shipped.quantity();
            }
            if (sent.message() instanceof StockChanged changed) {
                expected += changed.lostLocks().stream()
                        .filter(lock -> lock.outbound().equals(outbound.id()))
                        .mapToLong(LostLock::quantity)
                        .sum();
            }
        }
        if (outbound.state() == Outbound.State.REQUESTED) {
            expected += outbound.quantity() - answer.locked();
        }
        if (outbound.release() != null
                && shelf.released.containsKey(outbound.release().request())) {
            expected += shelf.released.get(outbound.release().request()).released();
        }
        assertThat(outbound.remaining()).as("E3 %s", outbound).isEqualTo(expected);
    }

    // ---- the end

    private void drain() {
        peaceful = true;
        int quiet = 0;
        for (int round = 0; round < 40 && quiet < 2; round++) {
            int before = dispatch.adapters.sent().size() + delivered.size();
            dispatch.adapters.advance(Duration.ofSeconds(2));
            for (Received<?> received : List.copyOf(toDispatch.values())) {
                deliver(received);
            }
            toSales().forEach(this::applyAtSales);
            for (int which = 0; which < 6; which++) {
                int attempts = 0;
                while (attempts < 100 && job(which)) {
                    attempts++;
                }
            }
            check();
            boolean still = dispatch.adapters.sent().size() + delivered.size() == before && toDispatch.isEmpty();
            quiet = still ? quiet + 1 : 0;
        }
        List.copyOf(shelf.locked.keySet()).stream()
                .filter(outbound -> shelf.locked.get(outbound) > 0)
                .forEach(outbound -> ship(outbound, shelf.locked.get(outbound)));
        List.copyOf(toDispatch.values()).forEach(this::deliver);
        toSales().forEach(this::applyAtSales);
        check();
    }

    private void checkPeace() {
        Rules rules = dispatch.adapters.ruleBook().current();
        assertThat(dispatch.adapters.refusals().places(ALL_PARTITIONS)).isEmpty();
        assertThat(dispatch.adapters.allOutbounds()).allMatch(outbound -> outbound.state() == Outbound.State.ANSWERED);
        dispatch.adapters.transactions().inTransaction(() -> {
            for (StockOfSku goods : dispatch.adapters.stockRows().lock(SKUS).all()) {
                for (NodeKey node : goods.nodes()) {
                    boolean wanted = dispatch.adapters.allLines().stream()
                            .anyMatch(line -> line.shortage() > 0
                                    && line.key().sku().equals(goods.sku())
                                    && rules.serves(node, line.key()));
                    assertThat(wanted && goods.free(node) > 0)
                            .as("short although %s is free", node)
                            .isFalse();
                    for (ChannelKey key : goods.keysAt(node)) {
                        boolean spare = goods.deficit(node) == 0 && goods.allotted(node, key) > 0;
                        assertThat(wanted && spare && open.getOrDefault(key, 0L) > 0)
                                .as("short although %s has unsold stock at %s", key, node)
                                .isFalse();
                        boolean broken = goods.deficit(node) < 0 && goods.allotted(node, key) > 0;
                        assertThat(broken && open.getOrDefault(key, 0L) > 0)
                                .as("deficit not recalled although unsold: %s", key)
                                .isFalse();
                    }
                }
            }
        });
        for (DispatchLine line : dispatch.adapters.allLines()) {
            assertThat(line.open()).as("cancel never answered: %s", line).isZero();
            assertThat(line.allocated()).as("never shipped: %s", line).isZero();
            assertThat(line.cancelled()).as("E7 %s", line).isEqualTo(reversed.getOrDefault(line.number(), 0L));
        }
    }

    // ---- choices

    private Cell cell() {
        return new Cell(Fixtures.at(NODES.get(random.nextInt(NODES.size()))), SKUS.get(random.nextInt(SKUS.size())));
    }

    private String document(String prefix) {
        documents++;
        return prefix + documents;
    }
}
