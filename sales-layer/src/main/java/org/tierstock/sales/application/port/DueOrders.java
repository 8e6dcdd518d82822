package org.tierstock.sales.application.port;

import java.util.List;
import java.util.Set;
import org.tierstock.runtime.QueryPort;
import org.tierstock.sales.domain.OrderNumber;

/** Looks for orders that were not paid in time. */
@QueryPort
public interface DueOrders {
    /**
     * Unpaid orders of these partitions whose time is up by the database's clock, the longest overdue first. Read without a
     * lock: each may have been paid when its lock is held.
     */
    List<OrderNumber> due(Set<Integer> partitions, int limit);
}
