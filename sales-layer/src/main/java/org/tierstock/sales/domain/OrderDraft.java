package org.tierstock.sales.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.Book;
import org.tierstock.movements.ChannelKey;
import org.tierstock.sales.domain.PlaceOutcome.Shortage;

/**
 * An order asked for, with its channel's defaults applied: it has no time yet and holds nothing.
 *
 * @param holdSeconds how long it may stay unpaid, in seconds; 0: for ever
 */
public record OrderDraft(OrderNumber number, Terms terms, long contentHash, long holdSeconds, List<OrderLine> lines) {
    public OrderDraft {
        lines = List.copyOf(lines);
    }

    /** What is asked, of that channel. One of the two must name a ship region. */
    public static OrderDraft of(PlaceOrder asked, Channel channel) {
        DeductionMode mode = asked.deductionMode() == null ? channel.deductionMode() : asked.deductionMode();
        String deliveryMethod = asked.deliveryMethod().isEmpty() ? channel.deliveryMethod() : asked.deliveryMethod();
        String shipRegion = asked.shipRegion().isEmpty() ? channel.shipRegion() : asked.shipRegion();
        List<OrderLine> lines = new ArrayList<>(asked.lines().size());
        for (PlaceOrder.Line line : asked.lines()) {
            ChannelKey key =
                    new ChannelKey(channel.stockSource(), deliveryMethod, line.quality(), shipRegion, line.sku());
            lines.add(OrderLine.placed(line.line(), StockKey.regular(key), line.quantity()));
        }
        Terms terms = new Terms(
                mode, deliveryMethod, shipRegion, asked.buyer(), asked.addressReference(), asked.traceParent());
        return new OrderDraft(
                asked.number(), terms, asked.contentHash(), channel.holdSeconds(mode, asked.holdSeconds()), lines);
    }

    /** What the order wants and could not have by these balances; empty when it could be placed. */
    public List<Shortage> shortages(Book<StockKey, SalesBucket> book) {
        return Demand.of(lines).shortages(book);
    }

    /** The order, placed at that time. */
    public Order at(Instant now) {
        Instant expiresAt = holdSeconds == 0 ? null : now.plusSeconds(holdSeconds);
        return new Order(number, terms, contentHash, now, expiresAt, lines);
    }
}
