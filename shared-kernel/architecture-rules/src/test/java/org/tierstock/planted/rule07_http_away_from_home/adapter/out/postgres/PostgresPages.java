package org.tierstock.planted.rule07_http_away_from_home.adapter.out.postgres;

import jakarta.ws.rs.core.Response;

public class PostgresPages {
    public int status() {
        return Response.Status.OK.getStatusCode();
    }
}
