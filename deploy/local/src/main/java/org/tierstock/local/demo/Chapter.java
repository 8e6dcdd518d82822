package org.tierstock.local.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.local.demo.Event.Counted;
import org.tierstock.local.demo.Event.GoodsDelivered;
import org.tierstock.local.demo.Event.GoodsReturned;
import org.tierstock.local.demo.Event.OfOrder;
import org.tierstock.local.demo.Event.OrderPlaced;

/**
 * Some whole days of a scenario. Days are played in order; what happened within a chapter is played by several clients
 * at the same time.
 *
 * @param index from 0
 * @param ofOrders in time order
 */
record Chapter(
        int index,
        List<GoodsDelivered> deliveries,
        List<OfOrder> ofOrders,
        List<Counted> counts,
        List<GoodsReturned> returns) {

    /** Cuts events, which are in time order, into chapters of whole days with at least so many orders. */
    static List<Chapter> of(List<Event> events, int leastOrders) {
        List<Chapter> chapters = new ArrayList<>();
        Chapter current = empty(0);
        LocalDate today = LocalDate.MIN;
        int orders = 0;
        for (Event event : events) {
            LocalDate day = event.at().toLocalDate();
            if (orders >= leastOrders && !day.equals(today)) {
                chapters.add(current);
                current = empty(chapters.size());
                orders = 0;
            }
            today = day;
            switch (event) {
                case GoodsDelivered delivery -> current.deliveries.add(delivery);
                case OfOrder ofOrder -> current.ofOrders.add(ofOrder);
                case Counted count -> current.counts.add(count);
                case GoodsReturned goods -> current.returns.add(goods);
            }
            orders += event instanceof OrderPlaced ? 1 : 0;
        }
        chapters.add(current);
        return chapters;
    }

    private static Chapter empty(int index) {
        return new Chapter(index, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
