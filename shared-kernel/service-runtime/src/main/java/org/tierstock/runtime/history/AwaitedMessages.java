package org.tierstock.runtime.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.sql.Database;

/**
 * What peers lack of the messages that were carried to them. A broker that has stored a message and lost it says nothing: all
 * that shows it is that the receiver lacks the same number for minutes, while what only waits in a queue moves on.
 */
@ApplicationScoped
public class AwaitedMessages {
    /** Each time that this does not help, it is waited twice as long, this often: the receiver may be what stands still. */
    private static final int DOUBLINGS = 6;

    private final Database database;
    private final Duration patience;

    /**
     * For the container.
     *
     * @param patience how long the receiver lacks the same number before all from there is carried again
     */
    @Inject
    public AwaitedMessages(
            Database database,
            @ConfigProperty(name = "tierstock.exchange.carry-again-after", defaultValue = "3m") Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /** For the container's proxy. */
    protected AwaitedMessages() {
        this(null, null);
    }

    /**
     * A peer has started, and tells what it has taken: what it lacks is carried again at once. When that was done just before,
     * it is not: what is still missing then is found as anything that has not arrived. Each time that a peer asks for it again
     * so soon, it waits twice as long.
     */
    @Transactional
    public void met(String peer, List<AppliedPosition> taken) {
        database.update(
                """
                WITH %s, %s, allowed AS (
                    INSERT INTO peer_met AS m (peer) SELECT ? WHERE EXISTS (SELECT FROM lacking)
                    ON CONFLICT (peer) DO UPDATE
                    SET carried_again_at = now(),
                        again = CASE WHEN m.carried_again_at < now() - 2 * make_interval(secs => ? * power(2, m.again))
                                THEN 0 ELSE least(m.again + 1, ?) END
                    WHERE m.carried_again_at < now() - make_interval(secs => ? * power(2, m.again))
                    RETURNING peer
                )
                %s AND EXISTS (SELECT FROM allowed)
                """.formatted(Histories.TAKEN, Histories.LACKING, Histories.CARRY_AGAIN),
                p -> Histories.bind(p, taken)
                        .text(4, peer)
                        .text(5, peer)
                        .number(6, patience.toSeconds())
                        .integer(7, DOUBLINGS)
                        .number(8, patience.toSeconds()));
    }

    /**
     * A peer has told what it has taken: what it has lacked for too long will be carried again.
     *
     * @return how many messages
     */
    @Transactional
    public long told(String peer, List<AppliedPosition> taken) {
        database.update(
                """
                WITH %s, %s, come AS (
                    DELETE FROM stream_awaited a
                    WHERE receiver_of(a.stream) = ?
                      AND NOT EXISTS (SELECT FROM lacking l
                                      WHERE l.stream = a.stream AND l.partition = a.partition AND l.carrier = a.carrier)
                )
                INSERT INTO stream_awaited AS a (stream, partition, carrier, sequence)
                SELECT stream, partition, carrier, first FROM lacking ORDER BY stream, partition, carrier
                ON CONFLICT (stream, partition, carrier) DO UPDATE SET sequence = excluded.sequence, since = now(), again = 0
                WHERE a.sequence <> excluded.sequence
                """.formatted(Histories.TAKEN, Histories.LACKING),
                p -> Histories.bind(p, taken).text(4, peer).text(5, peer));
        database.update(
                "INSERT INTO peer_told (peer) VALUES (?) ON CONFLICT (peer) DO UPDATE SET told_at = now()",
                p -> p.text(1, peer));
        return database.query(
                        """
                        WITH lost AS (
                            UPDATE stream_awaited a SET since = now(), again = a.again + 1
                            FROM stream_carried c
                            WHERE c.stream = a.stream AND c.partition = a.partition AND c.carrier = a.carrier
                              AND receiver_of(a.stream) = ? AND a.sequence <= c.sequence
                              AND a.since < now() - make_interval(secs => ? * power(2, least(a.again, ?)))
                            RETURNING a.stream, a.partition, a.carrier, a.sequence, c.sequence - a.sequence + 1 AS messages
                        ), set_back AS (
                            UPDATE stream_carried c SET sequence = l.sequence - 1
                            FROM lost l
                            WHERE l.stream = c.stream AND l.partition = c.partition AND l.carrier = c.carrier
                        )
                        SELECT coalesce(sum(messages), 0)::bigint FROM lost
                        """,
                        p -> p.text(1, peer).number(2, patience.toSeconds()).integer(3, DOUBLINGS),
                        row -> row.getLong(1))
                .getFirst();
    }
}
