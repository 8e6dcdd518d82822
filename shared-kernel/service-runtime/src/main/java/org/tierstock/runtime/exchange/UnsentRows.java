package org.tierstock.runtime.exchange;

import org.tierstock.movements.protocol.Streams;

/**
 * A query of the outbox rows that their own carrier has not passed yet, as stream, partition, sequence, written_at. A carrier
 * that never ran has passed none, whatever another one of the same stream has.
 *
 * <p>Each carrier is named in a part of its own: the index of what goes another way than most of its stream serves nothing
 * else.
 */
public final class UnsentRows {
    /** The only stream of which anything is called. Others would be read in vain, all that is kept of them. */
    private static final String CALLED = Streams.SALES_TO_DISPATCH;

    private UnsentRows() {}

    /**
     * The query.
     *
     * @param most how many rows of each stream partition and carrier, the oldest
     */
    public static String query(int most) {
        return of(Carrier.BROKER, most, "") + "UNION ALL\n"
                + of(Carrier.CALL, most, "AND h.stream = '" + CALLED + '\'');
    }

    private static String of(String carrier, int most, String streams) {
        return """
                SELECT h.stream, h.partition, o.sequence, o.written_at
                FROM stream_head h
                LEFT JOIN stream_carried c
                  ON c.stream = h.stream AND c.partition = h.partition AND c.carrier = '%1$s'
                CROSS JOIN LATERAL (
                    SELECT o.sequence, o.written_at FROM outbox o
                    WHERE o.stream = h.stream AND o.partition = h.partition
                      AND o.sequence > coalesce(c.sequence, 0) AND o.sequence <= h.sequence AND o.carrier = '%1$s'
                    ORDER BY o.sequence LIMIT %2$d) o
                WHERE h.sequence > coalesce(c.sequence, 0) %3$s
                """.formatted(carrier, most, streams);
    }
}
