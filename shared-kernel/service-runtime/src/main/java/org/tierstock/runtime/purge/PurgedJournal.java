package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.sql.Database;

/**
 * The count of this layer's transactions (protocol 11.8), but for its end.
 *
 * <p>A database that was set back is known by a number that a peer has seen and the journal lacks. Such a number is beyond the
 * journal's last one, or it is that of a transaction which was open when the backup was made and is lost with it, while later
 * ones are not. Both are found as long as the journal of the backup reaches back to before the transactions that were open
 * then, which take a minute at most. Numbers before its first one are not asked for ({@code Histories.lost}); so rows go in
 * the order of their numbers, without a gap, and those of open transactions are far behind. The last rows stay whatever their
 * age: without any the journal could not say where it begins.
 */
@ApplicationScoped
public class PurgedJournal implements PurgedRows {
    /** However short the time for which rows are kept: no transaction is open for so long. */
    private static final long LEAST_SECONDS = 3_600;

    private final Database database;
    private final int least;

    /** @param least so many of the last rows stay, whatever their age; the last one always does */
    @Inject
    public PurgedJournal(Database database, @ConfigProperty(name = "tierstock.purge.journal-least") int least) {
        this.database = database;
        this.least = Math.max(1, least);
    }

    /** For the container's proxy. */
    protected PurgedJournal() {
        this(null, 0);
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public int purge(int limit, long keepSeconds) {
        // The first row that is to be kept ends the search for it, so that where nothing is old enough one row is read.
        return database.update(
                """
                DELETE FROM journal WHERE number <= (
                    SELECT max(number) FROM (
                        SELECT number FROM journal
                        WHERE number <= (SELECT max(number) FROM journal) - ?
                          AND number < coalesce((
                            SELECT number FROM (
                                SELECT number, written_at FROM journal ORDER BY number LIMIT ?) first
                            WHERE written_at >= now() - make_interval(secs => ?) ORDER BY number LIMIT 1), ?)
                        ORDER BY number LIMIT ?) old)
                """,
                p -> p.integer(1, least)
                        .integer(2, limit)
                        .number(3, Math.max(keepSeconds, LEAST_SECONDS))
                        .number(4, Long.MAX_VALUE)
                        .integer(5, limit));
    }
}
