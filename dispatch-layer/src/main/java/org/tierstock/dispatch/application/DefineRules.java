package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
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
    /**
     * One record as it shall be. Each names the revision that the edit is based on; null for whatever is there.
     */
    public sealed interface Definition {
        /** A region. */
        record OfRegion(Region region, Long expected) implements Definition {}

        /** A node. */
        record OfNode(Node node, Long expected) implements Definition {}

        /** An allotment rule; its own revision is not looked at. */
        record OfAllotmentRule(AllotmentRule rule, Long expected) implements Definition {}

        /** A sourcing rule. */
        record OfSourcingRule(SourcingRule rule, Long expected) implements Definition {}
    }

    /** What became of an edit. */
    public sealed interface Outcome {
        /**
         * It is as asked.
         *
         * @param created there was none of that code before
         */
        record Defined(long revision, boolean created) implements Outcome {}

        /** Somebody else changed it since the revision that the edit names. */
        record Outdated(long revision) implements Outcome {}

        /** It names regions or nodes that nobody has described. */
        record Unknown(String field, Set<String> codes) implements Outcome {
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
     * Stores records as they are defined; a refused one leaves the others untouched.
     *
     * @return the outcomes in the order of the definitions
     */
    @Transactional
    public List<Outcome> define(List<Definition> definitions) {
        List<Outcome> outcomes = new ArrayList<>(definitions.size());
        for (Definition definition : definitions) {
            outcomes.add(
                    switch (definition) {
                        case Definition.OfRegion(Region region, Long expected) ->
                            define(region, ruleBook.region(region.code()), expected, ruleBook::save);
                        case Definition.OfNode(Node node, Long expected) -> define(node, expected);
                        case Definition.OfAllotmentRule(AllotmentRule rule, Long expected) -> define(rule, expected);
                        case Definition.OfSourcingRule(SourcingRule rule, Long expected) -> define(rule, expected);
                    });
        }
        return outcomes;
    }

    private Outcome define(Node node, Long expected) {
        Set<String> unknown = unknownRegions(node.regions());
        return unknown.isEmpty()
                ? define(node, ruleBook.node(node.code()), expected, ruleBook::save)
                : new Outcome.Unknown("regions", unknown);
    }

    private Outcome define(AllotmentRule rule, Long expected) {
        Set<String> nodes = unknownNodes(rule.nodes());
        Set<String> regions = unknownRegions(
                rule.shares().stream().map(AllotmentRule.Share::shipRegion).toList());
        if (!nodes.isEmpty() || !regions.isEmpty()) {
            return nodes.isEmpty()
                    ? new Outcome.Unknown("shares.shipRegion", regions)
                    : new Outcome.Unknown("nodes", nodes);
        }
        Optional<Revised<AllotmentRule>> before = ruleBook.allotmentRule(rule.code());
        return define(rule.revised(revision(before)), before, expected, ruleBook::save);
    }

    private Outcome define(SourcingRule rule, Long expected) {
        Set<String> nodes = unknownNodes(rule.nodes());
        Set<String> regions = unknownRegions(List.of(rule.shipRegion()));
        if (!nodes.isEmpty() || !regions.isEmpty()) {
            return nodes.isEmpty() ? new Outcome.Unknown("shipRegion", regions) : new Outcome.Unknown("nodes", nodes);
        }
        return define(rule, ruleBook.sourcingRule(rule.code()), expected, ruleBook::save);
    }

    private <T> Outcome define(T asked, Optional<Revised<T>> before, Long expected, ToLongFunction<T> save) {
        if (expected != null && expected != revision(before)) {
            return new Outcome.Outdated(revision(before));
        }
        if (before.isPresent() && before.get().value().equals(asked)) {
            return new Outcome.Defined(revision(before), false);
        }
        signals.announce(Work.ALIGN_PROMISES);
        return new Outcome.Defined(save.applyAsLong(asked), before.isEmpty());
    }

    private static long revision(Optional<? extends Revised<?>> before) {
        return before.isPresent() ? before.get().revision() : 0;
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
