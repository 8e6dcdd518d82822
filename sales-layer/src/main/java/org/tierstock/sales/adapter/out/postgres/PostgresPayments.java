package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.Payments;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.Payment.RefundReason;

/** Answered payments in PostgreSQL. */
@Singleton
class PostgresPayments implements Payments {
    static final String INSERT =
            "INSERT INTO payment (document, order_number, refund) SELECT * FROM unnest(?::text[], ?::text[], ?::text[])";

    private final Database database;

    @Inject
    PostgresPayments(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Payment> load(Collection<String> documents) {
        Map<String, Payment> payments = new HashMap<>();
        database.query(
                "SELECT document, order_number, refund FROM payment WHERE document = ANY(?)",
                p -> p.texts(1, List.copyOf(documents)),
                row -> payments.put(
                        row.getString(1),
                        new Payment(
                                row.getString(1),
                                OrderNumber.parse(row.getString(2)),
                                row.getString(3) == null ? null : RefundReason.valueOf(row.getString(3)))));
        return payments;
    }

    @Override
    public void insert(List<Payment> payments) {
        database.updateExactly(payments.size(), INSERT, columns(payments));
    }

    /** The parameters of {@link #INSERT}. */
    static Database.Binder columns(List<Payment> payments) {
        return p -> p.texts(1, payments, Payment::document)
                .texts(2, payments, payment -> payment.order().text())
                .texts(
                        3,
                        payments,
                        payment -> payment.refund() == null
                                ? null
                                : payment.refund().name());
    }
}
