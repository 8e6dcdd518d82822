package org.tierstock.local;

import java.util.Map;

/**
 * One layer's database and its two roles.
 *
 * @param jdbcUrl the database, without credentials
 * @param user the role that the service works with; it can change no table's definition
 * @param owner the role that migrations run with
 */
public record LayerDatabase(String jdbcUrl, String user, String password, String owner, String ownerPassword) {

    Map<String, String> environment() {
        return Map.of(
                "TIERSTOCK_PG_URL", jdbcUrl,
                "TIERSTOCK_PG_USER", user,
                "TIERSTOCK_PG_PASSWORD", password,
                "TIERSTOCK_PG_OWNER", owner,
                "TIERSTOCK_PG_OWNER_PASSWORD", ownerPassword);
    }

    /** Without the passwords, so that a printed record gives nothing away. */
    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }
}
