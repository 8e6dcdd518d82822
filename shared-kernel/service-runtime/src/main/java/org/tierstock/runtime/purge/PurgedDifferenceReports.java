package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.sql.Database;

/** The daily reports of open differences of long ago. What is still open is in every later one, with its age. */
@ApplicationScoped
public class PurgedDifferenceReports implements PurgedRows {
    private final Database database;
    private final long keepSeconds;

    /** @param keep how long a report stays after its day */
    @Inject
    public PurgedDifferenceReports(
            Database database, @ConfigProperty(name = "tierstock.purge.reports-keep") Duration keep) {
        this.database = database;
        this.keepSeconds = keep.toSeconds();
    }

    /** For the container's proxy. */
    protected PurgedDifferenceReports() {
        this(null, Duration.ZERO);
    }

    @Override
    public String name() {
        return "difference_report";
    }

    /** First the lines, of which a report may have many, then the reports that have none left. */
    @Override
    public int purge(int limit, long leastSeconds) {
        long seconds = Math.max(keepSeconds, leastSeconds);
        int lines = database.update("""
                DELETE FROM difference_report_line WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM difference_report_line WHERE day < (now() - make_interval(secs => ?))::date LIMIT ?))
                """, p -> p.number(1, seconds).integer(2, limit));
        return lines == limit
                ? lines
                : lines + database.update("""
                                DELETE FROM difference_report WHERE day IN (
                                    SELECT day FROM difference_report
                                    WHERE day < (now() - make_interval(secs => ?))::date ORDER BY day LIMIT ?)
                                """, p -> p.number(1, seconds).integer(2, limit - lines));
    }
}
