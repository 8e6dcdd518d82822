package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.OutboundCancels;

/** The answered cancel requests without a database. */
public final class InMemoryOutboundCancels implements OutboundCancels {
    private final Map<Request, Long> released;

    public InMemoryOutboundCancels(InMemoryTransactions transactions) {
        this.released = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<Request, Long> released(Collection<Request> requests) {
        Map<Request, Long> found = new HashMap<>();
        for (Request request : requests) {
            if (released.containsKey(request)) {
                found.put(request, released.get(request));
            }
        }
        return found;
    }

    @Override
    public void add(Collection<Answer> answers) {
        for (Answer answer : answers) {
            if (released.putIfAbsent(Request.of(answer.cancel()), answer.released()) != null) {
                throw new IllegalStateException("The request is answered already: " + answer.cancel());
            }
        }
    }
}
