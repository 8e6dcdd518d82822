package org.tierstock.dispatch.fake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineCancel;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.work.FairBatch;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** The lines without a database. */
public final class InMemoryDispatchLines implements DispatchLines {
    private record CancelKey(LineNumber line, String cancel) {}

    private final Map<LineNumber, DispatchLine> lines;
    private final Map<CancelKey, LineCancel> cancels;
    private final Set<LineNumber> givenUp = new HashSet<>();
    final Map<String, HandOver> orders;
    private final Map<String, Outbound> outbounds;

    public InMemoryDispatchLines(InMemoryTransactions transactions, InMemoryOutbounds outbounds) {
        this.lines = new InMemoryTable<>(transactions);
        this.cancels = new InMemoryTable<>(transactions);
        this.orders = outbounds.orders;
        this.outbounds = outbounds.outbounds;
    }

    /** All lines, oldest first. */
    public List<DispatchLine> all() {
        return List.copyOf(lines.values());
    }

    /** All cancels, oldest first. */
    public Collection<LineCancel> allCancels() {
        return Collections.unmodifiableCollection(cancels.values());
    }

    /** As if the line's hand-over had been parked, and a person had closed it. */
    public void giveUp(LineNumber line) {
        givenUp.add(line);
    }

    @Override
    public Set<LineNumber> givenUp(Collection<LineNumber> unknown) {
        return unknown.stream().filter(givenUp::contains).collect(Collectors.toSet());
    }

    @Override
    public void insert(List<HandedOver> handedOver) {
        for (HandedOver line : handedOver) {
            orders.putIfAbsent(line.handOver().order(), line.handOver());
            if (lines.put(line.line().number(), line.line()) != null) {
                throw new IllegalStateException("The line was handed over before: " + line);
            }
        }
    }

    @Override
    public Map<LineNumber, Sku> skus(Collection<LineNumber> numbers) {
        Map<LineNumber, Sku> skus = new HashMap<>();
        find(numbers)
                .forEach((number, line) -> skus.put(number, line.line().key().sku()));
        return skus;
    }

    @Override
    public Map<LineNumber, LineInHand> find(Collection<LineNumber> numbers) {
        Map<LineNumber, LineInHand> found = new HashMap<>();
        for (LineNumber number : numbers) {
            DispatchLine line = lines.get(number);
            if (line != null) {
                found.put(number, inHand(line));
            }
        }
        return found;
    }

    private LineInHand inHand(DispatchLine line) {
        return new LineInHand(
                line,
                cancels.values().stream()
                        .filter(cancel -> cancel.line().equals(line.number()) && cancel.open() > 0)
                        .toList());
    }

    @Override
    public Set<ChannelKey> shortKeys(Collection<Sku> skus) {
        return lines.values().stream()
                .filter(line -> line.shortage() > 0 && skus.contains(line.key().sku()))
                .map(DispatchLine::key)
                .collect(Collectors.toSet());
    }

    @Override
    public List<LineInHand> waiting(Collection<ChannelKey> keys, int limitPerSku) {
        List<LineInHand> waiting = new ArrayList<>();
        for (Sku sku : keys.stream().map(ChannelKey::sku).collect(Collectors.toSet())) {
            lines.values().stream()
                    .filter(line -> line.shortage() > 0 && line.key().sku().equals(sku) && keys.contains(line.key()))
                    .limit(limitPerSku)
                    .map(this::inHand)
                    .forEach(waiting::add);
        }
        return waiting;
    }

    @Override
    public List<LineCancel> cancels(Collection<LineNumber> ofLines, Collection<String> ids) {
        return cancels.values().stream()
                .filter(cancel -> ofLines.contains(cancel.line()) && ids.contains(cancel.cancel()))
                .toList();
    }

    @Override
    public void save(Collection<LineInHand> changed) {
        for (LineInHand line : changed) {
            lines.put(line.line().number(), line.line());
            for (LineCancel cancel : line.cancels()) {
                cancels.put(new CancelKey(cancel.line(), cancel.cancel()), cancel);
            }
        }
    }

    @Override
    public List<LineNumber> wantingRelease(Set<Integer> partitions, int limit) {
        List<LineNumber> wanting = lines.values().stream()
                .filter(line -> partitions.contains(line.key().sku().partition()) && line.open() > line.asked())
                .map(DispatchLine::number)
                .filter(number -> outbounds.values().stream()
                        .anyMatch(outbound -> outbound.line().equals(number) && outbound.releasable()))
                .toList();
        return FairBatch.of(
                limit,
                LineNumber::order,
                (without, most) -> wanting.stream()
                        .filter(number -> !without.contains(number.order()))
                        .limit(most)
                        .toList());
    }
}
