package org.tierstock.dispatch.adapter.in.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.dispatch.application.RebuildStock;
import org.tierstock.dispatch.application.RebuildStock.Cancelled;
import org.tierstock.dispatch.application.RebuildStock.Held;
import org.tierstock.dispatch.application.RebuildStock.Lost;
import org.tierstock.dispatch.application.RebuildStock.Release;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.history.LostHistory;
import org.tierstock.runtime.history.LostHistory.HeldAnswer;
import org.tierstock.runtime.history.Rebuilder;
import org.tierstock.runtime.history.Sheet;

/** Sorts what peers know by SKU, and has it made good SKU by SKU. */
@ApplicationScoped
public class DispatchRebuilder implements Rebuilder {
    private static final Comparator<Held> BY_NUMBER =
            Comparator.comparingLong(held -> held.outbound().number());

    private final RebuildStock rebuildStock;

    @Inject
    DispatchRebuilder(RebuildStock rebuildStock) {
        this.rebuildStock = rebuildStock;
    }

    @Override
    public List<String> rebuild(LostHistory lost) {
        return Rebuilder.partByPart(new Sorting(lost).bySku(), ofSku -> "SKU " + ofSku.sku(), rebuildStock::rebuild);
    }

    private static final class Sorting {
        private final Map<Sku, Lost> bySku = new TreeMap<>();
        private final LostHistory lost;

        Sorting(LostHistory lost) {
            this.lost = lost;
        }

        List<Lost> bySku() {
            lost.received().forEach(this::received);
            lost.own().forEach(this::told);
            Map<String, List<Release>> releases = new HashMap<>();
            for (HeldAnswer answer : lost.held()) {
                if (answer.kind().equals("RELEASE")) {
                    Sheet release = answer.sheet();
                    releases.computeIfAbsent(release.text("outbound"), outbound -> new ArrayList<>())
                            .add(new Release(
                                    release.text("request"), release.number("asked"), release.number("released")));
                }
            }
            for (HeldAnswer answer : lost.held()) {
                switch (answer.kind()) {
                    case "OUTBOUND" -> held(answer.sheet(), releases);
                    case "CANCEL" -> cancelled(answer.sheet());
                    case "RELEASE" -> {}
                    default -> throw new IllegalStateException("Dispatch asks for no " + answer.kind());
                }
            }
            bySku.values().forEach(ofSku -> ofSku.held().sort(BY_NUMBER));
            return List.copyOf(bySku.values());
        }

        private void received(Received<Message> received) {
            switch (received.message()) {
                case FromWarehouse report ->
                    of(report.cells().getFirst().sku()).reports().add(received.as(report));
                case HandOver handOver -> of(handOver.key().sku()).handOvers().add(received.as(handOver));
                case RevocationSettled settled ->
                    of(settled.key().sku()).settlements().add(received.as(settled));
                case ToSales notOurs -> throw new IllegalStateException("Dispatch receives no " + notOurs);
            }
        }

        private void told(Received<Message> own) {
            if (!(own.message() instanceof ToSales told)) {
                throw new IllegalStateException("Dispatch sends no " + own.message());
            }
            of(told.key().sku()).told().add(own.as(told));
        }

        private void held(Sheet answer, Map<String, List<Release>> releases) {
            Sku sku = new Sku(answer.text("sku"));
            LineNumber line = new LineNumber(answer.text("order"), (int) answer.number("line"));
            NodeKey node = new NodeKey(
                    answer.text("warehouse"),
                    answer.text("virtualWarehouse"),
                    answer.text("owner"),
                    Quality.named(answer.text("quality")));
            Outbound outbound = Outbound.requested(
                            answer.text("outbound"),
                            line,
                            new Cell(node, sku),
                            answer.text("warehouse"),
                            answer.number("quantity"))
                    .numbered(answer.number("number"));
            of(sku).held()
                    .add(new Held(
                            outbound,
                            answer.number("refused"),
                            releases.getOrDefault(outbound.id(), List.of()),
                            by(answer)));
        }

        private void cancelled(Sheet answer) {
            of(new Sku(answer.text("sku")))
                    .cancelled()
                    .add(new Cancelled(
                            new LineNumber(answer.text("order"), (int) answer.number("line")),
                            answer.text("cancel"),
                            answer.number("asked"),
                            answer.number("refused"),
                            by(answer)));
        }

        private static PeerJournal by(Sheet answer) {
            return new PeerJournal(answer.number("epoch"), answer.number("journal"));
        }

        private Lost of(Sku sku) {
            return bySku.computeIfAbsent(sku, Lost::new);
        }
    }
}
