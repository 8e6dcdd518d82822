package org.tierstock.dispatch.domain;

import java.util.List;
import org.tierstock.movements.Code;

/**
 * In which order nodes are asked for orders of a region (S6, S36); nodes that it does not name come after, by priority.
 *
 * @param nodes node codes, first choice first
 */
public record SourcingRule(String code, String shipRegion, List<String> nodes) {
    public SourcingRule {
        Code.of("code", code);
        Code.of("shipRegion", shipRegion);
        nodes = List.copyOf(nodes);
        nodes.forEach(node -> Code.of("nodes", node));
    }
}
