package org.tierstock.integration.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tierstock.dispatch.application.Work;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/**
 * The end of a history: the network is good again, every job runs, goods are shipped and unpaid orders are cancelled. Then
 * nothing may be left to do, and every reconciliation must be empty.
 */
final class Rest {
    private static final String EQUATION = "At rest everything is settled";
    private static final int MOST_ROUNDS = 60;

    /** For so long nothing comes while a sender waits before it carries again what the broker has forgotten. */
    private static final int ROUNDS_OF_QUIET = 4;

    private final World world;
    private final Deeds deeds;

    Rest(World world, Deeds deeds) {
        this.world = world;
        this.deeds = deeds;
    }

    void come() {
        deeds.customers.leave();
        if (world.climate.defectAtRest()) {
            Sku defective = Goods.SKUS.getLast();
            world.dispatch.breakDown(defective, Instant.MAX);
            comeToRest();
            checkBeside(defective);
            world.dispatch.mend();
        }
        comeToRest();
        world.equations.checkEverything();
        check();
        deeds.auditors.reconcileAll();
        deeds.purgers.purgeAll();
        world.equations.checkEverything();
        deeds.auditors.reconcileAll();
    }

    private void comeToRest() {
        int quiet = 0;
        for (int round = 0; quiet < ROUNDS_OF_QUIET; round++) {
            if (round == MOST_ROUNDS) {
                throw new EquationBroken(EQUATION, "but the layers do not come to rest");
            }
            int before = world.traffic.arrived().size();
            world.pass(Awaited.PATIENCE.dividedBy(2));
            world.calls.arriveAll();
            deeds.receivers.tellAll();
            world.traffic.deliverable(Integer.MAX_VALUE - 1).forEach(message -> deeds.carriers.bring(List.of(message)));
            List<Received<HandOver>> lines = world.sales.unacknowledged();
            if (!lines.isEmpty()) {
                deeds.carriers.handOver(lines);
            }
            deeds.jobs.runAll();
            deeds.staff.shipAll();
            boolean setAside = !world.dispatch.hasDefect()
                    && !world.dispatch.ports.stuckWork.all().isEmpty();
            quiet = world.traffic.arrived().size() == before && !setAside ? quiet + 1 : 0;
        }
    }

    /** What a SKU's defect stops is that SKU's, and is shown. */
    private void checkBeside(Sku defective) {
        // Whatever touches goods says that they are to be placed, also the job that ran last.
        world.dispatch.placeFreeStock(Goods.SKUS.size());
        Set<String> shown =
                world.dispatch.ports.stuckWork.look(Work.PLACE_FREE_STOCK).keySet();
        for (Sku sku : world.dispatch.unplaced()) {
            require(sku.equals(defective), "not placed while another SKU has a defect: ", sku);
            require(shown.contains(sku.code()), "has a defect, which nothing shows: ", sku);
        }
        checkPlaces(sku -> !sku.equals(defective));
    }

    private void check() {
        require(world.traffic.inFlight().isEmpty(), "in flight: ", world.traffic.inFlight());
        require(world.sales.unacknowledged().isEmpty(), "not acknowledged: ", world.sales.unacknowledged());
        for (Cancellation cancellation : world.sales.ports.cancellations.all()) {
            require(
                    cancellation.lines().stream().allMatch(line -> line.answered() && line.pending() == 0),
                    "not settled: ",
                    cancellation);
        }
        for (StockKey key : world.sales.ports.stock.keys()) {
            require(world.sales.ports.stock.balance(key, SalesBucket.LOCKED) == 0, "still locked: ", key);
        }
        for (Outbound outbound : world.dispatch.ports.outbounds.all()) {
            require(!outbound.unfinished(), "not finished: ", outbound);
        }
        for (DispatchLine line : world.dispatch.ports.lines.all()) {
            require(line.allocated() == 0 && line.open() == 0, "not finished: ", line);
        }
        require(
                world.dispatch
                        .ports
                        .refusals
                        .places(DispatchLayer.ALL_PARTITIONS)
                        .isEmpty(),
                "kept back: ",
                world.dispatch.ports.stock.keptBack());
        require(
                world.dispatch.ports.revocations.pending(Goods.SKUS).isEmpty(),
                "not answered: ",
                world.dispatch.ports.revocations.pending(Goods.SKUS));
        require(world.dispatch.ports.stuckWork.all().isEmpty(), "stuck: ", world.dispatch.ports.stuckWork.all());
        checkPlaces(sku -> true);
        checkSpeech();
    }

    /** No promise is broken, or backed where it may not be, that sales could give back, and nobody waits for goods that are free. */
    private void checkPlaces(Predicate<Sku> skus) {
        Rules rules = world.dispatch.ports.ruleBook.current();
        for (Place place : world.dispatch.ports.stock.places()) {
            Cell cell = place.cell();
            if (!skus.test(cell.sku())) {
                continue;
            }
            switch (place) {
                case Place.Node node -> {
                    boolean free = balance(place, DispatchBucket.FREE) > 0;
                    for (DispatchLine line : world.dispatch.ports.lines.all()) {
                        require(
                                !free || line.shortage() == 0 || !fits(rules, cell, line),
                                "short although stock is free at " + cell + ": ",
                                line);
                    }
                }
                case Place.Backing backing -> {
                    boolean unfit = !rules.serves(cell.node(), backing.key());
                    boolean missing = unfit || balance(new Place.Node(cell), DispatchBucket.DEFICIT) < 0;
                    long sellable =
                            world.sales.ports.stock.balance(StockKey.regular(backing.key()), SalesBucket.SELLABLE);
                    require(
                            !missing || sellable == 0 || balance(place, DispatchBucket.ALLOTTED) == 0,
                            "promised and sellable, but missing or out of line (E9): ",
                            backing);
                    boolean unsold = !missing && sellable > 0 && balance(place, DispatchBucket.ALLOTTED) > 0;
                    for (DispatchLine line : world.dispatch.ports.lines.all()) {
                        require(
                                !unsold || line.shortage() == 0 || !fits(rules, cell, line),
                                "short although " + backing + " is promised and unsold: ",
                                line);
                    }
                }
            }
        }
    }

    private static boolean fits(Rules rules, Cell cell, DispatchLine line) {
        NodeKey node = cell.node();
        return line.key().sku().equals(cell.sku()) && rules.serves(node, line.key());
    }

    private long balance(Place place, DispatchBucket bucket) {
        return world.dispatch.ports.stock.balance(place, bucket);
    }

    /** Every line handed over is known to dispatch with the quantity that was paid for. */
    private void checkSpeech() {
        Map<String, Long> paid = new TreeMap<>();
        world.sales
                .ports
                .orders
                .all()
                .forEach(order -> order.lines().stream()
                        .filter(line -> line.state().sold())
                        .forEach(line -> paid.put(order.number().text() + '/' + line.line(), line.remaining())));
        Map<String, Long> handed = new TreeMap<>();
        world.dispatch
                .ports
                .lines
                .all()
                .forEach(line -> handed.put(line.number().toString(), line.quantity()));
        require(paid.equals(handed), "paid and handed over differ: ", paid + " and " + handed);
    }

    private static void require(boolean settled, String what, Object which) {
        if (!settled) {
            throw new EquationBroken(EQUATION, what + which);
        }
    }
}
