package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.runtime.work.WorkSignals;

/**
 * Describes regions and nodes and lays down rules (S4, S6, S9, S38). A change holds for what is free from then on, and brings
 * promises in line that it no longer makes.
 */
@ApplicationScoped
public class DefineRules {
    /** What became of an edit. */
    public sealed interface Outcome<T> {
        /** There was none of that code. */
        record Created<T>(Revised<T> revised) implements Outcome<T> {}

        /** It is as asked now; its revision grew if it was not so before. */
        record Changed<T>(Revised<T> revised) implements Outcome<T> {}

        /** Somebody else changed it since the revision that the edit names. */
        record Stale<T>(long revision) implements Outcome<T> {}

        /** It names regions or nodes that nobody has described. */
        record Unknown<T>(String field, Set<String> codes) implements Outcome<T> {
            public Unknown {
                codes = Set.copyOf(codes);
            }
        }
    }

    private final RuleBook ruleBook;
    private final WorkSignals signals;

    @Inject
    public DefineRules(RuleBook ruleBook, WorkSignals signals) {
        this.ruleBook = ruleBook;
        this.signals = signals;
    }

    /**
     * Describes a region.
     *
     * @param expected the revision that the edit is based on; null for any
     */
    @Transactional
    public Outcome<Region> region(Region region, Long expected) {
        return define(region, ruleBook.region(region.code()), expected, ruleBook::save);
    }

    /**
     * Describes a node.
     *
     * @param expected the revision that the edit is based on; null for any
     */
    @Transactional
    public Outcome<Node> node(Node node, Long expected) {
        Set<String> unknown = unknownRegions(node.regions());
        return unknown.isEmpty()
                ? define(node, ruleBook.node(node.code()), expected, ruleBook::save)
                : new Outcome.Unknown<>("regions", unknown);
    }

    /**
     * Lays down an allotment rule; its own revision is not looked at.
     *
     * @param expected the revision that the edit is based on; null for any
     */
    @Transactional
    public Outcome<AllotmentRule> allotmentRule(AllotmentRule rule, Long expected) {
        Set<String> nodes = unknownNodes(rule.nodes());
        Set<String> regions = unknownRegions(
                rule.shares().stream().map(AllotmentRule.Share::shipRegion).toList());
        if (!nodes.isEmpty() || !regions.isEmpty()) {
            return nodes.isEmpty()
                    ? new Outcome.Unknown<>("shares.shipRegion", regions)
                    : new Outcome.Unknown<>("nodes", nodes);
        }
        Optional<Revised<AllotmentRule>> before = ruleBook.allotmentRule(rule.code());
        long revision = before.map(Revised::revision).orElse(0L);
        return define(rule.revised(revision), before, expected, ruleBook::save);
    }

    /**
     * Lays down a sourcing rule.
     *
     * @param expected the revision that the edit is based on; null for any
     */
    @Transactional
    public Outcome<SourcingRule> sourcingRule(SourcingRule rule, Long expected) {
        Set<String> nodes = unknownNodes(rule.nodes());
        Set<String> regions = unknownRegions(List.of(rule.shipRegion()));
        if (!nodes.isEmpty() || !regions.isEmpty()) {
            return nodes.isEmpty()
                    ? new Outcome.Unknown<>("shipRegion", regions)
                    : new Outcome.Unknown<>("nodes", nodes);
        }
        return define(rule, ruleBook.sourcingRule(rule.code()), expected, ruleBook::save);
    }

    private <T> Outcome<T> define(T asked, Optional<Revised<T>> before, Long expected, ToLongFunction<T> save) {
        long revision = before.map(Revised::revision).orElse(0L);
        if (expected != null && expected != revision) {
            return new Outcome.Stale<>(revision);
        }
        if (before.isPresent() && before.get().value().equals(asked)) {
            return new Outcome.Changed<>(before.get());
        }
        Revised<T> after = new Revised<>(asked, save.applyAsLong(asked));
        signals.announce(Work.ALIGN_PROMISES);
        return before.isPresent() ? new Outcome.Changed<>(after) : new Outcome.Created<>(after);
    }

    private Set<String> unknownRegions(Collection<String> codes) {
        Set<String> unknown = new LinkedHashSet<>(codes);
        unknown.removeIf(code -> ruleBook.region(code).isPresent());
        return unknown;
    }

    private Set<String> unknownNodes(Collection<String> codes) {
        Set<String> unknown = new LinkedHashSet<>(codes);
        unknown.removeIf(code -> ruleBook.node(code).isPresent());
        return unknown;
    }
}
