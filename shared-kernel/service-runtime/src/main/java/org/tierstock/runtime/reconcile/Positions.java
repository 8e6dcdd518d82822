package org.tierstock.runtime.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.sql.Database;

/**
 * States this layer's positions at a cut: the current balance, less the effects of messages beyond the cut, whether it
 * sent or applied them. One statement, hence one snapshot.
 */
@ApplicationScoped
public class Positions {
    private static final Pattern NAME = Pattern.compile("[a-z_]+");

    private record Beyond(String stream, int partition, long sequence) {}

    private final Database database;
    private final Floors floors;

    @Inject
    public Positions(Database database, Floors floors) {
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
        List<Beyond> beyond = applied.stream()
                .flatMap(a -> a.beyond().stream().map(sequence -> new Beyond(a.stream(), a.partition(), sequence)))
                .toList();
        List<KeyPosition> stated = database.survey(
                """
                WITH cut AS (
                    SELECT s.stream, p.partition::smallint AS partition, coalesce(a.contiguous, 0) AS contiguous
                    FROM unnest(?::text[]) AS s (stream)
                    CROSS JOIN generate_series(0, ?) AS p (partition)
                    LEFT JOIN unnest(?::text[], ?::smallint[], ?::bigint[]) AS a (stream, partition, contiguous)
                      ON a.stream = s.stream AND a.partition = p.partition
                ), in_cut AS (
                    SELECT * FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS b (stream, partition, sequence)
                ), later AS (
                    SELECT m.* FROM cut c CROSS JOIN LATERAL (
                        SELECT stream, partition, sequence, effect_keys, effect_quantities FROM inbox i
                        WHERE i.stream = c.stream AND i.partition = c.partition AND i.sequence > c.contiguous
                        UNION ALL
                        SELECT stream, partition, sequence, effect_keys, effect_quantities FROM outbox o
                        WHERE o.stream = c.stream AND o.partition = c.partition AND o.sequence > c.contiguous) m
                    WHERE NOT EXISTS (SELECT FROM in_cut b WHERE b.stream = m.stream AND b.partition = m.partition
                                                             AND b.sequence = m.sequence)
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
                        .longs(5, applied, AppliedPosition::contiguous)
                        .texts(6, beyond, Beyond::stream)
                        .longs(7, beyond, Beyond::partition)
                        .longs(8, beyond, Beyond::sequence)
                        .text(9, scope),
                row -> new KeyPosition(row.getString(1), row.getLong(2)));
        floors.require(cut);
        return stated;
    }
}
