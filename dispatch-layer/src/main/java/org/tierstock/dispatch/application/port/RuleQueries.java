package org.tierstock.dispatch.application.port;

import java.util.List;
import java.util.Optional;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.runtime.QueryPort;

/** Regions, nodes and rules to look at. Lists are in the order of codes and begin after the given one. */
@QueryPort
public interface RuleQueries {
    Optional<Revised<Region>> region(String code);

    List<Revised<Region>> regions(String after, int limit);

    Optional<Revised<Node>> node(String code);

    List<Revised<Node>> nodes(String after, int limit);

    Optional<Revised<AllotmentRule>> allotmentRule(String code);

    List<Revised<AllotmentRule>> allotmentRules(String after, int limit);

    Optional<Revised<SourcingRule>> sourcingRule(String code);

    List<Revised<SourcingRule>> sourcingRules(String after, int limit);
}
