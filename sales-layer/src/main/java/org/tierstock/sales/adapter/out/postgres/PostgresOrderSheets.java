package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.OrderSheets;
import org.tierstock.sales.domain.OrderNumber;

/** Sheets of orders, written by PostgreSQL. */
@Singleton
class PostgresOrderSheets implements OrderSheets {
    private final Database database;

    @Inject
    PostgresOrderSheets(Database database) {
        this.database = database;
    }

    @Override
    public Map<OrderNumber, String> of(Collection<OrderNumber> numbers) {
        Map<OrderNumber, String> sheets = HashMap.newHashMap(numbers.size());
        database.query(
                "SELECT number, sheet FROM order_sheet WHERE number = ANY(?)",
                p -> p.texts(1, List.copyOf(numbers), OrderNumber::text),
                row -> sheets.put(OrderNumber.parse(row.getString(1)), row.getString(2)));
        return sheets;
    }
}
