package org.tierstock.sales.adapter.in.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.history.LostHistory;
import org.tierstock.runtime.history.LostHistory.HeldAnswer;
import org.tierstock.runtime.history.Rebuilder;
import org.tierstock.runtime.history.Sheet;
import org.tierstock.sales.application.RebuildStock;
import org.tierstock.sales.application.RebuildStock.Lost;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderSheet;

/** Sorts what dispatch knows by SKU, and has it made good SKU by SKU. */
@ApplicationScoped
public class SalesRebuilder implements Rebuilder {
    private static final Logger LOG = Logger.getLogger(SalesRebuilder.class);

    private final RebuildStock rebuildStock;

    @Inject
    SalesRebuilder(RebuildStock rebuildStock) {
        this.rebuildStock = rebuildStock;
    }

    @Override
    public List<String> rebuild(LostHistory lost) {
        return Rebuilder.partByPart(new Sorting().bySku(lost), ofSku -> "SKU " + ofSku.sku(), rebuildStock::rebuild);
    }

    private static final class Sorting {
        private final Map<Sku, Lost> bySku = new TreeMap<>();
        private final Sheets sheets = new Sheets();

        List<Lost> bySku(LostHistory lost) {
            lost.received().forEach(this::received);
            lost.own().forEach(this::told);
            lost.held().forEach(this::held);
            bySku.values().stream()
                    .flatMap(ofSku -> ofSku.handOvers().stream())
                    .map(Received::message)
                    .filter(handOver -> !sheets.has(OrderNumber.parse(handOver.order())))
                    .toList()
                    .forEach(sheets::addWithout);
            sheets.all().forEach(this::sheet);
            return List.copyOf(bySku.values());
        }

        private void received(Received<Message> received) {
            switch (received.message()) {
                case StockGranted granted -> of(granted.key().sku()).grants().add(received.as(granted));
                case StockRevoked revoked ->
                    of(revoked.key().sku()).revocations().add(received.as(revoked));
                case SaleReversed reversed ->
                    of(reversed.key().sku()).reversals().add(received.as(reversed));
                default -> throw new IllegalStateException("Sales receives no " + received.message());
            }
        }

        private void told(Received<Message> own) {
            switch (own.message()) {
                case HandOver handOver -> {
                    of(handOver.key().sku()).handOvers().add(own.as(handOver));
                    read(handOver.order(), handOver.sheet());
                }
                case RevocationSettled settled ->
                    of(settled.key().sku()).settlements().add(own.as(settled));
                case FromWarehouse notOurs -> throw new IllegalStateException("Sales sends no " + notOurs);
                case ToSales notOurs -> throw new IllegalStateException("Sales sends no " + notOurs);
            }
        }

        private void held(HeldAnswer answer) {
            if (!answer.kind().equals("CANCEL")) {
                throw new IllegalStateException("Sales asks for no " + answer.kind());
            }
            Sheet cancel = answer.sheet();
            read(cancel.text("order"), cancel.text("sheet"));
        }

        private void read(String order, String sheet) {
            if (!sheet.isEmpty()) {
                try {
                    sheets.add(OrderNumber.parse(order), sheet);
                } catch (RuntimeException e) {
                    LOG.warnf(e, "The sheet of order %s is none: it is known from its hand-overs only", order);
                }
            }
        }

        private void sheet(OrderSheet sheet) {
            sheet.order().lines().stream()
                    .map(OrderLine::key)
                    .map(key -> key.sku())
                    .distinct()
                    .forEach(sku -> of(sku).sheets().add(sheet));
        }

        private Lost of(Sku sku) {
            return bySku.computeIfAbsent(sku, Lost::new);
        }
    }
}
