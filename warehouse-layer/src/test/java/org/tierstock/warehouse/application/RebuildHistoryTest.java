package org.tierstock.warehouse.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.warehouse.adapter.out.postgres.PostgresAdapters;
import org.tierstock.warehouse.application.RebuildStock.Lost;
import org.tierstock.warehouse.domain.LostOutbound;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.fake.InMemoryAdapters;

/**
 * A history goes on after its backup and is lost; what dispatch knew of it, up to any moment, makes the backup good. Two
 * histories of one seed are the same, so one of them is the backup of the other.
 */
class RebuildHistoryTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 40;

    @Test
    void the_equations_hold_after_a_rebuild_from_whatever_dispatch_knew() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            rebuild(seed, new InMemoryAdapters());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void they_hold_on_the_database_too(long seed) {
        rebuild(seed, new PostgresAdapters());
    }

    private static void rebuild(long seed, Floor.Adapters adapters) {
        try {
            new Rebuilding(seed, adapters).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Seed " + seed, e);
        }
    }

    private static final class Rebuilding {
        private final Random random;
        private final InMemoryAdapters sent = new InMemoryAdapters();
        private final Floor lost = new Floor(sent);
        private final Floor restored;
        private final WarehouseHistory history;
        private final WarehouseHistory backup;
        private final Map<String, Long> shipped = new HashMap<>();
        private final Map<String, Long> lostFromLocks = new HashMap<>();

        Rebuilding(long seed, Floor.Adapters adapters) {
            this.random = new Random(seed);
            this.restored = new Floor(adapters);
            this.history = new WarehouseHistory(seed, lost);
            this.backup = new WarehouseHistory(seed, restored);
        }

        void run() {
            history.run(STEPS);
            backup.run(STEPS);
            int before = restored.takeMessages().size();
            history.run(STEPS);
            List<Received<FromWarehouse>> told = told(before);
            lost.allMessages().subList(0, before).forEach(this::count);
            told.forEach(received -> count(received.message()));
            List<LostOutbound> outbounds = outbounds();

            for (int time = 0; time < 2; time++) {
                for (Sku sku : List.of(new Sku("COLA"), new Sku("PHONE"))) {
                    restored.rebuild(new Lost(
                            new StockHead("WH1", sku),
                            told.stream()
                                    .filter(received -> received.message()
                                            .cells()
                                            .getFirst()
                                            .sku()
                                            .equals(sku))
                                    .toList(),
                            outbounds.stream()
                                    .filter(outbound ->
                                            outbound.order().cell().sku().equals(sku))
                                    .toList()));
                }
                Equations.check(restored);
            }
            check(outbounds);
        }

        /** Of every partition a prefix of what was sent after the backup. */
        private List<Received<FromWarehouse>> told(int before) {
            Map<Integer, List<Received<FromWarehouse>>> byPartition = new HashMap<>();
            sent.sent().stream()
                    .skip(before)
                    .forEach(received -> byPartition
                            .computeIfAbsent(received.position().partition(), partition -> new ArrayList<>())
                            .add(received.as((FromWarehouse) received.message())));
            List<Received<FromWarehouse>> told = new ArrayList<>();
            byPartition.values().forEach(all -> told.addAll(all.subList(0, random.nextInt(all.size() + 1))));
            return told;
        }

        private void count(Message message) {
            if (message instanceof GoodsShipped goods) {
                shipped.merge(goods.outbound(), goods.quantity(), Long::sum);
            } else if (message instanceof StockChanged changed) {
                changed.lostLocks().forEach(lock -> lostFromLocks.merge(lock.outbound(), lock.quantity(), Long::sum));
            }
        }

        /** As dispatch knows them: of some it has no answer yet, of some not the last release. */
        private List<LostOutbound> outbounds() {
            List<LostOutbound> outbounds = new ArrayList<>();
            for (Outbound outbound : lost.outbounds()) {
                String id = outbound.order().outbound();
                boolean known = backup.answered().containsKey(id);
                boolean answered = known || random.nextInt(5) > 0;
                long gone = shipped.getOrDefault(id, 0L) + lostFromLocks.getOrDefault(id, 0L);
                long released =
                        (random.nextInt(5) > 0 ? history : backup).released().getOrDefault(id, 0L);
                if (answered || gone > 0) {
                    outbounds.add(new LostOutbound(
                            outbound.order(),
                            answered,
                            answered ? outbound.refused() : 0,
                            gone,
                            answered ? released : 0));
                }
            }
            return outbounds;
        }

        /** E3: an outbound is as dispatch knows it, but for what it is told now to be lost. */
        private void check(List<LostOutbound> outbounds) {
            restored.takeMessages().stream()
                    .filter(message -> message instanceof StockChanged changed && LostOutbound.isLack(changed))
                    .forEach(this::count);
            for (LostOutbound expected : outbounds) {
                String id = expected.order().outbound();
                Outbound outbound = restored.outbound(id);
                assertThat(outbound.shipped()).as(id).isEqualTo(shipped.getOrDefault(id, 0L));
                assertThat(outbound.lost()).as(id).isEqualTo(lostFromLocks.getOrDefault(id, 0L));
                assertThat(outbound.released()).as(id).isEqualTo(expected.released());
                if (expected.answered()) {
                    assertThat(outbound.refused()).as(id).isEqualTo(expected.refused());
                }
            }
        }
    }
}
