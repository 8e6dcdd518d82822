package org.tierstock.warehouse.adapter.in.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.history.LostHistory;
import org.tierstock.runtime.history.LostHistory.HeldAnswer;
import org.tierstock.runtime.history.Rebuilder;
import org.tierstock.runtime.history.Sheet;
import org.tierstock.warehouse.application.RebuildStock;
import org.tierstock.warehouse.application.RebuildStock.Lost;
import org.tierstock.warehouse.domain.LostOutbound;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.StockHead;

/** Sorts what dispatch knows by warehouse and SKU, and has it made good one by one. Dispatch sends warehouses no messages. */
@ApplicationScoped
public class WarehouseRebuilder implements Rebuilder {
    /** The transaction that asked is not told; what is told again is known to be asked. */
    private static final PeerJournal ASKER = new PeerJournal(1, 0);

    private final RebuildStock rebuildStock;

    @Inject
    WarehouseRebuilder(RebuildStock rebuildStock) {
        this.rebuildStock = rebuildStock;
    }

    @Override
    public List<String> rebuild(LostHistory lost) {
        return Rebuilder.partByPart(
                new Sorting().byHead(lost),
                ofHead -> "SKU " + ofHead.head().sku() + " in " + ofHead.head().warehouse(),
                rebuildStock::rebuild);
    }

    private static final class Sorting {
        private final Map<StockHead, Lost> byHead = new TreeMap<>();

        List<Lost> byHead(LostHistory lost) {
            lost.own().forEach(this::told);
            lost.held().forEach(this::held);
            return List.copyOf(byHead.values());
        }

        private void told(Received<Message> own) {
            if (!(own.message() instanceof FromWarehouse told)) {
                throw new IllegalStateException("Warehouses send no " + own.message());
            }
            StockHead head =
                    new StockHead(told.warehouse(), told.cells().getFirst().sku());
            of(head).told().add(own.as(told));
        }

        private void held(HeldAnswer answer) {
            if (!answer.kind().equals("OUTBOUND")) {
                throw new IllegalStateException("Warehouses ask for no " + answer.kind());
            }
            Sheet sheet = answer.sheet();
            NodeKey node = new NodeKey(
                    sheet.text("warehouse"),
                    sheet.text("virtualWarehouse"),
                    sheet.text("owner"),
                    Quality.named(sheet.text("quality")));
            OutboundOrder order = new OutboundOrder(
                    sheet.text("outbound"),
                    sheet.number("number"),
                    sheet.text("order"),
                    (int) sheet.number("line"),
                    new Cell(node, new Sku(sheet.text("sku"))),
                    sheet.number("quantity"),
                    sheet.text("addressReference"),
                    sheet.text("shipRegion"),
                    sheet.text("deliveryMethod"),
                    sheet.text("traceParent"),
                    ASKER);
            of(order.head())
                    .outbounds()
                    .add(new LostOutbound(
                            order,
                            sheet.flag("answered"),
                            sheet.number("refused"),
                            sheet.number("shipped") + sheet.number("lost"),
                            sheet.number("released")));
        }

        private Lost of(StockHead head) {
            return byHead.computeIfAbsent(head, Lost::new);
        }
    }
}
