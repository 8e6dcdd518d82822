package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tierstock.movements.Book;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Repost;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.LostDocuments;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderSheet;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.Promise;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/**
 * Makes good, for one SKU, what a database that was set back has lost and dispatch knows (protocol 11.8). All of it in one
 * transaction, since its parts need each other: what was paid was sold from what was promised, and what came back was sold
 * before.
 *
 * <p>An order has lines of several SKUs, and becomes whole with the last of them. Orders that nobody has paid are known to
 * sales alone and stay as the backup has them, unless what they lock was sold since: then the latest of them expire.
 */
@ApplicationScoped
public class RebuildStock {
    /**
     * What dispatch knows of one SKU. Messages are in the order in which they were sent.
     *
     * @param handOvers hand-overs that dispatch has applied
     * @param settlements answers to revocations that dispatch has applied
     * @param sheets of the orders that have lines of the SKU, one an order
     */
    public record Lost(
            Sku sku,
            List<Received<StockGranted>> grants,
            List<Received<StockRevoked>> revocations,
            List<Received<SaleReversed>> reversals,
            List<Received<HandOver>> handOvers,
            List<Received<RevocationSettled>> settlements,
            List<OrderSheet> sheets) {
        /** Nothing yet. */
        public Lost(Sku sku) {
            this(
                    sku,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    /**
     * A line that was paid, or cancelled before it was paid.
     *
     * @param units that were paid; 0 when all were cancelled before
     * @param handOver what dispatch was told; null when it was not
     */
    private record Sale(OrderNumber order, int line, long units, HandOver handOver, String payment) {}

    private final StockRows stockRows;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Repost repost;
    private final Orders orders;
    private final Cancellations cancellations;
    private final LostDocuments lostDocuments;

    @Inject
    public RebuildStock(
            StockRows stockRows,
            Inbox inbox,
            Outbox outbox,
            Repost repost,
            Orders orders,
            Cancellations cancellations,
            LostDocuments lostDocuments) {
        this.stockRows = stockRows;
        this.inbox = inbox;
        this.outbox = outbox;
        this.repost = repost;
        this.orders = orders;
        this.cancellations = cancellations;
        this.lostDocuments = lostDocuments;
    }

    /**
     * Makes it good; a second time has no effect.
     *
     * @throws CannotApply when the parts do not fit together; then nothing of the SKU is changed
     */
    @Transactional
    public void rebuild(Lost lost) {
        StockRows.Locked locked = stockRows.lockOrCreate(keys(lost));
        new Rebuild(lost, locked.book()).run();
    }

    private static Collection<StockKey> keys(Lost lost) {
        Set<StockKey> keys = new LinkedHashSet<>();
        lost.grants().forEach(grant -> keys.add(Promise.keyOf(grant.message())));
        Stream.of(
                        lost.revocations().stream()
                                .map(revocation -> revocation.message().key()),
                        lost.reversals().stream()
                                .map(reversal -> reversal.message().key()),
                        lost.handOvers().stream()
                                .map(handOver -> handOver.message().key()),
                        lost.settlements().stream()
                                .map(settled -> settled.message().key()))
                .flatMap(all -> all)
                .forEach(key -> keys.add(StockKey.regular(key)));
        lost.sheets().forEach(sheet -> linesOf(lost.sku(), sheet.order()).forEach(line -> keys.add(line.key())));
        return keys;
    }

    private static List<OrderLine> linesOf(Sku sku, Order order) {
        return order.lines().stream()
                .filter(line -> line.key().sku().equals(sku))
                .toList();
    }

    private final class Rebuild {
        private final Lost lost;
        private final Book<StockKey, SalesBucket> book;
        private final List<Received<HandOver>> handOvers;
        private final List<Received<RevocationSettled>> settlements;
        private final List<Received<StockGranted>> grants;
        private final List<Received<StockRevoked>> revocations;
        private final List<Received<SaleReversed>> reversals;
        private final Map<OrderNumber, OrderSheet> sheets = new LinkedHashMap<>();
        private final Changing<OrderNumber, Order> known;
        private final Changing<String, Cancellation> cancels;
        private final List<RevocationSettled> settledNow = new ArrayList<>();

        Rebuild(Lost lost, Book<StockKey, SalesBucket> book) {
            this.lost = lost;
            this.book = book;
            this.handOvers = repost.repost(lost.handOvers());
            this.settlements = repost.repost(lost.settlements());
            this.grants = inbox.admit(lost.grants());
            this.revocations = inbox.admit(lost.revocations());
            this.reversals = inbox.admit(lost.reversals());
            lost.sheets().forEach(sheet -> sheets.put(sheet.order().number(), sheet));
            Set<OrderNumber> numbers = new LinkedHashSet<>(sheets.keySet());
            reversals.forEach(reversal -> numbers.add(ReverseSales.numberOf(reversal.message())));
            this.known = new Changing<>(orders.load(numbers));
            this.cancels = new Changing<>(cancellations.load(namedCancels()));
        }

        private Set<String> namedCancels() {
            Set<String> documents = new LinkedHashSet<>();
            lost.sheets().forEach(sheet -> sheet.cancellations().forEach(cancel -> documents.add(cancel.document())));
            reversals.stream()
                    .map(Received::message)
                    .filter(reversal -> reversal.cancel() != null)
                    .forEach(reversal -> documents.add(ReverseSales.documentOf(reversal)));
            return documents;
        }

        void run() {
            grants.forEach(grant -> Promise.grant(grant.message(), book));
            storeLost();
            fitTogether();
            revocations.stream()
                    .filter(revocation -> lost.settlements().stream()
                            .noneMatch(settled -> settled.message()
                                    .revocation()
                                    .equals(revocation.message().revocation())))
                    .forEach(revocation -> settledNow.add(Promise.revoke(revocation.message(), book)));
            save();
        }

        /** Documents that are not here, and lines of theirs. What became of them follows. */
        private void storeLost() {
            List<Order> storedOrders = new ArrayList<>();
            List<Payment> storedPayments = new ArrayList<>();
            List<Cancellation> storedCancels = new ArrayList<>();
            for (OrderSheet sheet : sheets.values()) {
                Order as = sheet.order();
                if (known.get(as.number()) == null) {
                    known.found(as.number(), as.with(List.of()));
                }
                Order before = known.get(as.number());
                List<OrderLine> ofSku = linesOf(lost.sku(), as);
                Order after = before.withLost(ofSku);
                if (after != before) {
                    put(after);
                    storedOrders.add(after);
                }
                storedPayments.addAll(sheet.payments());
                for (Cancellation cancel : sheet.cancellations()) {
                    storedCancels.add(withLost(cancel, ofSku));
                }
            }
            lostDocuments.storeOrders(storedOrders);
            lostDocuments.storePayments(storedPayments);
            lostDocuments.storeCancellations(storedCancels);
        }

        /** The cancellation with those of its lines that are of this SKU. Of what dispatch answered it is asked again. */
        private Cancellation withLost(Cancellation cancel, List<OrderLine> ofSku) {
            Cancellation stored = cancels.get(cancel.document());
            Cancellation before = stored == null ? cancel.withLines(List.of()) : stored;
            List<Cancellation.Line> all = new ArrayList<>(before.lines());
            for (OrderLine line : ofSku) {
                if (cancel.names(line.line()) && !before.names(line.line())) {
                    Cancellation.Line asked = cancel.line(line.line()).unanswered();
                    all.add(asked);
                    put(known.get(cancel.order()).cancelPending(line.line(), asked.asked()));
                }
            }
            Cancellation after = before.withLines(all);
            cancels.found(after.document(), after);
            return after;
        }

        /**
         * Sales, settlements and reversals make room for each other: what came back was sold again. So each is taken as soon
         * as it fits. When nothing does any more, unpaid orders give back what they lock.
         */
        private void fitTogether() {
            List<Sale> sales = new ArrayList<>(sales());
            List<Received<RevocationSettled>> settled = new ArrayList<>(settlements);
            List<Received<SaleReversed>> reversed = new ArrayList<>(reversals);
            boolean progress = true;
            while (progress) {
                progress =
                        sales.removeIf(this::sold) | settled.removeIf(this::settled) | reversed.removeIf(this::reversed)
                                || sales.stream().map(this::keyOf).anyMatch(this::expireUnpaid)
                                || settled.stream()
                                        .map(answer -> StockKey.regular(
                                                answer.message().key()))
                                        .anyMatch(this::expireUnpaid);
            }
            Stream.of(sales, settled, reversed)
                    .flatMap(List::stream)
                    .findFirst()
                    .ifPresent(first -> {
                        throw new CannotApply(sales.size() + " sales, " + settled.size() + " settlements and "
                                + reversed.size() + " reversals do not fit: " + first);
                    });
        }

        private List<Sale> sales() {
            List<Sale> sales = new ArrayList<>();
            Set<String> told = new HashSet<>();
            lost.handOvers().forEach(handOver -> told.add(handOver.message().businessKey()));
            for (Received<HandOver> received : handOvers) {
                HandOver handOver = received.message();
                OrderNumber number = OrderNumber.parse(handOver.order());
                sales.add(new Sale(
                        number, handOver.orderLine(), handOver.quantity(), handOver, paymentOf(sheets.get(number))));
            }
            for (OrderSheet sheet : sheets.values()) {
                for (OrderLine line : linesOf(lost.sku(), sheet.order())) {
                    boolean paid = line.state().sold();
                    if (!told.contains(sheet.order().number().text() + '/' + line.line())
                            && (paid || line.state() == LineState.CANCELLED)) {
                        long units = paid ? line.remaining() : 0;
                        sales.add(new Sale(sheet.order().number(), line.line(), units, null, paymentOf(sheet)));
                    }
                }
            }
            return sales;
        }

        private static String paymentOf(OrderSheet sheet) {
            return sheet.payments().stream()
                    .filter(payment -> payment.refund() == null)
                    .map(Payment::document)
                    .findFirst()
                    .orElse(sheet.order().number().text());
        }

        private StockKey keyOf(Sale sale) {
            return lineOf(sale).key();
        }

        private OrderLine lineOf(Sale sale) {
            return known.get(sale.order()).line(sale.line()).orElseThrow();
        }

        private boolean sold(Sale sale) {
            Order order = known.get(sale.order());
            OrderLine line = lineOf(sale);
            if (line.state().payable() && sellable(line.key()) < order.unlocked(line, sale.units())) {
                return false;
            }
            put(order.soldAgain(sale.line(), sale.units(), sale.handOver(), sale.payment(), book));
            return true;
        }

        private boolean settled(Received<RevocationSettled> answer) {
            RevocationSettled settled = answer.message();
            if (sellable(StockKey.regular(settled.key())) < settled.taken()) {
                return false;
            }
            Promise.settle(settled, book);
            return true;
        }

        private boolean reversed(Received<SaleReversed> received) {
            SaleReversed reversal = received.message();
            Order order = known.get(ReverseSales.numberOf(reversal));
            if (order == null
                    || order.line(reversal.orderLine())
                            .filter(line -> line.state().sold())
                            .isEmpty()) {
                return false;
            }
            ReverseSales.check(reversal, order, cancels);
            put(order.reverse(reversal, book));
            if (reversal.cancel() != null) {
                Cancellation after = cancels.get(ReverseSales.documentOf(reversal))
                        .reversed(reversal.orderLine(), reversal.quantity(), reversal.refused());
                cancels.put(after.document(), after);
            }
            return true;
        }

        /** The latest unpaid order that locks stock of the key gives it back; false when there is none. */
        private boolean expireUnpaid(StockKey key) {
            for (OrderNumber number : lostDocuments.locking(key)) {
                if (known.get(number) == null) {
                    known.found(number, orders.load(List.of(number)).get(number));
                }
                Order order = known.get(number);
                if (!sheets.containsKey(number) && order.state() == OrderState.PLACED) {
                    open(stockRows.lockOf(List.of(number)).book());
                    put(order.expire(book));
                    return true;
                }
            }
            return false;
        }

        private void open(Book<StockKey, SalesBucket> more) {
            for (StockKey key : more.keys()) {
                if (!book.knows(key)) {
                    for (SalesBucket bucket : SalesBucket.values()) {
                        book.open(key, bucket, more.balance(key, bucket));
                    }
                }
            }
        }

        private long sellable(StockKey key) {
            return book.balance(key, SalesBucket.SELLABLE);
        }

        private void put(Order after) {
            known.put(after.number(), after);
        }

        private void save() {
            Set<Message> posted = Collections.newSetFromMap(new IdentityHashMap<>());
            Stream.of(handOvers, settlements)
                    .flatMap(List::stream)
                    .map(Received::message)
                    .forEach(posted::add);
            List<HandOver> all = book.entries().stream()
                    .map(Book.Entry::notice)
                    .filter(HandOver.class::isInstance)
                    .map(HandOver.class::cast)
                    .toList();
            List<Message> toTell = new ArrayList<>(settledNow);
            all.stream().filter(handOver -> !posted.contains(handOver)).forEach(toTell::add);
            Numbers numbers = Numbers.received(handOvers)
                    .plus(Numbers.received(settlements))
                    .plus(Numbers.received(grants))
                    .plus(Numbers.received(reversals))
                    .plus(outbox.append(toTell));
            orders.update(known.changed(), all, numbers);
            cancellations.update(cancels.changed());
            stockRows.post(book, numbers);
        }
    }
}
