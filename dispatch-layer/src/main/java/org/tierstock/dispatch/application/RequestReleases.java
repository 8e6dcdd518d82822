package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.work.Progress;

/** Writes which outbounds have to release how much, so that the cancels of their lines are served (protocol 11.3). */
@ApplicationScoped
public class RequestReleases {
    private final DispatchLines lines;
    private final StockRows stockRows;
    private final Outbounds outbounds;
    private final DocumentNumbers documentNumbers;

    @Inject
    public RequestReleases(
            DispatchLines lines, StockRows stockRows, Outbounds outbounds, DocumentNumbers documentNumbers) {
        this.lines = lines;
        this.stockRows = stockRows;
        this.outbounds = outbounds;
        this.documentNumbers = documentNumbers;
    }

    /** Lines whose cancels a warehouse may serve and has not been asked to, at most {@code limit}. */
    public List<LineNumber> due(Set<Integer> partitions, int limit) {
        return lines.wantingRelease(partitions, limit);
    }

    /** Writes requests for these lines. An outbound has one request at a time. */
    @Transactional
    public Progress request(List<LineNumber> wanting) {
        stockRows.lock(lines.skus(wanting).values());
        Map<LineNumber, LineInHand> inHand = lines.find(wanting);
        NumberBlock requests = new NumberBlock(documentNumbers, "RL");
        List<Outbound> asked = new ArrayList<>();
        for (Outbound outbound : outbounds.releasable(wanting)) {
            LineInHand line = inHand.get(outbound.line());
            long units = Math.min(line.line().open() - line.line().asked(), outbound.remaining());
            if (units > 0) {
                asked.add(outbound.releaseAsked(requests.get(), units));
                PostMovements.change(inHand, outbound.line(), line.line().releaseAsked(units));
            }
        }
        outbounds.save(asked);
        lines.save(inHand.values());
        return Progress.DONE;
    }
}
