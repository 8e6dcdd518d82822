package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;
import org.tierstock.sales.v1.OrderLine;
import org.tierstock.sales.v1.OrderServiceGrpc;
import org.tierstock.sales.v1.OrderServiceGrpc.OrderServiceStub;
import org.tierstock.sales.v1.PlaceBatchRequest;
import org.tierstock.sales.v1.PlaceBatchResponse;
import org.tierstock.sales.v1.PlaceRequest;
import org.tierstock.sales.v1.PlaceResponse;

/** PostgreSQL stands still, with all connections open, while far more buyers come than may wait. */
class StalledDatabaseTest {
    private static final int UNITS = 500;
    private static final int BUYERS = 10_000;

    /** They come in calls for so many of them: a replica takes fewer calls than a lane has places, and fewer by a connection. */
    private static final int BUYERS_A_CALL = 10;

    private static final int CONNECTIONS = 8;

    /** Which of them a transaction had taken when it was cut short, nobody knows: all come back, so many at once. */
    private static final int WAVE = 1_000;

    /** The usual bound of a lane. */
    private static final int CAPACITY = 8_192;

    /** What one transaction takes. */
    private static final int BATCH = 256;

    private static final int DEADLINE_SECONDS = 90;
    /** A command waits ten seconds; the rest is for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalPlatform platform = RunningPlatform.get();

    @Test
    void whoever_finds_no_place_is_refused_whoever_waits_too_long_too_and_afterwards_nothing_is_sold_twice()
            throws InterruptedException {
        Shop shop = Shop.open("stalled");
        shop.receiveUnits(shop.warehouse, "A-1", UNITS);
        shop.awaitSellable(UNITS);
        List<ManagedChannel> channels = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> ManagedChannelBuilder.forTarget(platform.grpcAddress(Layer.SALES))
                        .usePlaintext()
                        .build())
                .toList();
        try {
            List<OrderServiceStub> orders = channels.stream()
                    .map(channel -> OrderServiceGrpc.newStub(channel)
                            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token(shop))))
                    .toList();
            List<CompletableFuture<PlaceResponse>> first;
            platform.stall("postgres");
            try {
                first = place(orders, shop, 0, BUYERS);

                await("refusals of a full lane")
                        .atMost(PATIENCE)
                        .until(() -> refused(first) >= BUYERS - CAPACITY - BATCH);
                assertThat(waiting()).isLessThanOrEqualTo(CAPACITY);
                await("answers to those who waited too long")
                        .atMost(PATIENCE)
                        .until(() ->
                                first.stream().filter(CompletableFuture::isDone).count() >= BUYERS - BATCH);
                // A transaction that got no answer for seconds is given up, and the next one begins: these are unknown.
                assertThat(refused(first)).isGreaterThan(BUYERS - CAPACITY);
            } finally {
                platform.goOn("postgres");
            }

            Map<Integer, String> told = outcomes(0, first);
            Map<Integer, String> again = new HashMap<>();
            for (int buyer = 0; buyer < BUYERS; buyer += WAVE) {
                again.putAll(outcomes(buyer, place(orders, shop, buyer, WAVE)));
            }
            again.forEach((buyer, order) ->
                    assertThat(told.getOrDefault(buyer, order)).isEqualTo(order));
            assertThat(again.keySet()).containsAll(told.keySet());
            assertThat(again).hasSize(UNITS);
            assertThat(List.of(shop.sellable(), shop.salesBucket("locked"))).containsExactly(0L, (long) UNITS);
            assertThat(RunningPlatform.rest(Layer.SALES, Role.OPERATOR)
                            .check("/v1/audits")
                            .get("differences"))
                    .isEmpty();
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private Metadata token(Shop shop) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + platform.token(Role.CHANNEL, Scopes.ofChannels(shop.channel)));
        return headers;
    }

    private static List<CompletableFuture<PlaceResponse>> place(
            List<OrderServiceStub> orders, Shop shop, int firstBuyer, int buyers) {
        List<CompletableFuture<PlaceResponse>> asked = new ArrayList<>();
        for (int buyer = firstBuyer; buyer < firstBuyer + buyers; buyer += BUYERS_A_CALL) {
            PlaceBatchRequest.Builder call = PlaceBatchRequest.newBuilder();
            List<CompletableFuture<PlaceResponse>> answers = new ArrayList<>();
            for (int each = buyer; each < buyer + BUYERS_A_CALL; each++) {
                call.addOrders(PlaceRequest.newBuilder()
                        .setChannel(shop.channel)
                        .setChannelOrderNumber("B" + each)
                        .addLines(OrderLine.newBuilder().setSku(shop.sku).setQuantity(1)));
                answers.add(new CompletableFuture<>());
            }
            orders.get(asked.size() / BUYERS_A_CALL % orders.size())
                    .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .placeBatch(call.build(), completing(answers));
            asked.addAll(answers);
        }
        return asked;
    }

    private static StreamObserver<PlaceBatchResponse> completing(List<CompletableFuture<PlaceResponse>> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(PlaceBatchResponse response) {
                for (int i = 0; i < answers.size(); i++) {
                    answers.get(i).complete(response.getOutcomes(i));
                }
            }

            @Override
            public void onError(Throwable failure) {
                answers.forEach(answer -> answer.completeExceptionally(failure));
            }

            @Override
            public void onCompleted() {
                // The one response was the answer.
            }
        };
    }

    private static long refused(List<CompletableFuture<PlaceResponse>> asked) {
        return asked.stream()
                .filter(CompletableFuture::isDone)
                .filter(answer -> code(answer) == Status.Code.RESOURCE_EXHAUSTED)
                .count();
    }

    private static Status.Code code(CompletableFuture<PlaceResponse> answer) {
        try {
            answer.get();
            return Status.Code.OK;
        } catch (ExecutionException e) {
            return Status.fromThrowable(e.getCause()).getCode();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The order number of each buyer who got one. Every other was told something that changes nothing. */
    private static Map<Integer, String> outcomes(int firstBuyer, List<CompletableFuture<PlaceResponse>> asked)
            throws InterruptedException {
        Map<Integer, String> placed = new HashMap<>();
        for (int place = 0; place < asked.size(); place++) {
            try {
                PlaceResponse answer = asked.get(place).get();
                if (answer.hasPlaced()) {
                    placed.put(firstBuyer + place, answer.getPlaced().getOrderNumber());
                }
            } catch (ExecutionException e) {
                // Unknown is what a transaction cut short may be; the repetition tells.
                assertThat(Status.fromThrowable(e.getCause()).getCode())
                        .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.UNAVAILABLE);
            }
        }
        return placed;
    }

    /** Commands that wait in the lanes of the first sales replica. */
    private double waiting() {
        return new Rest(RunningPlatform.get().management(Layer.SALES), null)
                .get("/q/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("tierstock_posting_waiting"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }
}
