package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.AllotmentRule.Share;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.NodeKind;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.runtime.sql.Database;

/** The nodes and rules as postings need them: all at once, and read again only when their version has changed. */
@ApplicationScoped
public class PostgresRules {
    private final Database database;
    private volatile Rules last = new Rules(0, List.of(), List.of(), List.of());

    @Inject
    public PostgresRules(Database database) {
        this.database = database;
    }

    /** What is in force now. */
    public Rules current() {
        long version = database.query(
                        "SELECT version FROM rule_version", Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
        Rules known = last;
        if (known.version() != version) {
            // The version was read first: rules that are newer than it are read again under the next one.
            known = new Rules(version, nodes(), allotmentRules(), sourcingRules());
            last = known;
        }
        return known;
    }

    private List<Node> nodes() {
        return database.query(
                "SELECT * FROM node",
                Database.Binder.NOTHING,
                row -> new Node(
                        row.getString("code"),
                        row.getString("name"),
                        NodeKind.valueOf(row.getString("kind")),
                        row.getString("warehouse"),
                        Set.copyOf(texts(row, "regions")),
                        row.getInt("priority")));
    }

    private List<AllotmentRule> allotmentRules() {
        Map<String, List<Share>> shares = new HashMap<>();
        database.query("SELECT * FROM allotment_share ORDER BY rule, place", Database.Binder.NOTHING, row -> shares.computeIfAbsent(
                        row.getString("rule"), rule -> new ArrayList<>())
                .add(new Share(
                        row.getString("channel"),
                        row.getString("delivery_method"),
                        row.getString("ship_region"),
                        row.getLong("weight"),
                        row.getLong("quantity"))));
        return database
                .query(
                        "SELECT * FROM allotment_rule",
                        Database.Binder.NOTHING,
                        row -> new Stored(
                                row.getString("code"),
                                row.getLong("revision"),
                                AllotmentRule.Kind.valueOf(row.getString("kind")),
                                row.getInt("priority"),
                                texts(row, "nodes"),
                                texts(row, "skus")))
                .stream()
                // A rule that came to be between the two statements comes with the next version.
                .filter(rule -> shares.containsKey(rule.code()))
                .map(rule -> new AllotmentRule(
                        rule.code(),
                        rule.revision(),
                        rule.kind(),
                        rule.priority(),
                        Set.copyOf(rule.nodes()),
                        Set.copyOf(rule.skus()),
                        shares.get(rule.code())))
                .toList();
    }

    private record Stored(
            String code, long revision, AllotmentRule.Kind kind, int priority, List<String> nodes, List<String> skus) {}

    private List<SourcingRule> sourcingRules() {
        return database.query(
                "SELECT * FROM sourcing_rule",
                Database.Binder.NOTHING,
                row -> new SourcingRule(row.getString("code"), row.getString("ship_region"), texts(row, "nodes")));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
