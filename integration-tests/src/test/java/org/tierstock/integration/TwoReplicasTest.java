package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** Two replicas of each service: no row and no work belongs to one of them. */
class TwoReplicasTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PARTITIONS = 16;

    /** How many partitions of each kind of work each replica holds. */
    private static Map<String, Map<String, Integer>> holders(Layer layer) {
        LayerDatabase database = RunningPlatform.get().database(layer);
        Map<String, Map<String, Integer>> holders = new TreeMap<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT name, owner, count(*) FROM lease WHERE until > now() GROUP BY 1, 2")) {
            while (row.next()) {
                holders.computeIfAbsent(row.getString(1), name -> new TreeMap<>())
                        .put(row.getString(2), row.getInt(3));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return holders;
    }

    private static void awaitEveryPartitionIsHeldBy(Layer layer, int replicas) {
        await(layer + "'s leases").atMost(SOON).untilAsserted(() -> {
            Map<String, Map<String, Integer>> holders = holders(layer);
            assertThat(holders).isNotEmpty();
            holders.forEach((work, shares) -> {
                assertThat(shares).as(work).hasSize(replicas);
                assertThat(shares.values()).as(work).containsOnly(PARTITIONS / replicas);
            });
        });
    }

    @Test
    void both_replicas_share_the_partitions_of_every_kind_of_work() {
        for (Layer layer : Layer.values()) {
            awaitEveryPartitionIsHeldBy(layer, 2);
        }
    }

    @Test
    void an_order_that_reaches_both_replicas_at_once_is_placed_once() throws Exception {
        Shop shop = Shop.open("twice");
        int orders = 40;
        shop.receiveUnits(shop.warehouse, "A-1", 3 * orders);
        shop.awaitSellable(3 * orders);
        String token = RunningPlatform.get().token(Role.CHANNEL, Scopes.ofChannels(shop.channel));
        List<Rest> replicas = RunningPlatform.get().urls(Layer.SALES).stream()
                .map(url -> new Rest(url, token))
                .toList();
        assertThat(replicas).hasSize(2);

        for (int i = 0; i < orders; i++) {
            String number = "TWICE-" + i;
            List<Rest.Answer> answers =
                    together(replicas, replica -> replica.post("/v1/orders", shop.order(number, 2)));

            assertThat(answers).extracting(Rest.Answer::status).containsExactlyInAnyOrder(200, 201);
            assertThat(answers).filteredOn(Rest.Answer::replayed).hasSize(1);
        }

        assertThat(List.of(shop.sellable(), shop.salesBucket("locked"))).containsExactly((long) orders, 2L * orders);
    }

    @Test
    void a_payment_that_reaches_both_replicas_at_once_is_handed_over_once() throws Exception {
        Shop shop = Shop.open("paytwice");
        shop.receiveUnits(shop.warehouse, "A-1", 20);
        shop.awaitSellable(20);
        String token = RunningPlatform.get().token(Role.CHANNEL, Scopes.ofChannels(shop.channel));
        List<Rest> replicas = RunningPlatform.get().urls(Layer.SALES).stream()
                .map(url -> new Rest(url, token))
                .toList();
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            orders.add(shop.placed(2));
        }

        for (String order : orders) {
            List<Rest.Answer> answers = together(
                    replicas,
                    replica -> replica.post(
                            "/v1/orders/" + order + "/payment", Map.of("paymentNumber", "P" + order.hashCode())));
            assertThat(answers).extracting(Rest.Answer::status).containsExactlyInAnyOrder(200, 201);
        }

        for (String order : orders) {
            shop.awaitLocked(order, 2);
        }
        assertThat(List.of(shop.salesBucket("locked"), shop.salesBucket("sold")))
                .containsExactly(0L, 20L);
        assertThat(shop.warehouseStock()).containsExactly(0L, 20L, 0L);
    }

    @Test
    void when_one_replica_of_each_service_dies_the_others_do_its_work() {
        LocalPlatform platform = RunningPlatform.get();
        List<String> victims = List.of("sales-1", "dispatch-1", "warehouse-1");
        Shop shop = Shop.open("survive");
        shop.receiveUnits(shop.warehouse, "A-1", 20);
        shop.awaitSellable(20);
        victims.forEach(platform::kill);
        try {
            // Of the partitions that the dead held, too: as many SKUs as it takes to touch them.
            for (int i = 0; i < 6; i++) {
                Shop other = Shop.open("survive");
                other.receiveUnits(other.warehouse, "A-1", 5);
                other.awaitSellable(5);
                String order = other.placed(2);
                other.pay(order).ok();
                other.shipAll(order, 2);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(
                                        other.dispatchLine(order).get("shipped").asLong())
                                .isEqualTo(2));
            }
            for (Layer layer : Layer.values()) {
                awaitEveryPartitionIsHeldBy(layer, 1);
            }
        } finally {
            victims.forEach(platform::startAgain);
            victims.forEach(platform::awaitReady);
        }
        for (Layer layer : Layer.values()) {
            awaitEveryPartitionIsHeldBy(layer, 2);
        }
        assertThat(shop.placed(20)).isNotEmpty();
    }

    private interface Asking {
        Rest.Answer ask(Rest replica);
    }

    private static List<Rest.Answer> together(List<Rest> replicas, Asking asking)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(replicas.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Rest.Answer>> asked = new ArrayList<>();
            for (Rest replica : replicas) {
                asked.add(threads.submit(() -> {
                    start.await();
                    return asking.ask(replica);
                }));
            }
            List<Rest.Answer> answers = new ArrayList<>();
            for (Future<Rest.Answer> one : asked) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
