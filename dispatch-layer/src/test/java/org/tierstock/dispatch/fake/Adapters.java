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
import org.tierstock.testing.Transactions;

/** What the use cases stand on: fakes, or a real database. */
public interface Adapters {
    Transactions transactions();

    StockRows stockRows();

    DispatchLines lines();

    Outbounds outbounds();

    Revocations revocations();

    Refusals refusals();

    HandGrants handGrants();

    RuleBook ruleBook();

    Outbox outbox();

    Inbox inbox();

    Watermarks watermarks();

    DocumentNumbers documentNumbers();

    WorkSignals signals();

    StuckWork stuckWork();

    Changes changes();

    /** Every line handed over, oldest first. */
    List<DispatchLine> allLines();

    /** Every outbound, oldest first. */
    List<Outbound> allOutbounds();

    /** Every message to sales, oldest first. */
    List<Received<Message>> sent();

    /** As if the hand-over of a line had been parked, and a person had closed it. */
    void giveUpHandOver(LineNumber line);

    /** How many changes of records were noted. */
    int changesNoted();

    /** Lets time pass where time can be set. */
    void advance(Duration duration);

    /** How long jobs leave alone what they could not finish: nothing where time cannot be set. */
    int retrySeconds();
}
