package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.domain.AllotmentRule;

/** An allotment rule as Hibernate stores it. */
@Entity
@Table(name = "allotment_rule")
class AllotmentRuleEntity {
    @Id
    String code;

    String kind;
    int priority;
    String[] nodes;
    String[] skus;
    long revision;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "allotment_share", joinColumns = @JoinColumn(name = "rule"))
    @OrderColumn(name = "place")
    List<ShareColumns> shares = new ArrayList<>();

    /** Takes everything over. */
    void take(AllotmentRule rule) {
        code = rule.code();
        kind = rule.kind().name();
        priority = rule.priority();
        nodes = rule.nodes().stream().sorted().toArray(String[]::new);
        skus = rule.skus().stream().sorted().toArray(String[]::new);
        shares.clear();
        rule.shares().forEach(share -> shares.add(ShareColumns.of(share)));
        revision++;
    }

    Revised<AllotmentRule> revised() {
        AllotmentRule rule = new AllotmentRule(
                code,
                revision,
                AllotmentRule.Kind.valueOf(kind),
                priority,
                Set.of(nodes),
                Set.of(skus),
                shares.stream().map(ShareColumns::share).toList());
        return new Revised<>(rule, revision);
    }
}
