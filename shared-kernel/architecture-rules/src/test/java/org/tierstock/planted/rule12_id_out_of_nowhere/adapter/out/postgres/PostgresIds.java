package org.tierstock.planted.rule12_id_out_of_nowhere.adapter.out.postgres;

import java.util.UUID;

public class PostgresIds {
    public String next() {
        return UUID.randomUUID().toString();
    }
}
