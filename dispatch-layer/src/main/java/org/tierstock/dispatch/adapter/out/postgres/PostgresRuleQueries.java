package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.application.port.RuleQueries;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.AllotmentRule.Share;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.NodeKind;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.RowMapper;

/** Regions, nodes and rules to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresRuleQueries implements RuleQueries {
    /** A rule with its shares in one row; a condition on rule {@code t} is to follow. */
    private static final String ALLOTMENT_RULES = """
            SELECT t.*, s.channels, s.delivery_methods, s.ship_regions, s.weights, s.quantities
            FROM allotment_rule t
            CROSS JOIN LATERAL (
                SELECT array_agg(channel ORDER BY place) AS channels,
                       array_agg(delivery_method ORDER BY place) AS delivery_methods,
                       array_agg(ship_region ORDER BY place) AS ship_regions,
                       array_agg(weight ORDER BY place) AS weights, array_agg(quantity ORDER BY place) AS quantities
                FROM allotment_share WHERE rule = t.code) s
            """;

    private final Database database;

    @Inject
    PostgresRuleQueries(@Reads Database database) {
        this.database = database;
    }

    @Override
    public Optional<Revised<Region>> region(String code) {
        return one("SELECT * FROM region t", code, PostgresRuleQueries::region);
    }

    @Override
    public List<Revised<Region>> regions(String after, int limit) {
        return page("SELECT * FROM region t", after, limit, PostgresRuleQueries::region);
    }

    @Override
    public Optional<Revised<Node>> node(String code) {
        return one("SELECT * FROM node t", code, PostgresRuleQueries::node);
    }

    @Override
    public List<Revised<Node>> nodes(String after, int limit) {
        return page("SELECT * FROM node t", after, limit, PostgresRuleQueries::node);
    }

    @Override
    public Optional<Revised<AllotmentRule>> allotmentRule(String code) {
        return one(ALLOTMENT_RULES, code, PostgresRuleQueries::allotmentRule);
    }

    @Override
    public List<Revised<AllotmentRule>> allotmentRules(String after, int limit) {
        return page(ALLOTMENT_RULES, after, limit, PostgresRuleQueries::allotmentRule);
    }

    @Override
    public Optional<Revised<SourcingRule>> sourcingRule(String code) {
        return one("SELECT * FROM sourcing_rule t", code, PostgresRuleQueries::sourcingRule);
    }

    @Override
    public List<Revised<SourcingRule>> sourcingRules(String after, int limit) {
        return page("SELECT * FROM sourcing_rule t", after, limit, PostgresRuleQueries::sourcingRule);
    }

    private <T> Optional<T> one(String select, String code, RowMapper<T> mapper) {
        return database.queryOne(select + " WHERE t.code = ?", p -> p.text(1, code), mapper);
    }

    private <T> List<T> page(String select, String after, int limit, RowMapper<T> mapper) {
        return database.query(
                select + " WHERE t.code > ? ORDER BY t.code LIMIT ?",
                p -> p.text(1, after).integer(2, limit),
                mapper);
    }

    private static Revised<Region> region(ResultSet row) throws SQLException {
        return new Revised<>(new Region(row.getString("code"), row.getString("name")), row.getLong("revision"));
    }

    private static Revised<Node> node(ResultSet row) throws SQLException {
        return new Revised<>(
                new Node(
                        row.getString("code"),
                        row.getString("name"),
                        NodeKind.valueOf(row.getString("kind")),
                        row.getString("warehouse"),
                        Set.copyOf(texts(row, "regions")),
                        row.getInt("priority")),
                row.getLong("revision"));
    }

    private static Revised<AllotmentRule> allotmentRule(ResultSet row) throws SQLException {
        return new Revised<>(
                new AllotmentRule(
                        row.getString("code"),
                        row.getLong("revision"),
                        AllotmentRule.Kind.valueOf(row.getString("kind")),
                        row.getInt("priority"),
                        Set.copyOf(texts(row, "nodes")),
                        Set.copyOf(texts(row, "skus")),
                        shares(row)),
                row.getLong("revision"));
    }

    private static List<Share> shares(ResultSet row) throws SQLException {
        List<String> channels = texts(row, "channels");
        List<String> deliveryMethods = texts(row, "delivery_methods");
        List<String> shipRegions = texts(row, "ship_regions");
        Long[] weights = (Long[]) row.getArray("weights").getArray();
        Long[] quantities = (Long[]) row.getArray("quantities").getArray();
        List<Share> shares = new ArrayList<>(channels.size());
        for (int i = 0; i < channels.size(); i++) {
            shares.add(
                    new Share(channels.get(i), deliveryMethods.get(i), shipRegions.get(i), weights[i], quantities[i]));
        }
        return shares;
    }

    private static Revised<SourcingRule> sourcingRule(ResultSet row) throws SQLException {
        return new Revised<>(
                new SourcingRule(row.getString("code"), row.getString("ship_region"), texts(row, "nodes")),
                row.getLong("revision"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
