package org.tierstock.dispatch.fake;

import java.time.Duration;
import java.util.List;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.HandGrants;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Refusals;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.work.StuckWork;
import org.tierstock.runtime.work.WorkSignals;
import org.tierstock.testing.InMemoryChanges;
import org.tierstock.testing.InMemoryDocumentNumbers;
import org.tierstock.testing.InMemoryInbox;
import org.tierstock.testing.InMemoryOutbox;
import org.tierstock.testing.InMemoryStuckWork;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.testing.InMemoryWorkSignals;
import org.tierstock.testing.SettableClock;
import org.tierstock.testing.Transactions;

/**
 * Everything that the use cases stand on, in memory. The fields are the truth that tests look at; the methods are what use
 * cases are given, and what the simulation overrides to leave a protection out.
 */
public class InMemoryAdapters implements Adapters {
    public final InMemoryTransactions transactions = new InMemoryTransactions();
    public final SettableClock clock = new SettableClock();
    public final InMemoryWorkSignals signals = new InMemoryWorkSignals(transactions);
    public final InMemoryStuckWork stuckWork = new InMemoryStuckWork(clock);
    public final InMemoryOutbox outbox = new InMemoryOutbox(transactions, signals);
    public final InMemoryInbox inbox = new InMemoryInbox(transactions);
    public final InMemoryDocumentNumbers documentNumbers = new InMemoryDocumentNumbers();
    public final InMemoryOutbounds outbounds = new InMemoryOutbounds(transactions, clock);
    public final InMemoryDispatchLines lines = new InMemoryDispatchLines(transactions, outbounds);
    public final InMemoryStockRows stock = new InMemoryStockRows(transactions, clock, lines);
    public final InMemoryRevocations revocations = new InMemoryRevocations(transactions);
    public final InMemoryRefusals refusals = new InMemoryRefusals(stock);
    public final InMemoryHandGrants handGrants = new InMemoryHandGrants(transactions);
    public final InMemoryRuleBook ruleBook = new InMemoryRuleBook(transactions);
    public final InMemoryChanges changes = new InMemoryChanges(transactions);

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public StockRows stockRows() {
        return stock;
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
    public StuckWork stuckWork() {
        return stuckWork;
    }

    @Override
    public Changes changes() {
        return changes;
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
    public void giveUpHandOver(LineNumber line) {
        lines.giveUp(line);
    }

    @Override
    public int changesNoted() {
        return changes.all().size();
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
