package org.tierstock.dispatch.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.HandGrants;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Refusals;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.work.WorkSignals;
import org.tierstock.testing.InMemoryDocumentNumbers;
import org.tierstock.testing.InMemoryInbox;
import org.tierstock.testing.InMemoryOutbox;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.testing.InMemoryWorkSignals;
import org.tierstock.testing.SettableClock;
import org.tierstock.testing.Transactions;

/** Fakes for everything that the use cases need. */
public final class InMemoryAdapters implements Adapters {
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final InMemoryWorkSignals signals = new InMemoryWorkSignals(transactions);
    private final InMemoryOutbox outbox = new InMemoryOutbox(transactions, signals);
    private final InMemoryInbox inbox = new InMemoryInbox(transactions);
    private final InMemoryDocumentNumbers documentNumbers = new InMemoryDocumentNumbers();
    private final InMemoryOutbounds outbounds = new InMemoryOutbounds(transactions, clock);
    private final InMemoryDispatchLines lines = new InMemoryDispatchLines(transactions, outbounds);
    private final InMemoryStockRows stockRows = new InMemoryStockRows(transactions, clock, lines);
    private final InMemoryRevocations revocations = new InMemoryRevocations(transactions);
    private final InMemoryRefusals refusals = new InMemoryRefusals(stockRows, outbounds);
    private final InMemoryHandGrants handGrants = new InMemoryHandGrants(transactions);
    private final InMemoryRuleBook ruleBook = new InMemoryRuleBook(transactions);

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public StockRows stockRows() {
        return stockRows;
    }

    @Override
    public DispatchLines lines() {
        return lines;
    }

    @Override
    public Outbounds outbounds() {
        return outbounds;
    }

    @Override
    public Revocations revocations() {
        return revocations;
    }

    @Override
    public Refusals refusals() {
        return refusals;
    }

    @Override
    public HandGrants handGrants() {
        return handGrants;
    }

    @Override
    public RuleBook ruleBook() {
        return ruleBook;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Watermarks watermarks() {
        return inbox;
    }

    @Override
    public DocumentNumbers documentNumbers() {
        return documentNumbers;
    }

    @Override
    public WorkSignals signals() {
        return signals;
    }

    @Override
    public List<DispatchLine> allLines() {
        return lines.all();
    }

    @Override
    public List<Outbound> allOutbounds() {
        return outbounds.all();
    }

    @Override
    public List<Received<Message>> sent() {
        return outbox.sent();
    }

    @Override
    public void advance(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public int retrySeconds() {
        return 1;
    }
}
