package org.tierstock.runtime.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/**
 * States this layer's positions at a cut: the current balance, less the effects of messages beyond the cut, whether it
 * sent or applied them. One statement, hence one snapshot.
 */
@ApplicationScoped
public class Positions {
    private static final Pattern NAME = Pattern.compile("[a-z_]+");

    private final Database database;
    private final Floors floors;

    @Inject
    public Positions(@Reads Database database, Floors floors) {
        this.database = database;
        this.floors = floors;
    }

    /** For the container's proxy. */
    protected Positions() {
        this(null, null);
    }

    /**
     * The positions of every key that has one, in the order of the keys' characters.
     *
     * @param view a view of the layer with the columns scope, key and quantity: the balances as they are now
     * @param scope which of the view's rows: a warehouse, or empty
     * @throws CutTooOld when messages beyond the cut were purged
     */
    public List<KeyPosition> at(String view, String scope, Cut cut) {
        if (!NAME.matcher(view).matches()) {
            throw new IllegalArgumentException("Not the name of a view: " + view);
        }
        List<AppliedPosition> applied = cut.applied();
        List<KeyPosition> stated = database.survey(
                """
                WITH beyond AS (
                    SELECT s.stream, p.partition::smallint AS partition, lower(gap) AS first,
                           coalesce(upper(gap), 9223372036854775807) AS behind
                    FROM unnest(?::text[]) AS s (stream)
                    CROSS JOIN generate_series(0, ?) AS p (partition)
                    LEFT JOIN unnest(?::text[], ?::smallint[], ?::text[]) AS a (stream, partition, numbers)
                      ON a.stream = s.stream AND a.partition = p.partition
                    CROSS JOIN LATERAL unnest('{[1,)}'::int8multirange - coalesce(a.numbers::int8multirange, '{}'))
                      AS gap
                ), later AS (
                    SELECT m.* FROM beyond b CROSS JOIN LATERAL (
                        SELECT effect_keys, effect_quantities FROM inbox i
                        WHERE i.stream = b.stream AND i.partition = b.partition
                          AND i.sequence >= b.first AND i.sequence < b.behind
                        UNION ALL
                        SELECT effect_keys, effect_quantities FROM outbox o
                        WHERE o.stream = b.stream AND o.partition = b.partition
                          AND o.sequence >= b.first AND o.sequence < b.behind) m
                ), effect AS (
                    SELECT e.key, sum(e.quantity) AS quantity
                    FROM later CROSS JOIN LATERAL unnest(effect_keys, effect_quantities) AS e (key, quantity)
                    GROUP BY e.key
                ), balance AS (
                    SELECT key, sum(quantity) AS quantity FROM %s WHERE scope = ? GROUP BY key
                ), position AS (
                    SELECT coalesce(b.key, e.key) AS key, coalesce(b.quantity, 0) - coalesce(e.quantity, 0) AS quantity
                    FROM balance b FULL JOIN effect e ON e.key = b.key
                )
                SELECT key, quantity FROM position WHERE quantity <> 0 ORDER BY key COLLATE "C"
                """.formatted(view),
                p -> p.texts(1, cut.streams())
                        .integer(2, Partitions.COUNT - 1)
                        .texts(3, applied, AppliedPosition::stream)
                        .longs(4, applied, AppliedPosition::partition)
                        .texts(5, applied, a -> a.numbers().text())
                        .text(6, scope),
                row -> new KeyPosition(row.getString(1), row.getLong(2)));
        floors.require(cut);
        return stated;
    }
}
