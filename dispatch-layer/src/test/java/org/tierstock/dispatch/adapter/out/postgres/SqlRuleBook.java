package org.tierstock.dispatch.adapter.out.postgres;

import java.util.List;
import java.util.Optional;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.runtime.sql.Database;

/** Writes nodes and rules as the Hibernate rule book does, without Hibernate. */
final class SqlRuleBook implements RuleBook {
    private final Database database;
    private final PostgresRuleQueries queries;
    private final PostgresRules rules;

    SqlRuleBook(Database database) {
        this.database = database;
        this.queries = new PostgresRuleQueries(database);
        this.rules = new PostgresRules(database);
    }

    @Override
    public Rules current() {
        return rules.current();
    }

    @Override
    public Optional<Revised<Region>> region(String code) {
        return queries.region(code);
    }

    @Override
    public Optional<Revised<Node>> node(String code) {
        return queries.node(code);
    }

    @Override
    public Optional<Revised<AllotmentRule>> allotmentRule(String code) {
        return queries.allotmentRule(code);
    }

    @Override
    public Optional<Revised<SourcingRule>> sourcingRule(String code) {
        return queries.sourcingRule(code);
    }

    @Override
    public long save(Region region) {
        return revision(
                database.query("""
                INSERT INTO region VALUES (?, ?, 1)
                ON CONFLICT (code) DO UPDATE SET name = excluded.name, revision = region.revision + 1
                RETURNING revision
                """, p -> p.text(1, region.code()).text(2, region.name()), row -> row.getLong(1)));
    }

    @Override
    public long save(Node node) {
        return revision(database.query(
                """
                INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, 1)
                ON CONFLICT (code) DO UPDATE SET regions = excluded.regions, priority = excluded.priority,
                    revision = node.revision + 1
                RETURNING revision
                """,
                p -> p.text(1, node.code())
                        .text(2, node.name())
                        .text(3, node.kind().name())
                        .text(4, node.warehouse())
                        .texts(5, List.copyOf(node.regions()))
                        .integer(6, node.priority()),
                row -> row.getLong(1)));
    }

    @Override
    public long save(AllotmentRule rule) {
        database.update("DELETE FROM allotment_share WHERE rule = ?", p -> p.text(1, rule.code()));
        long revision = revision(database.query(
                """
                INSERT INTO allotment_rule VALUES (?, ?, ?, ?, ?, 1)
                ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, priority = excluded.priority,
                    nodes = excluded.nodes, skus = excluded.skus, revision = allotment_rule.revision + 1
                RETURNING revision
                """,
                p -> p.text(1, rule.code())
                        .text(2, rule.kind().name())
                        .integer(3, rule.priority())
                        .texts(4, List.copyOf(rule.nodes()))
                        .texts(5, List.copyOf(rule.skus())),
                row -> row.getLong(1)));
        for (int i = 0; i < rule.shares().size(); i++) {
            int place = i;
            AllotmentRule.Share share = rule.shares().get(i);
            database.update(
                    "INSERT INTO allotment_share VALUES (?, ?, ?, ?, ?, ?, ?)",
                    p -> p.text(1, rule.code())
                            .integer(2, place)
                            .text(3, share.channel())
                            .text(4, share.deliveryMethod())
                            .text(5, share.shipRegion())
                            .number(6, share.weight())
                            .number(7, share.quantity()));
        }
        return revision;
    }

    @Override
    public long save(SourcingRule rule) {
        return revision(database.query(
                """
                INSERT INTO sourcing_rule VALUES (?, ?, ?, 1)
                ON CONFLICT (code) DO UPDATE SET nodes = excluded.nodes, revision = sourcing_rule.revision + 1
                RETURNING revision
                """,
                p -> p.text(1, rule.code()).text(2, rule.shipRegion()).texts(3, rule.nodes()),
                row -> row.getLong(1)));
    }

    private long revision(List<Long> returned) {
        database.updateExactly(1, "UPDATE rule_version SET version = version + 1", Database.Binder.NOTHING);
        return returned.getFirst();
    }
}
