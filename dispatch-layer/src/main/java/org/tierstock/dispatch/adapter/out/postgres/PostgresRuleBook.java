package org.tierstock.dispatch.adapter.out.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.util.Optional;
import java.util.function.Supplier;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.DatabaseFailure;

/** The nodes and rules, edited by Hibernate. */
@ApplicationScoped
class PostgresRuleBook implements RuleBook {
    private final Database database;
    private final PostgresRules rules;
    private final RegionEntities regions;
    private final NodeEntities nodes;
    private final AllotmentRuleEntities allotmentRules;
    private final SourcingRuleEntities sourcingRules;

    @Inject
    PostgresRuleBook(
            Database database,
            PostgresRules rules,
            RegionEntities regions,
            NodeEntities nodes,
            AllotmentRuleEntities allotmentRules,
            SourcingRuleEntities sourcingRules) {
        this.database = database;
        this.rules = rules;
        this.regions = regions;
        this.nodes = nodes;
        this.allotmentRules = allotmentRules;
        this.sourcingRules = sourcingRules;
    }

    @Override
    public Rules current() {
        return rules.current();
    }

    @Override
    public Optional<Revised<Region>> region(String code) {
        return hold(regions, code).map(RegionEntity::revised);
    }

    @Override
    public Optional<Revised<Node>> node(String code) {
        return hold(nodes, code).map(NodeEntity::revised);
    }

    @Override
    public Optional<Revised<AllotmentRule>> allotmentRule(String code) {
        return hold(allotmentRules, code).map(AllotmentRuleEntity::revised);
    }

    @Override
    public Optional<Revised<SourcingRule>> sourcingRule(String code) {
        return hold(sourcingRules, code).map(SourcingRuleEntity::revised);
    }

    /** Locked, so that two edits of the same record are decided one after the other. */
    private static <E> Optional<E> hold(PanacheRepositoryBase<E, String> entities, String code) {
        return entities.findByIdOptional(code, LockModeType.PESSIMISTIC_WRITE);
    }

    @Override
    public long save(Region region) {
        RegionEntity entity = stored(regions, region.code(), RegionEntity::new);
        entity.take(region);
        write(regions, entity);
        return entity.revision;
    }

    @Override
    public long save(Node node) {
        NodeEntity entity = stored(nodes, node.code(), NodeEntity::new);
        entity.take(node);
        write(nodes, entity);
        return entity.revision;
    }

    @Override
    public long save(AllotmentRule rule) {
        AllotmentRuleEntity entity = stored(allotmentRules, rule.code(), AllotmentRuleEntity::new);
        entity.take(rule);
        write(allotmentRules, entity);
        return entity.revision;
    }

    @Override
    public long save(SourcingRule rule) {
        SourcingRuleEntity entity = stored(sourcingRules, rule.code(), SourcingRuleEntity::new);
        entity.take(rule);
        write(sourcingRules, entity);
        return entity.revision;
    }

    private static <E> E stored(PanacheRepositoryBase<E, String> entities, String code, Supplier<E> made) {
        return entities.findByIdOptional(code).orElseGet(made);
    }

    /** A refusal of the database is told as any posting's, so that a lost race is run again. */
    private <E> void write(PanacheRepositoryBase<E, String> entities, E entity) {
        try {
            entities.persistAndFlush(entity);
        } catch (PersistenceException e) {
            throw DatabaseFailure.behind(e);
        }
        database.updateExactly(1, "UPDATE rule_version SET version = version + 1", Database.Binder.NOTHING);
    }
}
