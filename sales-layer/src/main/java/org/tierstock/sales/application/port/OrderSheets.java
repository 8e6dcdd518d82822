package org.tierstock.sales.application.port;

import java.util.Collection;
import java.util.Map;
import org.tierstock.sales.domain.OrderNumber;

/** Orders with their documents, as text that dispatch keeps (protocol 11.8). */
public interface OrderSheets {
    /** The sheets of those of these orders that exist. */
    Map<OrderNumber, String> of(Collection<OrderNumber> numbers);
}
