package org.tierstock.runtime.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Finds the documents that last changed a position, for whoever has to explain a difference. */
@ApplicationScoped
public class DocumentsAround {
    /** How many documents are kept of one key. */
    static final int PER_KEY = 10;

    /** Of how many keys of one reconciliation. */
    static final int MOST_KEYS = 100;

    private final Database database;

    @Inject
    public DocumentsAround(@Reads Database database) {
        this.database = database;
    }

    /**
     * The documents of each key: those that were given up, and then the last ones, each newest first. Reads every message that
     * is kept, whatever the number of keys, so it may take minutes and is for the background.
     *
     * @param keys of more than {@value #MOST_KEYS} the first
     */
    Map<String, List<Reconciliation.Document>> of(List<String> keys) {
        List<String> wanted = keys.stream().distinct().limit(MOST_KEYS).toList();
        if (wanted.isEmpty()) {
            return Map.of();
        }
        return database.survey("""
                        WITH wanted AS (
                            SELECT ?::text[] AS keys
                        ), message AS (
                            SELECT stream, partition, sequence, type, business_key, effect_keys, written_at AS at,
                                   false AS given_up
                            FROM outbox
                            UNION ALL
                            SELECT stream, partition, sequence, type, business_key, effect_keys, applied_at, false
                            FROM inbox
                            UNION ALL
                            SELECT stream, partition, sequence, type, document, effect_keys, settled_at, true
                            FROM parked_message WHERE given_up
                        ), around AS (
                            SELECT e.key, m.type, m.business_key, m.stream, m.partition, m.sequence, m.at,
                                   m.given_up,
                                   row_number() OVER (PARTITION BY e.key
                                                      ORDER BY m.given_up DESC, m.at DESC, m.sequence DESC) AS nth
                            FROM wanted w JOIN message m ON m.effect_keys && w.keys
                            CROSS JOIN LATERAL unnest(m.effect_keys) AS e (key)
                            WHERE e.key = ANY (w.keys)
                        )
                        SELECT key, type, business_key, stream, partition, sequence, at, given_up
                        FROM around WHERE nth <= ? ORDER BY key, nth
                        """, p -> p.texts(1, wanted).integer(2, PER_KEY), DocumentOfKey::of).stream()
                .collect(DocumentOfKey.BY_KEY);
    }
}
