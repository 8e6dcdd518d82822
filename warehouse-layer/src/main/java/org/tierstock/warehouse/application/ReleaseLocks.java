package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tierstock.movements.Book;
import org.tierstock.warehouse.application.port.OutboundCancels;
import org.tierstock.warehouse.application.port.OutboundCancels.Answer;
import org.tierstock.warehouse.application.port.OutboundCancels.Request;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.ReleaseOutcome;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Gives back what outbounds have locked and not picked (S118, protocol 11.3). */
@ApplicationScoped
public class ReleaseLocks {
    private final StockRows stockRows;
    private final Outbounds outbounds;
    private final OutboundCancels cancels;
    private final Posting posting;

    @Inject
    public ReleaseLocks(StockRows stockRows, Outbounds outbounds, OutboundCancels cancels, Posting posting) {
        this.stockRows = stockRows;
        this.outbounds = outbounds;
        this.cancels = cancels;
        this.posting = posting;
    }

    /**
     * Releases at most what each request asks, and stores the answer, also when it is nothing. A known request repeats
     * its answer.
     *
     * @return the outcomes in the order of the requests
     */
    @Transactional
    public List<ReleaseOutcome> release(List<OutboundCancel> requests) {
        List<String> ids =
                requests.stream().map(OutboundCancel::outbound).distinct().toList();
        Book<StockKey, WarehouseBucket> book =
                stockRows.lock(new TreeSet<>(outbounds.heads(ids).values()));
        OpenOutbounds open = new OpenOutbounds(outbounds.find(ids).values());
        Map<Request, Long> known = new HashMap<>(
                cancels.released(requests.stream().map(Request::of).distinct().toList()));
        List<Answer> answers = new ArrayList<>();
        List<ReleaseOutcome> outcomes = new ArrayList<>(requests.size());
        for (OutboundCancel request : requests) {
            outcomes.add(open.find(request.outbound())
                    .filter(outbound -> outbound.order().warehouse().equals(request.warehouse()))
                    .<ReleaseOutcome>map(outbound -> new ReleaseOutcome.Released(known.computeIfAbsent(
                            Request.of(request), key -> release(request, outbound, open, answers, book))))
                    .orElseGet(ReleaseOutcome.UnknownOutbound::new));
        }
        cancels.add(answers);
        outbounds.change(open.changed());
        posting.write(book);
        return outcomes;
    }

    private static long release(
            OutboundCancel request,
            Outbound outbound,
            OpenOutbounds open,
            List<Answer> answers,
            Book<StockKey, WarehouseBucket> book) {
        Outbound.Release release = outbound.release(request.request(), request.quantity(), book);
        open.change(List.of(release.outbound()));
        answers.add(new Answer(request, release.released()));
        return release.released();
    }
}
