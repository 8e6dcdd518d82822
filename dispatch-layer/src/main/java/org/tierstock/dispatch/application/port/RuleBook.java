package org.tierstock.dispatch.application.port;

import java.util.Optional;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.SourcingRule;

/** The nodes and rules, each with its revision. A change makes a new version of the whole book. */
public interface RuleBook {
    /** A record with the revision that an edit must name. Revisions begin at 1. */
    record Revised<T>(T value, long revision) {}

    /** What is in force now. */
    Rules current();

    /** The region of that code. */
    Optional<Revised<Region>> region(String code);

    /** The node of that code. */
    Optional<Revised<Node>> node(String code);

    /** The allotment rule of that code. */
    Optional<Revised<AllotmentRule>> allotmentRule(String code);

    /** The sourcing rule of that code. */
    Optional<Revised<SourcingRule>> sourcingRule(String code);

    /** Writes a new or changed region; answers its revision. */
    long save(Region region);

    /** Writes a new or changed node; answers its revision. */
    long save(Node node);

    /** Writes a new or changed allotment rule; answers its revision. */
    long save(AllotmentRule rule);

    /** Writes a new or changed sourcing rule; answers its revision. */
    long save(SourcingRule rule);
}
