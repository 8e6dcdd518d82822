package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.port.OutboundCancels;

/** The answered cancel requests in PostgreSQL. */
@ApplicationScoped
public class PostgresOutboundCancels implements OutboundCancels {
    private final Database database;
    private final Installation installation;

    @Inject
    public PostgresOutboundCancels(Database database, Installation installation) {
        this.database = database;
        this.installation = installation;
    }

    @Override
    public Map<Request, Long> released(Collection<Request> asked) {
        List<Request> requests = List.copyOf(asked);
        Map<Request, Long> released = new HashMap<>();
        database.query(
                """
                SELECT outbound, request, released FROM outbound_cancellation
                JOIN unnest(?::text[], ?::text[]) AS r (outbound, request) USING (outbound, request)
                """,
                p -> p.texts(1, requests, Request::outbound).texts(2, requests, Request::request),
                row -> released.put(
                        new Request(row.getString("outbound"), row.getString("request")), row.getLong("released")));
        return released;
    }

    @Override
    public void add(Collection<Answer> added) {
        if (added.isEmpty()) {
            return;
        }
        List<Answer> answers = List.copyOf(added);
        database.updateExactly(
                answers.size(),
                """
                INSERT INTO outbound_cancellation (outbound, request, asked, released, asker_epoch, asker_journal)
                SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                """,
                p -> p.texts(1, answers, answer -> answer.cancel().outbound())
                        .texts(2, answers, answer -> answer.cancel().request())
                        .longs(3, answers, answer -> answer.cancel().quantity())
                        .longs(4, answers, Answer::released)
                        .longs(5, answers, answer -> answer.cancel().asker().epoch())
                        .longs(6, answers, answer -> answer.cancel().asker().number()));
        // The answer depends on this transaction, so it must have a number (protocol 11.8).
        installation.nextJournal();
    }
}
