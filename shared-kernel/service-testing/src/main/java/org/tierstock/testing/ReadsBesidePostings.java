package org.tierstock.testing;

import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.tierstock.runtime.sql.Database;

/**
 * Asks all that GET gets of a layer while its postings have every connection of theirs: whoever asked for one of those would
 * wait for it, and be refused. Each time nothing has been asked before, so that nothing is remembered yet.
 */
public final class ReadsBesidePostings {
    private static final String SHOWN = "200";
    private static final String NOT_FOUND = "404";

    /** What of the runtime's is asked for by a number that there is not. */
    private static final Set<String> NOT_THERE = Set.of(
            "AdjustmentsResource.show",
            "AuditsResource.show",
            "BackupsResource.show",
            "DifferencesResource.report",
            "ReconciliationsResource.show",
            "RestorationsResource.show");

    private final Database reads;
    private final Class<?>[] layer;

    /**
     * Asks nothing yet.
     *
     * @param database what the readers read
     * @param layer a class of each of the layer's modules
     */
    public ReadsBesidePostings(EmbeddedDatabase database, Class<?>... layer) {
        this.reads = new Database(database.dataSource());
        this.layer = layer.clone();
    }

    /**
     * Tells which GET does not answer, or not what it should.
     *
     * @param there what there is of the layer, by the names of the parameters of path and query
     * @param nowhere what there is not
     */
    public List<String> complaints(Map<String, Object> there, Map<String, Object> nowhere) {
        List<String> complaints = new ArrayList<>();
        answers(there).forEach((name, answer) -> {
            if (!answer.equals(NOT_THERE.contains(name) ? NOT_FOUND : SHOWN)) {
                complaints.add(name + " of " + there + ": " + answer);
            }
        });
        answers(nowhere).forEach((name, answer) -> {
            if (!answer.equals(SHOWN) && !answer.equals(NOT_FOUND)) {
                complaints.add(name + " of " + nowhere + ": " + answer);
            }
        });
        return complaints;
    }

    private Map<String, String> answers(Map<String, Object> asked) {
        return new Entrances(new Database(allTaken()), reads, layer).answers(asked);
    }

    private static DataSource allTaken() {
        return (DataSource) Proxy.newProxyInstance(
                ReadsBesidePostings.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (pool, method, given) -> {
                    throw new SQLTransientConnectionException("The postings have all their connections");
                });
    }
}
