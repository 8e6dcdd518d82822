package org.tierstock.dispatch.adapter.in.rest;

import java.util.HashSet;
import java.util.List;
import org.tierstock.dispatch.application.DefineRules.Definition;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.NodeKind;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.SourcingRule;

/** The JSON of regions, nodes and rules. */
final class RuleBodies {
    private RuleBodies() {}

    /** A region as it shall be; without a name it is called by its code. */
    record RegionRequest(String name) {
        Definition definition(String code, Long expected) {
            return new Definition.OfRegion(new Region(code, name == null ? code : name), expected);
        }
    }

    record RegionBody(String code, String name) {
        static RegionBody of(Revised<Region> stored) {
            return new RegionBody(stored.value().code(), stored.value().name());
        }
    }

    /**
     * A node as it shall be; without a name it is called by its code.
     *
     * @param warehouse the warehouse that ships for it; null for the node's own code
     * @param regions the ship regions that it serves
     * @param priority the smaller, the sooner it is asked; null for 100
     */
    record NodeRequest(String name, NodeKind kind, String warehouse, List<String> regions, Integer priority) {
        Definition definition(String code, Long expected) {
            return new Definition.OfNode(
                    new Node(
                            code,
                            name == null ? code : name,
                            Bodies.present("kind", kind),
                            warehouse == null ? code : warehouse,
                            new HashSet<>(Bodies.orEmpty("regions", regions)),
                            priority == null ? 100 : priority),
                    expected);
        }
    }

    record NodeBody(String code, String name, NodeKind kind, String warehouse, List<String> regions, int priority) {
        static NodeBody of(Revised<Node> stored) {
            Node node = stored.value();
            return new NodeBody(
                    node.code(),
                    node.name(),
                    node.kind(),
                    node.warehouse(),
                    node.regions().stream().sorted().toList(),
                    node.priority());
        }
    }

    /**
     * An allotment rule as it shall be.
     *
     * @param priority the smaller, the sooner it is applied; null for 100
     * @param nodes null or empty: every node that serves a share
     * @param skus null or empty: all
     */
    record AllotmentRuleRequest(
            AllotmentRule.Kind kind,
            Integer priority,
            List<String> nodes,
            List<String> skus,
            List<ShareRequest> shares) {
        Definition definition(String code, Long expected) {
            return new Definition.OfAllotmentRule(
                    new AllotmentRule(
                            code,
                            0,
                            Bodies.present("kind", kind),
                            priority == null ? 100 : priority,
                            new HashSet<>(Bodies.orEmpty("nodes", nodes)),
                            new HashSet<>(Bodies.orEmpty("skus", skus)),
                            Bodies.orEmpty("shares", shares).stream()
                                    .map(ShareRequest::share)
                                    .toList()),
                    expected);
        }
    }

    /**
     * What one channel gets.
     *
     * @param channel the stock source
     * @param weight for RATIO
     * @param quantity for FIXED, whole units
     */
    record ShareRequest(String channel, String deliveryMethod, String shipRegion, Long weight, Long quantity) {
        AllotmentRule.Share share() {
            return new AllotmentRule.Share(
                    channel, deliveryMethod, shipRegion, weight == null ? 0 : weight, quantity == null ? 0 : quantity);
        }
    }

    record AllotmentRuleBody(
            String code,
            AllotmentRule.Kind kind,
            int priority,
            List<String> nodes,
            List<String> skus,
            List<ShareBody> shares) {
        static AllotmentRuleBody of(Revised<AllotmentRule> stored) {
            AllotmentRule rule = stored.value();
            return new AllotmentRuleBody(
                    rule.code(),
                    rule.kind(),
                    rule.priority(),
                    rule.nodes().stream().sorted().toList(),
                    rule.skus().stream().sorted().toList(),
                    rule.shares().stream().map(ShareBody::of).toList());
        }
    }

    record ShareBody(String channel, String deliveryMethod, String shipRegion, long weight, long quantity) {
        static ShareBody of(AllotmentRule.Share share) {
            return new ShareBody(
                    share.channel(), share.deliveryMethod(), share.shipRegion(), share.weight(), share.quantity());
        }
    }

    /**
     * A sourcing rule as it shall be.
     *
     * @param nodes node codes, first choice first
     */
    record SourcingRuleRequest(String shipRegion, List<String> nodes) {
        Definition definition(String code, Long expected) {
            return new Definition.OfSourcingRule(
                    new SourcingRule(code, shipRegion, Bodies.orEmpty("nodes", nodes)), expected);
        }
    }

    record SourcingRuleBody(String code, String shipRegion, List<String> nodes) {
        static SourcingRuleBody of(Revised<SourcingRule> stored) {
            return new SourcingRuleBody(
                    stored.value().code(),
                    stored.value().shipRegion(),
                    stored.value().nodes());
        }
    }
}
