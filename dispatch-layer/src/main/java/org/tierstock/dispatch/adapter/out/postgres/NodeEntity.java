package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Set;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.NodeKind;

/** A node as Hibernate stores it. */
@Entity
@Table(name = "node")
class NodeEntity {
    @Id
    String code;

    String name;
    String kind;
    String warehouse;
    String[] regions;
    int priority;
    long revision;

    /** Takes everything over. */
    void take(Node node) {
        code = node.code();
        name = node.name();
        kind = node.kind().name();
        warehouse = node.warehouse();
        regions = node.regions().stream().sorted().toArray(String[]::new);
        priority = node.priority();
        revision++;
    }

    Revised<Node> revised() {
        return new Revised<>(
                new Node(code, name, NodeKind.valueOf(kind), warehouse, Set.of(regions), priority), revision);
    }
}
