package org.tierstock.dispatch.domain;

import java.util.List;
import java.util.Set;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Signed;

/** Words that the domain's tests share. */
public final class Fixtures {
    public static final Sku PHONE = new Sku("PHONE");
    public static final Sku CASE = new Sku("CASE");

    public static final Actor PLANNER = new Actor("planner", "jti-1", "0af7651916cd43dd8448eb211c80319c");

    private Fixtures() {}

    public static <D> Signed<D> signed(D asked) {
        return new Signed<>(asked, PLANNER);
    }

    public static NodeKey at(String node) {
        return new NodeKey(node, "MAIN", "OWN", Quality.NORMAL);
    }

    public static ChannelKey key(String channel, String region, Sku sku) {
        return new ChannelKey(channel, "EXPRESS", Quality.NORMAL, region, sku);
    }

    public static Node node(String code, int priority, String... regions) {
        return new Node(code, code, NodeKind.OWN_WAREHOUSE, code, Set.of(regions), priority);
    }

    public static AllotmentRule.Share weight(String channel, String region, long weight) {
        return new AllotmentRule.Share(channel, "EXPRESS", region, weight, 0);
    }

    public static AllotmentRule.Share fixed(String channel, String region, long quantity) {
        return new AllotmentRule.Share(channel, "EXPRESS", region, 0, quantity);
    }

    public static AllotmentRule rule(String code, AllotmentRule.Kind kind, AllotmentRule.Share... shares) {
        return new AllotmentRule(code, 1, kind, 10, Set.of(), Set.of(), List.of(shares));
    }

    public static Rules rules(List<Node> nodes, AllotmentRule... allotments) {
        return new Rules(1, nodes, List.of(allotments), List.of());
    }

    public static Reason because(String number) {
        return new Reason(Action.ADJUST, new DocumentLine(DocumentKind.STOCKTAKE, number, 0), null);
    }

    public static HandOver handOver(String order, int line, ChannelKey key, long quantity) {
        return new HandOver(order, line, key, quantity, key.shipRegion(), key.deliveryMethod(), "address", "", "");
    }

    /** Stock of a SKU with some units free at nodes: "A=10". */
    public static StockOfSku stock(Sku sku, String... free) {
        StockOfSku goods = new StockOfSku(sku, new Book<>(DispatchBucket.class));
        for (String balance : free) {
            String[] parts = balance.split("=");
            goods.receive(at(parts[0]), Long.parseLong(parts[1]), 0, because("opening"));
        }
        return goods;
    }

    public static void promise(StockOfSku goods, String node, ChannelKey key, long quantity) {
        Allotment.byHand(goods, at(node), key, quantity, "grant-" + node + key.channel());
    }
}
