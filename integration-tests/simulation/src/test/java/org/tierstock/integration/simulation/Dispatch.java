package org.tierstock.integration.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.application.DefineRules;
import org.tierstock.dispatch.application.GrantStock;
import org.tierstock.dispatch.application.RevokeStock;
import org.tierstock.dispatch.application.SourceOrders.PaidOrder;
import org.tierstock.dispatch.application.Work;
import org.tierstock.dispatch.application.port.Refusals.KeptBack;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;

/** The dispatch layer: its real use cases, in the process that it has now. */
final class Dispatch {
    /** A defect that is met on purpose is no news. */
    private static final Logger SET_ASIDE = Logger.getLogger(EachInTurn.class.getName());

    static {
        SET_ASIDE.setLevel(Level.OFF);
    }

    private static final Actor PLANNER = new Actor("planner", null, "0af7651916cd43dd8448eb211c80319c");

    final DispatchPorts ports;
    final Process process;

    private final Map<Sku, Long> soldOutOfLine = new HashMap<>();
    private DispatchUseCases useCases;
    private Sku defective;
    private Instant mended = Instant.MIN;
    private long defectsMet;
    private long placedInParts;

    Dispatch(Parts parts, DispatchPorts ports) {
        this.ports = ports;
        this.process = ports.process;
        process.startWith(() -> useCases = parts.useCases(ports));
    }

    /** Applies messages from warehouses, settlements from sales, or hand-overs that were parked. */
    void apply(List<Received<?>> received) {
        switch (received.getFirst().message()) {
            case FromWarehouse first -> useCases.applyWarehouseReports.apply(Sales.as(FromWarehouse.class, received));
            case RevocationSettled first ->
                useCases.applySettlements.apply(Sales.as(RevocationSettled.class, received));
            case HandOver first -> source(Sales.as(HandOver.class, received));
            default -> throw new IllegalArgumentException("Not for dispatch: " + received);
        }
    }

    /** Takes lines over; those of one order together. */
    void source(List<Received<HandOver>> handOvers) {
        Map<String, List<Received<HandOver>>> orders = new LinkedHashMap<>();
        for (Received<HandOver> line : handOvers) {
            orders.computeIfAbsent(line.message().order(), order -> new ArrayList<>())
                    .add(line);
        }
        Map<ChannelKey, Long> outOfLine = outOfLine(handOvers);
        int before = ports.lines.all().size();
        useCases.layer.sourceOrders.source(
                orders.values().stream().map(PaidOrder::new).toList());
        List<DispatchLine> lines = ports.lines.all();
        Map<ChannelKey, Long> shortages = new LinkedHashMap<>();
        lines.subList(before, lines.size()).forEach(line -> shortages.merge(line.key(), line.shortage(), Long::sum));
        process.onCommit(() -> shortages.forEach((key, units) ->
                soldOutOfLine.merge(key.sku(), Math.min(units, outOfLine.getOrDefault(key, 0L)), Long::sum)));
    }

    private Map<ChannelKey, Long> outOfLine(List<Received<HandOver>> handOvers) {
        Rules rules = ports.ruleBook.current();
        List<ChannelKey> keys =
                handOvers.stream().map(line -> line.message().key()).distinct().toList();
        Map<ChannelKey, Long> units = new HashMap<>();
        for (Place place : ports.stock.places()) {
            if (place instanceof Place.Backing backing
                    && keys.contains(backing.key())
                    && !rules.serves(backing.cell().node(), backing.key())) {
                units.merge(backing.key(), ports.stock.balance(place, DispatchBucket.ALLOTTED), Long::sum);
            }
        }
        return units;
    }

    /** Units of the SKU that were short since a rule had made their backing unfit before it was moved (E6). */
    long soldOutOfLine(Sku sku) {
        return soldOutOfLine.getOrDefault(sku, 0L);
    }

    List<CancelLines.Outcome> cancel(List<CancelLines.CancelLine> cancels) {
        return process.inTransaction(() -> useCases.cancelLines.cancel(cancels));
    }

    void closeShortage(LineNumber line) {
        process.inTransaction(() -> useCases.layer.closeShortages.close(List.of(line)));
    }

    GrantStock.Outcome grant(GrantStock.Grant grant) {
        return process.inTransaction(() -> useCases.layer.grantStock.grant(List.of(grant)))
                .getFirst();
    }

    RevokeStock.Outcome revoke(RevokeStock.Revoke revoke) {
        return process.inTransaction(() -> useCases.layer.revokeStock.revoke(List.of(revoke)))
                .getFirst();
    }

    /** Issues the message of a revocation again, as the protocol allows: under a new number. */
    void issueAgain(Revocation revocation) {
        process.inTransaction(() -> ports.outbox.append(List.of(revocation.message())));
    }

    void define(DefineRules.Definition definition) {
        process.inTransaction(() -> useCases.layer.defineRules.define(List.of(new Signed<>(definition, PLANNER))));
    }

    boolean placeFreeStock(int limit) {
        return round(
                Work.PLACE_FREE_STOCK,
                limit,
                most -> useCases.placeFreeStock.due(DispatchLayer.ALL_PARTITIONS, most),
                Sku::code,
                sku -> sku,
                this::place);
    }

    private Progress place(List<Sku> skus) {
        int before = ports.stock.ledger().size();
        Progress progress = useCases.placeFreeStock.place(skus, DispatchLayer.MOST_LINES);
        if (progress == Progress.MORE) {
            Equations.require(
                    ports.stock.ledger().size() > before,
                    "Goods find who can use them",
                    () -> "more lines are said to wait for " + skus + ", and none was found");
            process.onCommit(() -> placedInParts++);
        }
        return progress;
    }

    boolean recallPromises() {
        return round(
                Work.RECALL_PROMISES,
                10,
                most -> useCases.recallPromises.due(DispatchLayer.ALL_PARTITIONS, most),
                Sku::code,
                sku -> sku,
                skus -> useCases.recallPromises.recall(skus, DispatchLayer.MOST_LINES, ports.retrySeconds()));
    }

    boolean alignPromises() {
        return round(
                Work.ALIGN_PROMISES,
                10,
                most -> useCases.layer.alignPromises.due(DispatchLayer.ALL_PARTITIONS, most),
                Sku::code,
                sku -> sku,
                skus -> useCases.layer.alignPromises.align(skus, ports.retrySeconds()));
    }

    boolean endRefusals() {
        return round(
                Work.END_REFUSALS,
                10,
                most -> useCases.layer.endRefusals.due(DispatchLayer.ALL_PARTITIONS, most),
                KeptBack::outbound,
                KeptBack::sku,
                useCases.layer.endRefusals::end);
    }

    /** One round of a job. After one that fails its loop goes on, as in life. */
    private <S> boolean round(
            String work,
            int limit,
            IntFunction<List<S>> due,
            Function<S, String> name,
            Function<S, Sku> sku,
            EachInTurn.Step<S> step) {
        EachInTurn.Step<S> transaction = subjects -> process.inTransaction(() -> {
            Progress progress = step.run(subjects);
            subjects.forEach(subject -> meet(sku.apply(subject)));
            return progress;
        });
        try {
            return useCases.eachInTurn.run(work, limit, due, name, transaction) == Progress.MORE;
        } catch (Defect e) {
            return false;
        }
    }

    private void meet(Sku sku) {
        if (sku.equals(defective) && hasDefect()) {
            defectsMet++;
            throw new Defect(sku);
        }
    }

    /** From now on no job can do anything for this SKU, until then. */
    void breakDown(Sku sku, Instant until) {
        defective = sku;
        mended = until;
    }

    void mend() {
        mended = Instant.MIN;
    }

    /** Whether there is a SKU that jobs fail for. */
    boolean hasDefect() {
        return ports.clock.now().isBefore(mended);
    }

    /** SKUs whose free stock waits to be placed. */
    List<Sku> unplaced() {
        return ports.stock.unplaced(DispatchLayer.ALL_PARTITIONS, Goods.SKUS.size());
    }

    /** How often goods were placed on as many lines as are read at once, and more waited. */
    long placedInParts() {
        return placedInParts;
    }

    /** How often a job met a SKU with a defect. */
    long defectsMet() {
        return defectsMet;
    }

    boolean lockAt(WarehouseLocks warehouses, int limit) {
        return useCases.layer.lockAt(warehouses, limit);
    }

    boolean releaseAt(WarehouseLocks warehouses, int limit) {
        return useCases.layer.releaseAt(warehouses, limit);
    }
}
