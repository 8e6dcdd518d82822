package org.tierstock.sales.application.port;

import java.util.List;
import org.tierstock.runtime.QueryPort;
import org.tierstock.sales.domain.OrderNumber;

/** Counts the lines of orders, before anybody reads them. */
@QueryPort
public interface OrderSizes {
    /** How many lines each of these orders has, in the same order; 0 of one that does not exist. */
    List<Integer> lines(List<OrderNumber> orders);
}
