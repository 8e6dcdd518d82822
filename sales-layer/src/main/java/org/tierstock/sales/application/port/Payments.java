package org.tierstock.sales.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tierstock.sales.domain.Payment;

/** The payments that were answered, by document number. */
public interface Payments {
    /** Those of these payments that exist. */
    Map<String, Payment> load(Collection<String> documents);

    /** Stores new payments. When another transaction stored one of the numbers first, this one fails and may be run again. */
    void insert(List<Payment> payments);
}
