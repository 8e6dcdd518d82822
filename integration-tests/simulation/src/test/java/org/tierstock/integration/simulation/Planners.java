package org.tierstock.integration.simulation;

import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.application.DefineRules.Definition;
import org.tierstock.dispatch.application.GrantStock;
import org.tierstock.dispatch.application.RevokeStock;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.AllotmentRule.Share;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.NodeKind;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.movements.ChannelKey;
import org.tierstock.sales.domain.Channel;

/** Lay down rules and change them, grant and revoke by hand, and give shortages up. */
final class Planners {
    private final World world;
    private int numbers;

    Planners(World world) {
        this.world = world;
    }

    /** The regions, nodes and rules that a history begins with. */
    void describe() {
        Goods.REGIONS.forEach(region -> define(new Definition.OfRegion(new Region(region, region), null)));
        define(node("A", 1, Set.of(Goods.NORTH)));
        define(node("B", 2, Set.of(Goods.NORTH, Goods.SOUTH)));
        define(node("C", 3, Set.of(Goods.SOUTH)));
        define(ratio(2));
    }

    private void define(Definition definition) {
        world.dispatch.define(definition);
    }

    private static Definition node(String code, int priority, Set<String> regions) {
        return new Definition.OfNode(new Node(code, code, NodeKind.OWN_WAREHOUSE, code, regions, priority), null);
    }

    private static Definition ratio(long weight) {
        List<Share> shares = List.of(
                new Share("WEB", Goods.EXPRESS, Goods.NORTH, weight, 0),
                new Share("SHOP", Goods.EXPRESS, Goods.NORTH, 1, 0),
                new Share("WEB", Goods.EXPRESS, Goods.SOUTH, 1, 0));
        return new Definition.OfAllotmentRule(
                new AllotmentRule("ratio", 1, AllotmentRule.Kind.RATIO, 10, Set.of(), Set.of(), shares), null);
    }

    void changeRules() {
        if (!world.climate.ruleChanges()) {
            return;
        }
        Chance chance = world.chance();
        switch (chance.below(4)) {
            case 0 -> define(ratio(chance.upTo(3)));
            case 1 -> define(node("A", 1, chance.onceIn(2) ? Set.of(Goods.NORTH) : Set.of()));
            default ->
                define(node(
                        "B",
                        2,
                        chance.onceIn(2) ? Set.of(Goods.NORTH, Goods.SOUTH) : Set.of(chance.any(Goods.REGIONS))));
        }
        world.say("the rules change");
    }

    /** Orders to come go to another region by default; those that are there stay where they are. */
    void changeChannel() {
        Channel web = world.sales.ports.channels.find("web").orElseThrow();
        String region = world.chance().any(Goods.REGIONS);
        world.sales.ports.channels.change(new Channel(
                web.code(),
                web.name(),
                web.stockSource(),
                web.deductionMode(),
                web.holdSeconds(),
                web.deliveryMethod(),
                region));
        world.say("channel web ships to " + region);
    }

    void grantByHand() {
        Chance chance = world.chance();
        ChannelKey key = chance.any(Goods.KEYS);
        String node = chance.any(Goods.NODES);
        GrantStock.Outcome outcome = world.dispatch.grant(
                new GrantStock.Grant(number("G"), Goods.cell(node, key.sku()), key, chance.upTo(3)));
        world.say("granted by hand: " + outcome);
    }

    void revokeByHand() {
        Chance chance = world.chance();
        String node = chance.onceIn(2) ? chance.any(Goods.NODES) : "";
        RevokeStock.Outcome outcome = world.dispatch.revoke(
                new RevokeStock.Revoke(number("V"), chance.any(Goods.KEYS), chance.upTo(4), node));
        world.say("revoked by hand: " + outcome);
    }

    void issueRevocationAgain() {
        List<Revocation> pending = world.dispatch.ports.revocations.pending(Goods.SKUS);
        if (!pending.isEmpty()) {
            Revocation revocation = world.chance().any(pending);
            world.say("issued again: " + revocation);
            world.dispatch.issueAgain(revocation);
        }
    }

    void closeShortage() {
        List<DispatchLine> waiting = world.dispatch.ports.lines.all().stream()
                .filter(line -> line.shortage() > 0)
                .toList();
        if (!waiting.isEmpty()) {
            DispatchLine line = world.chance().any(waiting);
            world.say("shortage given up: " + line);
            world.dispatch.closeShortage(line.number());
        }
    }

    private String number(String prefix) {
        return prefix + world.step() + "-" + ++numbers;
    }
}
