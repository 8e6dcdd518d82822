package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.runtime.sql.Database;

/** The nodes and rules as postings need them: all at once, and read again only when their version has changed. */
@ApplicationScoped
class PostgresRules {
    private static final int PAGE = 1_000;

    private final Database database;
    private final PostgresRuleQueries queries;
    private volatile Rules last = new Rules(0, List.of(), List.of(), List.of());

    @Inject
    PostgresRules(Database database) {
        this.database = database;
        this.queries = new PostgresRuleQueries(database);
    }

    /** What is in force now. */
    Rules current() {
        long version = database.query(
                        "SELECT version FROM rule_version", Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
        Rules known = last;
        if (known.version() != version) {
            // The version was read first: rules that are newer than it are read again under the next one.
            known = new Rules(
                    version,
                    all(queries::nodes, Node::code),
                    all(queries::allotmentRules, AllotmentRule::code),
                    all(queries::sourcingRules, SourcingRule::code));
            last = known;
        }
        return known;
    }

    private static <T> List<T> all(BiFunction<String, Integer, List<Revised<T>>> page, Function<T, String> code) {
        List<T> all = new ArrayList<>();
        String after = "";
        while (true) {
            List<T> found = page.apply(after, PAGE).stream().map(Revised::value).toList();
            all.addAll(found);
            if (found.size() < PAGE) {
                return all;
            }
            after = code.apply(found.getLast());
        }
    }
}
