package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.DispatchLines.HandedOver;
import org.tierstock.dispatch.application.port.LostOutbounds;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.dispatch.domain.Reason;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.Settlement;
import org.tierstock.dispatch.domain.Sourcing;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.Action;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Repost;

/**
 * Makes good, for one SKU, what a database that was set back has lost and peers know (protocol 11.8). All of it in one
 * transaction, since its parts need each other: what warehouses hold for a line was allocated from goods that came, after
 * promises that were made; and a line may not be settled before all that sales was told of it is known again.
 *
 * <p>Which node backed a promise is forgotten, and does not matter: the account and the book of every node are as peers know
 * them, and a deficit says where goods are still to be found.
 */
@ApplicationScoped
public class RebuildStock {
    /**
     * What peers know of one SKU. Each part is in the order in which it happened.
     *
     * @param told messages to sales that sales has applied
     */
    public record Lost(
            Sku sku,
            List<Received<FromWarehouse>> reports,
            List<Received<HandOver>> handOvers,
            List<Received<RevocationSettled>> settlements,
            List<Received<ToSales>> told,
            List<Held> held,
            List<Cancelled> cancelled) {
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
     * An outbound as its warehouse holds it: locked in part or wholly.
     *
     * @param outbound as it was requested
     * @param refused of the lock
     * @param releases the answered requests to release
     */
    public record Held(Outbound outbound, long refused, List<Release> releases, PeerJournal by) {}

    /** An answered request to release. */
    public record Release(String request, long asked, long released) {}

    /**
     * A cancel that sales has an answer of.
     *
     * @param refused units that dispatch refused at once or later
     */
    public record Cancelled(LineNumber line, String cancel, long asked, long refused, PeerJournal by) {}

    private final RuleBook ruleBook;
    private final StockRows stockRows;
    private final Inbox inbox;
    private final Repost repost;
    private final DispatchLines lines;
    private final Outbounds outbounds;
    private final LostOutbounds lostOutbounds;
    private final Revocations revocations;
    private final PostMovements movements;

    @Inject
    public RebuildStock(
            RuleBook ruleBook,
            StockRows stockRows,
            Inbox inbox,
            Repost repost,
            DispatchLines lines,
            Outbounds outbounds,
            LostOutbounds lostOutbounds,
            Revocations revocations,
            PostMovements movements) {
        this.ruleBook = ruleBook;
        this.stockRows = stockRows;
        this.inbox = inbox;
        this.repost = repost;
        this.lines = lines;
        this.outbounds = outbounds;
        this.lostOutbounds = lostOutbounds;
        this.revocations = revocations;
        this.movements = movements;
    }

    /**
     * Makes it good; a second time has no effect.
     *
     * @throws CannotApply when the parts do not fit together; then nothing of the SKU is changed
     */
    @Transactional
    public void rebuild(Lost lost) {
        Rules rules = ruleBook.current();
        Stock stock = stockRows.lock(List.of(lost.sku()));
        new Rebuild(lost, rules, stock).run();
    }

    private final class Rebuild {
        private final Lost lost;
        private final Rules rules;
        private final Stock stock;
        private final StockOfSku goods;
        private final List<Received<ToSales>> told;
        private final List<Received<HandOver>> handOvers;
        private final List<Received<RevocationSettled>> settlements;
        private final List<Received<FromWarehouse>> reports;
        private final Map<LineNumber, LineInHand> inHand;
        private final Map<String, Outbound> known;
        private final Set<String> before;
        private final Reports posting;

        Rebuild(Lost lost, Rules rules, Stock stock) {
            this.lost = lost;
            this.rules = rules;
            this.stock = stock;
            this.goods = stock.of(lost.sku());
            this.told = repost.repost(lost.told());
            this.handOvers = inbox.admit(lost.handOvers());
            this.settlements = inbox.admit(lost.settlements());
            this.reports = inbox.admit(lost.reports());
            this.known = new LinkedHashMap<>(outbounds.find(namedOutbounds()));
            this.before = Set.copyOf(known.keySet());
            this.inHand = new HashMap<>(lines.find(namedLines()));
            this.posting = new Reports(stock, known, inHand);
        }

        private Set<String> namedOutbounds() {
            Set<String> named = new LinkedHashSet<>();
            lost.held().forEach(held -> named.add(held.outbound().id()));
            reports.forEach(report -> Reports.outboundsOf(report.message()).forEach(named::add));
            return named;
        }

        private Set<LineNumber> namedLines() {
            Set<LineNumber> named = new LinkedHashSet<>();
            known.values().forEach(outbound -> named.add(outbound.line()));
            lost.held().forEach(held -> named.add(held.outbound().line()));
            lost.cancelled().forEach(cancelled -> named.add(cancelled.line()));
            reversals().forEach(reversal -> named.add(line(reversal)));
            return named;
        }

        void run() {
            applyWhatNamesNoOutbound();
            promiseAgain();
            takeOver();
            fitTogether();
            settleRevocations();
            save();
        }

        private void applyWhatNamesNoOutbound() {
            for (Received<FromWarehouse> report : reports) {
                if (Reports.outboundsOf(report.message()).findAny().isEmpty()) {
                    posting.apply(report.message());
                }
            }
        }

        /** Before anything leaves an account again: none is then smaller than what leaves it. */
        private void promiseAgain() {
            for (Received<ToSales> message : told) {
                switch (message.message()) {
                    case StockGranted granted ->
                        promise(granted.key(), granted.quantity(), DocumentKind.STOCK_GRANT, granted.grant(), granted);
                    case SaleReversed reversed ->
                        promise(
                                reversed.key(),
                                reversed.regranted(),
                                DocumentKind.SALE_REVERSAL,
                                reversed.reversal(),
                                reversed);
                    case StockRevoked revoked -> {}
                }
            }
        }

        private void promise(ChannelKey key, long quantity, DocumentKind kind, String number, ToSales message) {
            if (quantity > 0) {
                Reason reason = new Reason(Action.ALLOT, new DocumentLine(kind, number, 0), message);
                goods.promiseAgain(backer(key), key, quantity, reason);
            }
        }

        /** A node that serves the key and has most to give; any node when the rules were lost too. */
        private NodeKey backer(ChannelKey key) {
            return goods.nodes().stream()
                    .max(Comparator.comparing((NodeKey node) -> rules.serves(node, key))
                            .thenComparingLong(goods::free)
                            .thenComparing(Comparator.reverseOrder()))
                    .orElseThrow(() -> new CannotApply("No node is known that could back " + key));
        }

        /** What of a line is allocated, its warehouses will say. */
        private void takeOver() {
            Sourcing sourcing = new Sourcing(rules, stock::of);
            List<HandedOver> taken = new ArrayList<>();
            for (Received<HandOver> handOver : handOvers) {
                Sourcing.Sourced sourced = sourcing.leaveShort(handOver.message());
                DispatchLine line = DispatchLine.handedOver(
                        sourced.number(),
                        handOver.message().key(),
                        handOver.message().quantity(),
                        0);
                taken.add(new HandedOver(line, handOver.message()));
                inHand.put(line.number(), new LineInHand(line, List.of()));
            }
            if (!taken.isEmpty()) {
                lines.insert(taken);
            }
        }

        /**
         * Outbounds, reports and reversals make room for each other: what one outbound lost, the next covers. So each is
         * taken as soon as it fits, until none is left.
         */
        private void fitTogether() {
            acceptCancels();
            List<Held> held = new ArrayList<>(lost.held());
            List<Received<FromWarehouse>> naming = new ArrayList<>(reports.stream()
                    .filter(report ->
                            Reports.outboundsOf(report.message()).findAny().isPresent())
                    .toList());
            List<SaleReversed> reversed = new ArrayList<>(reversals().toList());
            boolean progress = true;
            while (progress) {
                progress = takeHeld(held) | takeReports(naming, held) | takeReversals(reversed);
            }
            if (!held.isEmpty() || !naming.isEmpty() || !reversed.isEmpty()) {
                throw new CannotApply(held.size() + " outbounds that warehouses hold, " + naming.size()
                        + " reports and " + reversed.size() + " reversals do not fit: "
                        + Stream.of(held, naming, reversed)
                                .flatMap(List::stream)
                                .findFirst()
                                .orElseThrow());
            }
        }

        private boolean takeHeld(List<Held> held) {
            boolean progress = false;
            for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
                if (fits(each.next())) {
                    each.remove();
                    progress = true;
                }
            }
            return progress;
        }

        private boolean takeReports(List<Received<FromWarehouse>> naming, List<Held> waiting) {
            Set<String> notYet = new LinkedHashSet<>();
            waiting.forEach(held -> notYet.add(held.outbound().id()));
            boolean progress = false;
            for (Iterator<Received<FromWarehouse>> each = naming.iterator(); each.hasNext(); ) {
                FromWarehouse report = each.next().message();
                if (Reports.outboundsOf(report).allMatch(id -> known.containsKey(id) && !notYet.contains(id))) {
                    posting.apply(report);
                    each.remove();
                    progress = true;
                }
            }
            return progress;
        }

        private boolean takeReversals(List<SaleReversed> reversed) {
            boolean progress = false;
            for (Iterator<SaleReversed> each = reversed.iterator(); each.hasNext(); ) {
                SaleReversed reversal = each.next();
                LineInHand line = inHand.get(line(reversal));
                if (line != null && line.line().shortage() >= reversal.quantity()) {
                    inHand.put(line(reversal), line.told(reversal));
                    each.remove();
                    progress = true;
                }
            }
            return progress;
        }

        private boolean fits(Held held) {
            LineInHand line = inHand.get(held.outbound().line());
            if (line == null) {
                return false;
            }
            long released =
                    held.releases().stream().mapToLong(Release::released).sum();
            boolean picked = held.releases().stream().anyMatch(release -> release.released() < release.asked());
            Outbound outbound = known.get(held.outbound().id());
            DispatchLine numbers = line.line();
            Reason reason = new Reason(Action.LOCK, held.outbound().document(), null);
            if (outbound == null) {
                outbound = held.outbound();
                long remaining = outbound.quantity() - held.refused() - released;
                if (numbers.shortage() < remaining) {
                    return false;
                }
                goods.allocateAgain(outbound.cell().node(), remaining, reason);
                numbers = numbers.covered(remaining);
            } else {
                long less = held.refused() - outbound.refused() + released - outbound.cancelled();
                goods.release(outbound.cell().node(), less, reason.as(Action.UNLOCK));
                numbers = numbers.failed(less);
                if (answersOpenRequest(held, outbound)) {
                    numbers = numbers.releaseAsked(-outbound.release().quantity());
                }
            }
            known.put(
                    outbound.id(),
                    outbound.held(held.refused(), released, picked, answersOpenRequest(held, outbound), held.by()));
            inHand.put(outbound.line(), line.with(numbers));
            return true;
        }

        private static boolean answersOpenRequest(Held held, Outbound outbound) {
            return outbound.release() != null
                    && held.releases().stream()
                            .anyMatch(release ->
                                    release.request().equals(outbound.release().request()));
        }

        /** What sales has an answer of, and what it was told the outcome of before the answer. */
        private void acceptCancels() {
            Map<String, Long> refusedLater = new HashMap<>();
            Map<String, Long> settled = new LinkedHashMap<>();
            Map<String, LineNumber> lineOf = new HashMap<>();
            reversals().filter(reversal -> reversal.cancel() != null).forEach(reversal -> {
                refusedLater.merge(reversal.cancel(), reversal.refused(), Long::sum);
                settled.merge(reversal.cancel(), reversal.quantity() + reversal.refused(), Long::sum);
                lineOf.put(reversal.cancel(), line(reversal));
            });
            Map<String, PeerJournal> by = new HashMap<>();
            Map<String, Long> accepted = new LinkedHashMap<>(settled);
            for (Cancelled cancelled : lost.cancelled()) {
                long atOnce = cancelled.refused() - refusedLater.getOrDefault(cancelled.cancel(), 0L);
                accepted.put(cancelled.cancel(), cancelled.asked() - atOnce);
                lineOf.put(cancelled.cancel(), cancelled.line());
                by.put(cancelled.cancel(), cancelled.by());
            }
            Set<String> stored = new LinkedHashSet<>();
            lines.cancels(lineOf.values().stream().distinct().toList(), accepted.keySet())
                    .forEach(cancel -> stored.add(cancel.cancel()));
            accepted.forEach((cancel, units) -> {
                LineInHand line = inHand.get(lineOf.get(cancel));
                if (!stored.contains(cancel) && line != null) {
                    inHand.put(
                            lineOf.get(cancel),
                            line.accept(cancel, units, by.getOrDefault(cancel, new PeerJournal(0, 0)), ""));
                }
            });
        }

        private void settleRevocations() {
            List<Revocation> again = told.stream()
                    .map(Received::message)
                    .filter(StockRevoked.class::isInstance)
                    .map(StockRevoked.class::cast)
                    .map(revoked -> Revocation.of(revoked.revocation(), revoked.key(), revoked.quantity(), ""))
                    .toList();
            revocations.insert(again);
            Map<String, Revocation> sent = revocations.find(settlements.stream()
                    .map(settled -> settled.message().revocation())
                    .toList());
            List<Revocation> settled = new ArrayList<>();
            for (Received<RevocationSettled> answer : settlements) {
                Revocation revocation = sent.get(answer.message().revocation());
                if (revocation == null) {
                    throw new CannotApply("No revocation " + answer.message().revocation() + " was sent");
                }
                Settlement.settle(goods, revocation, answer.message());
                settled.add(revocation.settled(answer.message().taken()));
            }
            revocations.save(settled);
        }

        private void save() {
            lostOutbounds.store(known.values().stream()
                    .filter(outbound -> !before.contains(outbound.id()))
                    .toList());
            List<ToSales> messages = movements.saveLines(inHand.values(), known.values());
            movements.post(
                    stock,
                    messages,
                    Numbers.received(told)
                            .plus(Numbers.received(handOvers))
                            .plus(Numbers.received(settlements))
                            .plus(Numbers.received(reports)));
        }

        private Stream<SaleReversed> reversals() {
            return told.stream()
                    .map(Received::message)
                    .filter(SaleReversed.class::isInstance)
                    .map(SaleReversed.class::cast);
        }

        private static LineNumber line(SaleReversed reversal) {
            return new LineNumber(reversal.order(), reversal.orderLine());
        }
    }
}
