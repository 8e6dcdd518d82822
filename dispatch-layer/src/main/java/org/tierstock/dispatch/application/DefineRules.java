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
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.changes.Signed;
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

    /**
     * One edit.
     *
     * @param expected the revision that it is based on; null for whatever is there
     * @param made where it is noted when it changes something
     */
    private record Edit(Long expected, Actor by, List<Change> made) {
        void note(String kind, String code, long revision, Object before, Object after) {
            made.add(new Change(kind, code, revision, before, after, by));
        }
    }

    private final RuleBook ruleBook;
    private final Changes changes;
    private final WorkSignals signals;

    @Inject
    public DefineRules(RuleBook ruleBook, Changes changes, WorkSignals signals) {
        this.ruleBook = ruleBook;
        this.changes = changes;
        this.signals = signals;
    }

    /**
     * Stores records as they are defined, and who changed what; a refused one leaves the others untouched.
     *
     * @return the outcomes in the order of the definitions
     */
    @Transactional
    public List<Outcome> define(List<Signed<Definition>> definitions) {
        List<Outcome> outcomes = new ArrayList<>(definitions.size());
        List<Change> made = new ArrayList<>();
        for (Signed<Definition> definition : definitions) {
            Actor by = definition.by();
            outcomes.add(
                    switch (definition.asked()) {
                        case Definition.OfRegion(Region region, Long expected) ->
                            define(region, new Edit(expected, by, made));
                        case Definition.OfNode(Node node, Long expected) -> define(node, new Edit(expected, by, made));
                        case Definition.OfAllotmentRule(AllotmentRule rule, Long expected) ->
                            define(rule, new Edit(expected, by, made));
                        case Definition.OfSourcingRule(SourcingRule rule, Long expected) ->
                            define(rule, new Edit(expected, by, made));
                    });
        }
        changes.append(made);
        return outcomes;
    }

    private Outcome define(Region region, Edit edit) {
        return define("REGION", region.code(), region, ruleBook.region(region.code()), edit, ruleBook::save);
    }

    private Outcome define(Node node, Edit edit) {
        Set<String> unknown = unknownRegions(node.regions());
        return unknown.isEmpty()
                ? define("NODE", node.code(), node, ruleBook.node(node.code()), edit, ruleBook::save)
                : new Outcome.Unknown("regions", unknown);
    }

    private Outcome define(AllotmentRule rule, Edit edit) {
        Set<String> nodes = unknownNodes(rule.nodes());
        Set<String> regions = unknownRegions(
                rule.shares().stream().map(AllotmentRule.Share::shipRegion).toList());
        if (!nodes.isEmpty() || !regions.isEmpty()) {
            return nodes.isEmpty()
                    ? new Outcome.Unknown("shares.shipRegion", regions)
                    : new Outcome.Unknown("nodes", nodes);
        }
        Optional<Revised<AllotmentRule>> before = ruleBook.allotmentRule(rule.code());
        return define("ALLOTMENT_RULE", rule.code(), rule.revised(revision(before)), before, edit, ruleBook::save);
    }

    private Outcome define(SourcingRule rule, Edit edit) {
        Set<String> nodes = unknownNodes(rule.nodes());
        Set<String> regions = unknownRegions(List.of(rule.shipRegion()));
        if (!nodes.isEmpty() || !regions.isEmpty()) {
            return nodes.isEmpty() ? new Outcome.Unknown("shipRegion", regions) : new Outcome.Unknown("nodes", nodes);
        }
        return define("SOURCING_RULE", rule.code(), rule, ruleBook.sourcingRule(rule.code()), edit, ruleBook::save);
    }

    private <T> Outcome define(
            String kind, String code, T asked, Optional<Revised<T>> before, Edit edit, ToLongFunction<T> save) {
        if (edit.expected() != null && edit.expected() != revision(before)) {
            return new Outcome.Outdated(revision(before));
        }
        if (before.isPresent() && before.get().value().equals(asked)) {
            return new Outcome.Defined(revision(before), false);
        }
        signals.announce(Work.ALIGN_PROMISES);
        long revision = save.applyAsLong(asked);
        edit.note(kind, code, revision, before.map(Revised::value).orElse(null), asked);
        return new Outcome.Defined(revision, before.isEmpty());
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
