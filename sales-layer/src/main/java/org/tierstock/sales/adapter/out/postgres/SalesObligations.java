package org.tierstock.sales.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.tierstock.runtime.obligations.Obligation;
import org.tierstock.runtime.obligations.Obligations;

/** What the sales layer owes: to those whose stock is locked, and to those whose cancels wait. */
@ApplicationScoped
public class SalesObligations implements Obligations {
    @Override
    public List<Obligation> kinds() {
        return List.of(
                // Orders whose time to pay is over and that are still locked
                new Obligation("ORDER_OVERDUE", """
                        SELECT expires_at AS since FROM sales_order
                        WHERE state = 'PLACED' AND expires_at < now() ORDER BY expires_at
                        """),
                // Lines whose cancel was asked of dispatch and is not answered
                new Obligation("CANCEL_UNANSWERED", """
                        SELECT asked_at AS since FROM cancellation_line
                        WHERE asked > 0 AND answer_epoch IS NULL ORDER BY asked_at
                        """));
    }
}
