package org.tierstock.planted.rule07_jdbc_away_from_home.adapter.in.rest;

import java.sql.Connection;
import java.sql.SQLException;

public class RawResource {
    public String catalog(Connection connection) throws SQLException {
        return connection.getCatalog();
    }
}
