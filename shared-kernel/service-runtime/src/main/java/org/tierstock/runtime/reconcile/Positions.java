package org.tierstock.runtime.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.readers.Spools;
import org.tierstock.runtime.sql.Database;

/**
 * States this layer's positions at a cut: the current balance, less the effects of messages beyond the cut, whether it
 * sent or applied them. One statement, hence one snapshot; several scopes may be stated in it.
 */
@ApplicationScoped
public class Positions {
    private static final Pattern NAME = Pattern.compile("[a-z_]+");

    private final Database database;
    private final Spools spools;
    private final Floors floors;

    @Inject
    public Positions(@Reads Database database, Spools spools, Floors floors) {
        this.database = database;
        this.spools = spools;
        this.floors = floors;
    }

    /** For the container's proxy. */
    protected Positions() {
        this(null, null, null);
    }

    /**
     * The positions of every key that has one, in {@link KeyPosition#ORDER}, put aside for whoever compares or sends them.
     *
     * @param view a view of the layer with the columns scope, key, sku and quantity: the balances as they are now; the text
     *     of a key ends with its SKU
     * @param sku of this one only; empty for all
     * @throws CutTooOld when messages beyond the cut were purged
     */
    public StatedPositions at(String view, Cut cut, String sku) {
        if (!NAME.matcher(view).matches()) {
            throw new IllegalArgumentException("Not the name of a view: " + view);
        }
        StatedPositions stated = new StatedPositions(spools.open());
        try {
            state(view, cut, sku, stated);
            floors.require(cut);
            return stated;
        } catch (RuntimeException | Error e) {
            stated.close();
            throw e;
        }
    }

    private void state(String view, Cut cut, String sku, StatedPositions stated) {
        List<AppliedPosition> applied = cut.applied();
        List<String> streams = cut.streams();
        database.stream(
                """
                WITH beyond AS (
                    SELECT s.stream, s.scope, p.partition::smallint AS partition, lower(gap) AS first,
                           coalesce(upper(gap), 9223372036854775807) AS behind
                    FROM unnest(?::text[], ?::text[]) AS s (stream, scope)
                    CROSS JOIN generate_series(0, ?) AS p (partition)
                    LEFT JOIN unnest(?::text[], ?::smallint[], ?::text[]) AS a (stream, partition, numbers)
                      ON a.stream = s.stream AND a.partition = p.partition
                    CROSS JOIN LATERAL unnest('{[1,)}'::int8multirange - coalesce(a.numbers::int8multirange, '{}'))
                      AS gap
                ), later AS (
                    SELECT b.scope, m.* FROM beyond b CROSS JOIN LATERAL (
                        SELECT effect_keys, effect_quantities FROM inbox i
                        WHERE i.stream = b.stream AND i.partition = b.partition
                          AND i.sequence >= b.first AND i.sequence < b.behind
                        UNION ALL
                        SELECT effect_keys, effect_quantities FROM outbox o
                        WHERE o.stream = b.stream AND o.partition = b.partition
                          AND o.sequence >= b.first AND o.sequence < b.behind) m
                ), effect AS (
                    SELECT l.scope, e.key, sum(e.quantity) AS quantity
                    FROM later l CROSS JOIN LATERAL unnest(effect_keys, effect_quantities) AS e (key, quantity)
                    WHERE %2$s GROUP BY l.scope, e.key
                ), balance AS (
                    SELECT scope, key, sum(quantity) AS quantity FROM %1$s
                    WHERE scope = ANY (?::text[]) AND %3$s GROUP BY scope, key
                ), position AS (
                    SELECT coalesce(b.scope, e.scope) AS scope, coalesce(b.key, e.key) AS key,
                           coalesce(b.quantity, 0) - coalesce(e.quantity, 0) AS quantity
                    FROM balance b FULL JOIN effect e ON e.scope = b.scope AND e.key = b.key
                )
                SELECT scope, key, quantity FROM position WHERE quantity <> 0
                ORDER BY scope COLLATE "C", key COLLATE "C"
                """.formatted(
                                view,
                                sku.isEmpty() ? "true" : "starts_with(reverse(e.key), reverse('/' || ?))",
                                sku.isEmpty() ? "true" : "sku = ?"),
                p -> {
                    p.texts(1, streams)
                            .texts(2, streams, cut.scopes()::get)
                            .integer(3, Partitions.COUNT - 1)
                            .texts(4, applied, AppliedPosition::stream)
                            .longs(5, applied, AppliedPosition::partition)
                            .texts(6, applied, a -> a.numbers().text());
                    int next = 7;
                    if (!sku.isEmpty()) {
                        p.text(next++, sku);
                    }
                    p.texts(next++, List.copyOf(new HashSet<>(cut.scopes().values())));
                    if (!sku.isEmpty()) {
                        p.text(next, sku);
                    }
                },
                row -> new KeyPosition(row.getString(1), row.getString(2), row.getLong(3)),
                stated::add);
    }
}
