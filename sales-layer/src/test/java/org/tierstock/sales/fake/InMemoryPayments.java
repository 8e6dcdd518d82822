package org.tierstock.sales.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.sales.application.port.Payments;
import org.tierstock.sales.domain.Payment;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** Payments in memory. */
public final class InMemoryPayments implements Payments {
    private final Map<String, Payment> payments;

    public InMemoryPayments(InMemoryTransactions transactions) {
        this.payments = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, Payment> load(Collection<String> documents) {
        Map<String, Payment> found = new HashMap<>();
        for (String document : documents) {
            Payment payment = payments.get(document);
            if (payment != null) {
                found.put(document, payment);
            }
        }
        return found;
    }

    /** All payments, oldest first. */
    Collection<Payment> all() {
        return payments.values();
    }

    void storeMissing(Payment known) {
        payments.putIfAbsent(known.document(), known);
    }

    @Override
    public void insert(List<Payment> answered) {
        for (Payment payment : answered) {
            if (payments.putIfAbsent(payment.document(), payment) != null) {
                throw new IllegalStateException("Payment " + payment.document() + " exists");
            }
        }
    }
}
