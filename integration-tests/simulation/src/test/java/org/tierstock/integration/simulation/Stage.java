package org.tierstock.integration.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.GrantStock;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.dispatch.fake.Answers;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.runtime.work.Later;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.Stocktake;

/** A world without trouble, in which a history is directed step by step: one SKU, at one shelf of a node. */
final class Stage {
    static final Sku TEA = Goods.SKUS.getFirst();

    private final World world;
    private int numbers;

    Stage(Parts parts) {
        world = new World(new Climate(true, true, true, false), parts, false);
        world.calm();
    }

    /** Goods come to the node's shelf, and dispatch knows it. */
    void receive(String node, long units) {
        world.warehouses
                .floor()
                .receive(new Receipt(
                        number("R"),
                        ReceiptCause.PURCHASE,
                        node,
                        List.of(new Receipt.Line(1, Goods.shelf(node, TEA, "B1", "A-1"), null, 0, units, 0))));
        bring();
    }

    /** So many good units are found on the node's shelf. The message about it is not brought. */
    void count(String node, long units) {
        world.warehouses
                .floor()
                .count(new Stocktake(
                        number("T"), node, List.of(new Stocktake.Line(1, Goods.shelf(node, TEA, "B1", "A-1"), units))));
    }

    /** Every message in flight is brought. */
    void bring() {
        world.traffic.deliverable(0).forEach(message -> world.deeds.carriers.bring(List.of(message)));
    }

    /** Free stock of the node is promised to the key, paid for, and handed over. */
    LineNumber sell(String node, ChannelKey key, long units) {
        world.dispatch.grant(new GrantStock.Grant(number("G"), Goods.cell(node, TEA), key, units));
        bring();
        OrderNumber order = new OrderNumber("web", number("o"));
        world.sales.place(List.of(new PlaceOrder(
                order,
                null,
                0,
                "",
                key.shipRegion(),
                "",
                "",
                List.of(new PlaceOrder.Line(1, TEA, Quality.NORMAL, units)),
                "")));
        world.sales.pay(List.of(new ConfirmPayment(order, number("p"))));
        world.deeds.carriers.handOver(world.sales.unacknowledged());
        return new LineNumber(order.text(), 1);
    }

    void cancel(LineNumber line, long units) {
        OrderNumber order = OrderNumber.parse(line.order());
        CancelOrder.Line wanted = new CancelOrder.Line(line.line(), units);
        world.sales.cancel(List.of(new CancelOrder(order, number("c"), "BUYER", List.of(wanted))));
        world.sales.askCancels(world.dispatchCancels, 10);
    }

    void giveUp(LineNumber line) {
        world.dispatch.closeShortage(line);
    }

    void endRefusals() {
        world.dispatch.endRefusals();
    }

    /** Warehouses are asked to lock; answers what would be asked again, were the answer lost. */
    Runnable lock() {
        Map<String, List<Parcel>> asked = new LinkedHashMap<>();
        world.dispatch.lockAt(
                new WarehouseLocks() {
                    @Override
                    public Map<String, Later<Answer<Lock>>> lock(
                            Map<String, List<Parcel>> parcels, Map<String, Long> low) {
                        asked.putAll(parcels);
                        return world.warehouseLocks.lock(parcels, low);
                    }

                    @Override
                    public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
                        return world.warehouseLocks.release(outbounds);
                    }
                },
                10);
        return () -> world.warehouseLocks.lock(asked, Map.of());
    }

    /** Warehouses are asked to release, do so, and their answer is lost. */
    void releaseUnheard() {
        world.dispatch.releaseAt(
                new WarehouseLocks() {
                    @Override
                    public Map<String, Later<Answer<Lock>>> lock(
                            Map<String, List<Parcel>> parcels, Map<String, Long> low) {
                        return world.warehouseLocks.lock(parcels, low);
                    }

                    @Override
                    public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
                        Map<String, Answer<Release>> lost = new LinkedHashMap<>();
                        world.warehouseLocks
                                .release(outbounds)
                                .forEach(
                                        (warehouse, answer) -> lost.put(warehouse, new Answer.Indeterminate<>("lost")));
                        return Answers.given(lost);
                    }
                },
                10);
    }

    /** Everything that is locked is shipped, and dispatch knows it. */
    void ship() {
        world.deeds.staff.shipAll();
        bring();
    }

    /** Every layer tells what it needs no longer, and purges what it may. */
    void purge() {
        world.deeds.purgers.purgeAll();
    }

    /** What is free at the node, as dispatch believes. */
    long free(String node) {
        return world.dispatch.ports.stock.balance(new Place.Node(Goods.cell(node, TEA)), DispatchBucket.FREE);
    }

    void rest() {
        world.rest();
    }

    private String number(String prefix) {
        return prefix + ++numbers;
    }
}
