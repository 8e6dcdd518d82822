package org.tierstock.local;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One layer's database and its two roles.
 *
 * @param jdbcUrl the database, without credentials
 * @param user the role that the service works with; it can change no table's definition
 * @param owner the role that migrations run with
 */
public record LayerDatabase(String jdbcUrl, String user, String password, String owner, String ownerPassword) {

    /** A url of one host; what goes before it, the host with its port, and the rest. */
    private static final Pattern JDBC_URL = Pattern.compile("(jdbc:postgresql://)([^/,]+:\\d+)(/.*)");

    /** The database as the process is told to reach it. */
    LayerDatabase seenBy(String process, Detours detours) {
        Matcher url = JDBC_URL.matcher(jdbcUrl);
        if (!url.matches()) {
            return this;
        }
        String told = url.group(1) + detours.address(process, "postgres", url.group(2)) + url.group(3);
        return new LayerDatabase(told, user, password, owner, ownerPassword);
    }

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
