package org.tierstock.runtime.obligations;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.tierstock.runtime.exchange.UnsentRows;

/** What every layer owes to others, and to the people who operate it. */
@ApplicationScoped
public class ExchangeObligations implements Obligations {
    /** How many unsent rows of a stream partition are counted: with those of all partitions enough for an alert. */
    private static final int MOST = 100;

    @Override
    public List<Obligation> kinds() {
        return List.of(
                // Messages and hand-overs that were written and not carried yet
                new Obligation("UNSENT", "SELECT written_at AS since FROM (" + UnsentRows.query(MOST) + ") unsent"),
                // Messages that were carried and that their receiver lacked when it last told
                new Obligation("AWAITED", """
                        SELECT o.written_at AS since
                        FROM stream_awaited a
                        JOIN outbox o ON o.stream = a.stream AND o.partition = a.partition AND o.sequence = a.sequence
                        """),
                // Receivers of what was carried have to tell what has arrived; until they first do, since the beginning
                new Obligation("LAST_TOLD", """
                        SELECT coalesce(t.told_at, i.installed_at) AS since
                        FROM unnest('{sales,dispatch}'::text[]) AS p (peer)
                        CROSS JOIN installation i
                        LEFT JOIN peer_told t ON t.peer = p.peer
                        WHERE EXISTS (SELECT FROM stream_carried c WHERE receiver_of(c.stream) = p.peer)
                        """),
                // Messages that could not be applied and wait for a person
                new Obligation("PARKED", """
                        SELECT parked_at AS since FROM parked_message WHERE state = 'PARKED' ORDER BY parked_id
                        """),
                // Numbers that have not come or not been applied, though later ones have: nothing is purged behind them
                new Obligation("GAP", """
                        SELECT i.applied_at AS since
                        FROM stream_mark m
                        JOIN inbox i ON i.stream = m.stream AND i.partition = m.partition
                          AND i.sequence = lower(m.applied * int8multirange(int8range(m.contiguous + 1, NULL)))
                        WHERE upper(m.applied) - 1 > m.contiguous
                        """),
                // Backups that are registered and not closed: nothing is purged behind them
                new Obligation("BACKUP_OPEN", """
                        SELECT registered_at AS since FROM backup WHERE closed_at IS NULL ORDER BY backup_id
                        """),
                // A database that was set back and is not repaired yet
                new Obligation("RESTORATION_OPEN", """
                        SELECT detected_at AS since FROM restoration WHERE state <> 'CLOSED'
                        """));
    }
}
