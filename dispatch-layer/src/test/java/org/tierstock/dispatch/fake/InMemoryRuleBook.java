package org.tierstock.dispatch.fake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** The nodes and rules without a database. */
public final class InMemoryRuleBook implements RuleBook {
    private static final String VERSION = "version";

    private final Map<String, Revised<Region>> regions;
    private final Map<String, Revised<Node>> nodes;
    private final Map<String, Revised<AllotmentRule>> allotmentRules;
    private final Map<String, Revised<SourcingRule>> sourcingRules;
    private final Map<String, Long> version;

    public InMemoryRuleBook(InMemoryTransactions transactions) {
        this.regions = new InMemoryTable<>(transactions);
        this.nodes = new InMemoryTable<>(transactions);
        this.allotmentRules = new InMemoryTable<>(transactions);
        this.sourcingRules = new InMemoryTable<>(transactions);
        this.version = new InMemoryTable<>(transactions);
    }

    @Override
    public Rules current() {
        return new Rules(
                version.getOrDefault(VERSION, 1L), values(nodes), values(allotmentRules), values(sourcingRules));
    }

    private static <T> List<T> values(Map<String, Revised<T>> revised) {
        return revised.values().stream().map(Revised::value).toList();
    }

    @Override
    public Optional<Revised<Region>> region(String code) {
        return Optional.ofNullable(regions.get(code));
    }

    @Override
    public Optional<Revised<Node>> node(String code) {
        return Optional.ofNullable(nodes.get(code));
    }

    @Override
    public Optional<Revised<AllotmentRule>> allotmentRule(String code) {
        return Optional.ofNullable(allotmentRules.get(code));
    }

    @Override
    public Optional<Revised<SourcingRule>> sourcingRule(String code) {
        return Optional.ofNullable(sourcingRules.get(code));
    }

    @Override
    public long save(Region region) {
        long revision = next(regions, region.code());
        regions.put(region.code(), new Revised<>(region, revision));
        return revision;
    }

    @Override
    public long save(Node node) {
        long revision = next(nodes, node.code());
        nodes.put(node.code(), new Revised<>(node, revision));
        return revision;
    }

    @Override
    public long save(AllotmentRule rule) {
        long revision = next(allotmentRules, rule.code());
        allotmentRules.put(rule.code(), new Revised<>(rule.revised(revision), revision));
        return revision;
    }

    @Override
    public long save(SourcingRule rule) {
        long revision = next(sourcingRules, rule.code());
        sourcingRules.put(rule.code(), new Revised<>(rule, revision));
        return revision;
    }

    private <T> long next(Map<String, Revised<T>> records, String code) {
        version.merge(VERSION, 2L, (before, first) -> before + 1);
        Revised<T> before = records.get(code);
        return before == null ? 1 : before.revision() + 1;
    }
}
