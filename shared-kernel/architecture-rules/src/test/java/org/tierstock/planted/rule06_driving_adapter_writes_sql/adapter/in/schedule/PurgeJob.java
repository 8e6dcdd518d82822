package org.tierstock.planted.rule06_driving_adapter_writes_sql.adapter.in.schedule;

import org.tierstock.planted.runtime.sql.Database;

public class PurgeJob {
    public void run(Database database) {
        database.update("DELETE FROM orders");
    }
}
