package org.tierstock.planted.rule03_application_writes_sql.application;

import org.tierstock.planted.runtime.sql.Database;

public class DeleteOrders {
    public void delete(Database database) {
        database.update("DELETE FROM orders");
    }
}
