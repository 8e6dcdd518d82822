package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.fuzz.Protos;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;
import org.tierstock.protocol.v1.BeginEpochRequest;
import org.tierstock.protocol.v1.Cell;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.protocol.v1.StreamPosition;
import org.tierstock.sales.v1.CancelBatchRequest;
import org.tierstock.sales.v1.CancelRequest;
import org.tierstock.sales.v1.OrderLine;
import org.tierstock.sales.v1.PayBatchRequest;
import org.tierstock.sales.v1.PayRequest;
import org.tierstock.sales.v1.PlaceBatchRequest;
import org.tierstock.sales.v1.PlaceRequest;
import org.tierstock.warehouse.v1.LockStockRequest;
import org.tierstock.warehouse.v1.OutboundRequest;

/** Every method that the protos describe serves whom it is for, and nobody who speaks for another. */
class GrpcSecurityWalkTest {
    private static final String LAYER = "layer";
    private static final String ENVELOPE = "envelope";
    private static final String EXCHANGE = "ExchangePositions";
    private static final int PARTITIONS = 16;
    private static final String ORDERS = "tierstock.sales.v1.OrderService";
    private static final Set<String> EVERY = Set.of("*");
    private static final Set<String> NOBODY = Set.of("NOBODY");

    /** A number that nothing has come to. */
    private static final long BEYOND = 1_000_000_000_000_000L;

    /** The calls between layers that have an effect, or are remembered; {@code BeginEpoch} has bounds of its own. */
    private static final Set<String> MOVING =
            Set.of("LockStock", "CancelOutbound", "HandOver", "CancelLines", EXCHANGE, "CloseNumbers");

    /** Whom each service of a layer is for. */
    private static final Map<Layer, Map<String, Set<Role>>> BUSINESS = Map.of(
            Layer.SALES,
            Map.of(
                    ORDERS,
                    Set.of(Role.CHANNEL, Role.OPERATOR),
                    "tierstock.protocol.v1.HistoryService",
                    Set.of(Role.SERVICE_DISPATCH)),
            Layer.DISPATCH,
            Map.of(
                    "tierstock.dispatch.v1.HandOverService", Set.of(Role.SERVICE_SALES),
                    "tierstock.dispatch.v1.ReconciliationService", Set.of(Role.SERVICE_SALES),
                    "tierstock.protocol.v1.HistoryService", Set.of(Role.SERVICE_SALES, Role.SERVICE_WAREHOUSE)),
            Layer.WAREHOUSE,
            Map.of(
                    "tierstock.warehouse.v1.StockLockService", Set.of(Role.SERVICE_DISPATCH),
                    "tierstock.warehouse.v1.ReconciliationService", Set.of(Role.SERVICE_DISPATCH),
                    "tierstock.protocol.v1.HistoryService", Set.of(Role.SERVICE_DISPATCH)));

    private static final Map<Layer, ManagedChannel> CHANNELS = new EnumMap<>(Layer.class);

    /** A method of a layer. */
    private record Walked(Layer layer, MethodDescriptor method) {
        Set<Role> business() {
            return BUSINESS.get(layer).getOrDefault(method.getService().getFullName(), Set.of());
        }

        DynamicMessage request() {
            return DynamicMessage.getDefaultInstance(method.getInputType());
        }

        @Override
        public String toString() {
            return layer.code() + ' ' + method.getFullName();
        }
    }

    @BeforeAll
    static void open() {
        for (Layer layer : Layer.values()) {
            CHANNELS.put(
                    layer,
                    ManagedChannelBuilder.forTarget(RunningPlatform.get().grpcAddress(layer))
                            .usePlaintext()
                            .build());
        }
    }

    @AfterAll
    static void close() {
        CHANNELS.values().forEach(ManagedChannel::shutdownNow);
    }

    private static List<Walked> everyMethod() {
        List<Walked> all = new ArrayList<>();
        Protos.SERVED.forEach((layer, files) -> files.stream()
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream())
                .forEach(method -> all.add(new Walked(layer, method))));
        assertThat(all).hasSizeGreaterThan(30);
        return all;
    }

    private static String token(Role role) {
        return RunningPlatform.get().token(role, Scopes.ALL);
    }

    private static Status.Code status(Walked walked, Message request, String token) {
        try {
            answers(walked, request, token);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static List<Message> answers(Walked walked, Message request, String token) {
        MethodDescriptor method = walked.method();
        DynamicMessage answer = DynamicMessage.getDefaultInstance(method.getOutputType());
        io.grpc.MethodDescriptor<Message, Message> called = io.grpc.MethodDescriptor.<Message, Message>newBuilder()
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setType(method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller((Message) answer))
                .build();
        Channel channel = CHANNELS.get(walked.layer());
        if (token != null) {
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
            channel = io.grpc.ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        }
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
        List<Message> answers = new ArrayList<>();
        if (method.isServerStreaming()) {
            ClientCalls.blockingServerStreamingCall(channel, called, options, request)
                    .forEachRemaining(answers::add);
        } else {
            answers.add(ClientCalls.blockingUnaryCall(channel, called, options, request));
        }
        return answers;
    }

    @Test
    void no_method_answers_without_a_token() {
        for (Walked walked : everyMethod()) {
            for (String token : Arrays.asList(null, "nonsense")) {
                assertThat(status(walked, walked.request(), token))
                        .as(walked.toString())
                        .isEqualTo(Status.Code.UNAUTHENTICATED);
            }
        }
    }

    @Test
    void every_method_serves_those_who_have_business_there_and_no_other_role_nor_layer() {
        for (Walked walked : everyMethod()) {
            assertThat(walked.business()).as("whom it is for: %s", walked).isNotEmpty();
            for (Role role : Role.values()) {
                boolean refused = status(walked, walked.request(), token(role)) == Status.Code.PERMISSION_DENIED;
                assertThat(refused)
                        .as("%s as %s", walked, role)
                        .isEqualTo(!walked.business().contains(role));
            }
        }
    }

    @Test
    void a_narrowed_token_opens_no_method_but_those_of_orders_which_keep_to_its_channels() {
        Shop shop = Shop.open("narrowed");
        shop.receiveUnits(shop.warehouse, "A-1", 5);
        shop.awaitSellable(5);
        String order = shop.placed(1);
        String before = shop.order(order).toString();
        Map<String, Message> ordering = ordering(shop, order);

        for (Walked walked : everyMethod()) {
            Message request = ordering.getOrDefault(walked.method().getFullName(), walked.request());
            for (Role role : walked.business()) {
                for (Scopes narrowed : List.of(
                        new Scopes(NOBODY, EVERY, EVERY),
                        new Scopes(EVERY, NOBODY, EVERY),
                        new Scopes(EVERY, EVERY, NOBODY),
                        Scopes.NONE)) {
                    boolean namesChannels = narrowed.channels().equals(EVERY);
                    if (ordering.containsKey(walked.method().getFullName()) && namesChannels) {
                        continue;
                    }
                    assertThat(status(walked, request, RunningPlatform.get().token(role, narrowed)))
                            .as("%s as %s of %s", walked, role, narrowed)
                            .isEqualTo(Status.Code.PERMISSION_DENIED);
                }
            }
        }

        assertThat(shop.order(order).toString()).isEqualTo(before);
        assertThat(List.of(shop.salesBucket("sellable"), shop.salesBucket("locked")))
                .containsExactly(4L, 1L);
        // It was refused for its channel alone, which is all that orders belong to: they name neither a warehouse nor
        // an owner.
        for (Role role : List.of(Role.CHANNEL, Role.OPERATOR)) {
            String token = RunningPlatform.get().token(role, Scopes.ofChannels(shop.channel));
            for (Map.Entry<String, Message> asked : ordering.entrySet()) {
                Walked walked = everyMethod().stream()
                        .filter(method -> method.method().getFullName().equals(asked.getKey()))
                        .findFirst()
                        .orElseThrow();
                assertThat(answers(walked, asked.getValue(), token))
                        .as("%s as %s", walked, role)
                        .singleElement()
                        .asString()
                        .isNotEmpty()
                        .doesNotContain(shop.warehouse)
                        .doesNotContain("ACME");
            }
        }
    }

    /** A right request to every method by which channels order. */
    private static Map<String, Message> ordering(Shop shop, String order) {
        PlaceRequest.Builder place = PlaceRequest.newBuilder()
                .setChannel(shop.channel)
                .addLines(OrderLine.newBuilder().setSku(shop.sku).setQuantity(1));
        PayRequest.Builder pay = PayRequest.newBuilder().setOrderNumber(order);
        CancelRequest.Builder cancel =
                CancelRequest.newBuilder().setOrderNumber(order).setReasonCode("BUYER");
        Map<String, Message> ordering = new HashMap<>();
        Map.of(
                        "Place",
                        place.setChannelOrderNumber("G1").build(),
                        "PlaceBatch",
                        PlaceBatchRequest.newBuilder()
                                .addOrders(place.setChannelOrderNumber("G2"))
                                .build(),
                        "Pay",
                        pay.setPaymentNumber("G1").build(),
                        "PayBatch",
                        PayBatchRequest.newBuilder()
                                .addPayments(pay.setPaymentNumber("G2"))
                                .build(),
                        "Cancel",
                        cancel.setCancellationNumber("G1").build(),
                        "CancelBatch",
                        CancelBatchRequest.newBuilder()
                                .addCancellations(cancel.setCancellationNumber("G2"))
                                .build())
                .forEach((method, request) -> ordering.put(ORDERS + '.' + method, request));
        assertThat(everyMethod().stream()
                        .map(walked -> walked.method().getFullName())
                        .filter(method -> method.startsWith(ORDERS)))
                .containsExactlyInAnyOrderElementsOf(ordering.keySet());
        return ordering;
    }

    @Test
    void no_method_lets_a_layer_speak_for_another() {
        for (Layer asked : Layer.values()) {
            double before = refusedCalls(asked, LAYER);
            int forged = 0;
            for (Walked walked : everyMethod()) {
                FieldDescriptor layer = walked.method().getInputType().findFieldByName(LAYER);
                if (walked.layer() != asked || layer == null) {
                    continue;
                }
                for (Layer speaker : Layer.values()) {
                    if (!walked.business().contains(Role.ofService(speaker))) {
                        continue;
                    }
                    for (String other : othersThan(speaker)) {
                        forged++;
                        DynamicMessage request = walked.request().toBuilder()
                                .setField(layer, other)
                                .build();
                        assertThat(status(walked, request, token(Role.ofService(speaker))))
                                .as("%s speaks for %s: %s", speaker, other, walked)
                                .isEqualTo(Status.Code.PERMISSION_DENIED);
                    }
                }
            }
            assertThat(forged).isGreaterThanOrEqualTo(7 * 4);
            assertThat(refusedCalls(asked, LAYER)).as(asked.code()).isEqualTo(before + forged);
            RunningPlatform.awaitLogged(asked, "Refused for its layer: a call for the ");
        }
    }

    /** The layers that this one is not, and what is no layer's name. */
    private static List<String> othersThan(Layer speaker) {
        return Stream.concat(
                        Arrays.stream(Layer.values())
                                .filter(layer -> layer != speaker)
                                .map(Layer::code),
                        Stream.of("nobody", "\n" + "x".repeat(1_000)))
                .toList();
    }

    @Test
    void an_epoch_beyond_the_next_is_refused_also_to_its_own_layer() {
        Walked beginEpoch = everyMethod().stream()
                .filter(walked -> walked.layer() == Layer.DISPATCH
                        && walked.method().getName().equals("BeginEpoch"))
                .findFirst()
                .orElseThrow();
        double before = refusedCalls(Layer.DISPATCH, "epoch");

        for (long epoch : List.of(3L, Long.MAX_VALUE)) {
            BeginEpochRequest beyond = BeginEpochRequest.newBuilder()
                    .setLayer(Layer.WAREHOUSE.code())
                    .setEnvelope(Envelope.newBuilder().setEpoch(epoch))
                    .build();
            assertThat(status(beginEpoch, beyond, token(Role.SERVICE_WAREHOUSE)))
                    .isEqualTo(Status.Code.FAILED_PRECONDITION);
        }

        assertThat(refusedCalls(Layer.DISPATCH, "epoch")).isEqualTo(before + 2);
        RunningPlatform.awaitLogged(Layer.DISPATCH, "Refused for its epoch: epoch ");
        Shop shop = Shop.open("epoch");
        shop.receiveUnits(shop.warehouse, "A-1", 3);
        shop.awaitSellable(3);
    }

    @Test
    void no_peer_is_believed_to_be_where_it_cannot_be() {
        List<Envelope> unbelievable = List.of(
                at(0, 1),
                at(-5, 1),
                at(1_000, 1),
                at(Long.MAX_VALUE, 1),
                at(1, -7),
                at(1, Long.MIN_VALUE),
                at(1, BEYOND));
        int walkedOnes = 0;
        for (Walked walked : everyMethod()) {
            if (!MOVING.contains(walked.method().getName())) {
                continue;
            }
            for (Layer peer : Layer.values()) {
                Role role = Role.ofService(peer);
                if (!walked.business().contains(role)) {
                    continue;
                }
                walkedOnes++;
                for (Envelope envelope : unbelievable) {
                    assertThat(status(walked, movingRequest(walked, peer, envelope), token(role)))
                            .as("%s as %s at %s", walked, role, envelope)
                            .isEqualTo(Status.Code.FAILED_PRECONDITION);
                }
            }
        }
        assertThat(walkedOnes).isEqualTo(10);
        sells(Shop.open("envelope"));
    }

    private static Envelope at(long epoch, long journal) {
        return Envelope.newBuilder().setEpoch(epoch).setJournal(journal).build();
    }

    /** A request that would do nothing, were its envelope believed. */
    private static Message movingRequest(Walked walked, Layer peer, Envelope envelope) {
        DynamicMessage.Builder request = walked.request().toBuilder();
        Map.of(ENVELOPE, envelope, LAYER, peer.code(), "warehouse", "NONE").forEach((name, value) -> {
            FieldDescriptor field = walked.method().getInputType().findFieldByName(name);
            if (field != null) {
                request.setField(field, value);
            }
        });
        return request.build();
    }

    @Test
    void numbers_that_a_peer_cannot_have_come_to_end_no_lock_and_are_not_remembered() throws SQLException {
        Shop shop = Shop.open("numbers");
        OutboundRequest.Builder outbound = OutboundRequest.newBuilder()
                .setOutbound("OB-" + shop.name)
                .setOrder("C:1")
                .setOrderLine(1)
                .setQuantity(1)
                .setShipRegion(shop.region)
                .setDeliveryMethod("PARCEL")
                .setCell(Cell.newBuilder()
                        .setNode(shop.warehouse)
                        .setVirtualWarehouse("MAIN")
                        .setOwner("ACME")
                        .setQuality("NORMAL")
                        .setSku(shop.sku));
        LockStockRequest.Builder lock = LockStockRequest.newBuilder()
                .setEnvelope(at(1, 1))
                .setWarehouse(shop.warehouse)
                .setLow(BEYOND);

        for (long number : List.of(BEYOND, Long.MAX_VALUE)) {
            assertThat(status(
                            method(Layer.WAREHOUSE, "LockStock"),
                            lock.clone()
                                    .addOutbounds(outbound.setNumber(number))
                                    .build(),
                            token(Role.SERVICE_DISPATCH)))
                    .isEqualTo(Status.Code.FAILED_PRECONDITION);
        }
        assertThat(status(
                        method(Layer.WAREHOUSE, "LockStock"),
                        lock.clone().addOutbounds(outbound.setNumber(1)).build(),
                        token(Role.SERVICE_DISPATCH)))
                .isEqualTo(Status.Code.OK);
        var toWarehouse =
                org.tierstock.warehouse.v1.ExchangePositionsRequest.newBuilder().setEnvelope(at(1, 1));
        var toDispatch =
                org.tierstock.dispatch.v1.ExchangePositionsRequest.newBuilder().setEnvelope(at(1, 1));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            toWarehouse.addReleased(beyond("W>D:" + shop.warehouse, partition));
            toDispatch.addReleased(beyond("D>S", partition)).addReleased(beyond("S>D", partition));
        }
        toWarehouse.addReleased(beyond("D>W:" + shop.warehouse, 0));
        assertThat(status(method(Layer.WAREHOUSE, EXCHANGE), toWarehouse.build(), token(Role.SERVICE_DISPATCH)))
                .isEqualTo(Status.Code.OK);
        assertThat(status(method(Layer.DISPATCH, EXCHANGE), toDispatch.build(), token(Role.SERVICE_SALES)))
                .isEqualTo(Status.Code.OK);

        for (Layer layer : List.of(Layer.DISPATCH, Layer.WAREHOUSE)) {
            assertThat(highest(layer, "SELECT max(sequence) FROM stream_released"))
                    .as("what %s remembers", layer)
                    .isLessThan(BEYOND);
        }
        assertThat(highest(Layer.WAREHOUSE, "SELECT max(low) FROM outbound_low"))
                .isLessThan(BEYOND);
        sells(shop);
    }

    private static Walked method(Layer layer, String name) {
        return everyMethod().stream()
                .filter(walked ->
                        walked.layer() == layer && walked.method().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static StreamPosition beyond(String stream, int partition) {
        return StreamPosition.newBuilder()
                .setStream(stream)
                .setPartition(partition)
                .setSequence(BEYOND)
                .build();
    }

    private static long highest(Layer layer, String query) throws SQLException {
        LayerDatabase database = RunningPlatform.get().database(layer);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Honest calls go on: goods come in, are sold, locked and shipped. */
    private static void sells(Shop shop) {
        shop.receiveUnits(shop.warehouse, "A-1", 3);
        shop.awaitSellable(3);
        String order = shop.placed(2);
        shop.pay(order).ok();
        shop.shipAll(order, 2);
    }

    /** How many calls a layer has refused for that cause. */
    private static double refusedCalls(Layer layer, String cause) {
        return RunningPlatform.counted(layer, "tierstock_calls_refused_total{cause=\"" + cause + "\"");
    }
}
