package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.domain.SourcingRule;

/** A sourcing rule as Hibernate stores it. */
@Entity
@Table(name = "sourcing_rule")
class SourcingRuleEntity {
    @Id
    String code;

    @Column(name = "ship_region")
    String shipRegion;

    String[] nodes;
    long revision;

    /** Takes everything over. */
    void take(SourcingRule rule) {
        code = rule.code();
        shipRegion = rule.shipRegion();
        nodes = rule.nodes().toArray(String[]::new);
        revision++;
    }

    Revised<SourcingRule> revised() {
        return new Revised<>(new SourcingRule(code, shipRegion, List.of(nodes)), revision);
    }
}
