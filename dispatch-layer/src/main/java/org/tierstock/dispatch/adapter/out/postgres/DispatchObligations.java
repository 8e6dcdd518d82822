package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.tierstock.runtime.obligations.Obligation;
import org.tierstock.runtime.obligations.Obligations;

/** What the dispatch layer owes: to buyers whose lines nobody covers yet, and to warehouses and channels not yet answered. */
@ApplicationScoped
public class DispatchObligations implements Obligations {
    @Override
    public List<Obligation> kinds() {
        return List.of(
                // Outbounds whose lock was asked of a warehouse and is not answered
                new Obligation("LOCK_UNANSWERED", """
                        SELECT requested_at AS since FROM outbound WHERE state = 'REQUESTED' ORDER BY rank
                        """),
                // Order lines that no node covers
                new Obligation("LINE_SHORT", """
                        SELECT short_since AS since FROM dispatch_line WHERE shortage > 0 ORDER BY rank + 0
                        """),
                // Lines of accepted cancels whose outbounds are still to be released
                new Obligation("CANCEL_OPEN", """
                        SELECT (SELECT min(c.accepted_at) FROM line_cancel c
                                WHERE c.order_number = l.order_number AND c.line = l.line
                                  AND c.done + c.refused < c.accepted) AS since
                        FROM dispatch_line l WHERE open > asked ORDER BY rank
                        """),
                // Outbounds whose release was asked of a warehouse and is not answered
                new Obligation("RELEASE_UNANSWERED", """
                        SELECT release_asked_at AS since FROM outbound WHERE release IS NOT NULL ORDER BY release_asked_at
                        """),
                // Cells of stock of which more is promised than there is
                new Obligation("DEFICIT", """
                        SELECT deficit_since AS since FROM cell_stock WHERE deficit < 0 ORDER BY deficit_since
                        """),
                // Refused quantities kept back until the message comes that explains them
                new Obligation("REFUSAL_HELD", """
                        SELECT refused_at AS since FROM refusal WHERE held > 0 ORDER BY refused_at
                        """),
                // Promises asked back from the sales layer and not answered
                new Obligation("REVOCATION_UNANSWERED", """
                        SELECT sent_at AS since FROM revocation WHERE taken IS NULL ORDER BY sent_at
                        """));
    }
}
