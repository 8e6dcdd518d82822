package org.tierstock.integration.simulation;

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
import org.tierstock.dispatch.fake.Adapters;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.work.StuckWork;
import org.tierstock.runtime.work.WorkSignals;
import org.tierstock.testing.Transactions;

/** The ports of a dispatch layer, but for its lines. */
record PortsWithLines(DispatchPorts ports, DispatchLines lines) implements Adapters {
    @Override
    public Transactions transactions() {
        return ports.transactions();
    }

    @Override
    public StockRows stockRows() {
        return ports.stockRows();
    }

    @Override
    public Outbounds outbounds() {
        return ports.outbounds();
    }

    @Override
    public Revocations revocations() {
        return ports.revocations();
    }

    @Override
    public Refusals refusals() {
        return ports.refusals();
    }

    @Override
    public HandGrants handGrants() {
        return ports.handGrants();
    }

    @Override
    public RuleBook ruleBook() {
        return ports.ruleBook();
    }

    @Override
    public Outbox outbox() {
        return ports.outbox();
    }

    @Override
    public Inbox inbox() {
        return ports.inbox();
    }

    @Override
    public Watermarks watermarks() {
        return ports.watermarks();
    }

    @Override
    public DocumentNumbers documentNumbers() {
        return ports.documentNumbers();
    }

    @Override
    public StuckWork stuckWork() {
        return ports.stuckWork();
    }

    @Override
    public Changes changes() {
        return ports.changes();
    }

    @Override
    public WorkSignals signals() {
        return ports.signals();
    }

    @Override
    public List<DispatchLine> allLines() {
        return ports.allLines();
    }

    @Override
    public List<Outbound> allOutbounds() {
        return ports.allOutbounds();
    }

    @Override
    public void giveUpHandOver(LineNumber line) {
        ports.giveUpHandOver(line);
    }

    @Override
    public int changesNoted() {
        return ports.changesNoted();
    }

    @Override
    public List<Received<Message>> sent() {
        return ports.sent();
    }

    @Override
    public void advance(Duration duration) {
        ports.advance(duration);
    }

    @Override
    public int retrySeconds() {
        return ports.retrySeconds();
    }
}
