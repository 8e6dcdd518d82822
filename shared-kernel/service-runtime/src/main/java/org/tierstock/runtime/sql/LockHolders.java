package org.tierstock.runtime.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.jboss.logging.Logger;

/** Says in the log, when a migration has failed, which sessions hold locks on tables: one of them may have been in its way. */
final class LockHolders implements Callback {
    private static final Logger LOG = Logger.getLogger(LockHolders.class);

    /** What a session runs is told only to roles that may see it; that it is there, to all. Postings take milliseconds. */
    private static final String HOLDERS = """
            SELECT format('pid %s (%s, %s) in a transaction since %s, locks %s, last statement: %s',
                          a.pid, a.usename, coalesce(nullif(a.application_name, ''), 'no name'),
                          coalesce(a.xact_start::text, 'a time that this role may not see'),
                          l.tables, left(regexp_replace(a.query, '\\s+', ' ', 'g'), 200))
            FROM (SELECT pid, string_agg(DISTINCT relation::regclass || ' ' || mode, ', ') AS tables
                  FROM pg_locks
                  WHERE granted AND locktype = 'relation' AND pid <> pg_backend_pid()
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND relation IN (SELECT oid FROM pg_class WHERE relkind IN ('r', 'p')
                                                                AND relnamespace = 'public'::regnamespace)
                  GROUP BY pid) l
            JOIN pg_stat_activity a USING (pid)
            WHERE a.xact_start IS NULL OR a.xact_start < clock_timestamp() - interval '500 milliseconds'
            ORDER BY a.xact_start NULLS FIRST, a.pid LIMIT 20
            """;

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE_ERROR;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            List<String> holders = holders(context.getConfiguration());
            if (!holders.isEmpty()) {
                LOG.errorf(
                        "The migration has failed and is begun again by the next start. These sessions hold locks on tables:"
                                + " %s",
                        String.join("; ", holders));
            }
        } catch (SQLException e) {
            LOG.debug("Nobody says who holds locks", e);
        }
    }

    /** Who holds locks on the service's tables, those of the longest transactions first. */
    static List<String> holders(Configuration flyway) throws SQLException {
        try (Connection connection = flyway.getDataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(HOLDERS)) {
            List<String> holders = new ArrayList<>();
            while (rows.next()) {
                holders.add(rows.getString(1));
            }
            return holders;
        }
    }

    @Override
    public String getCallbackName() {
        return "LockHolders";
    }
}
