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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.fuzz.Protos;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;
import org.tierstock.protocol.v1.BeginEpochRequest;
import org.tierstock.protocol.v1.Envelope;

/** Every method that the protos describe serves whom it is for, and nobody who speaks for another. */
class GrpcSecurityWalkTest {
    private static final String LAYER = "layer";

    /** Whom each service of a layer is for. */
    private static final Map<Layer, Map<String, Set<Role>>> BUSINESS = Map.of(
            Layer.SALES,
            Map.of(
                    "tierstock.sales.v1.OrderService", Set.of(Role.CHANNEL, Role.OPERATOR),
                    "tierstock.protocol.v1.HistoryService", Set.of(Role.SERVICE_DISPATCH)),
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
        try {
            if (method.isServerStreaming()) {
                ClientCalls.blockingServerStreamingCall(channel, called, options, request)
                        .forEachRemaining(page -> {});
            } else {
                ClientCalls.blockingUnaryCall(channel, called, options, request);
            }
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
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
    void no_method_lets_a_layer_speak_for_another() {
        int walkedOnes = 0;
        for (Walked walked : everyMethod()) {
            FieldDescriptor layer = walked.method().getInputType().findFieldByName(LAYER);
            if (layer == null || walked.layer() != Layer.DISPATCH) {
                // Only dispatch has two neighbours: another layer's name is no peer's name anywhere else.
                continue;
            }
            walkedOnes++;
            for (Layer speaker : List.of(Layer.SALES, Layer.WAREHOUSE)) {
                Layer other = speaker == Layer.SALES ? Layer.WAREHOUSE : Layer.SALES;
                DynamicMessage forged = walked.request().toBuilder()
                        .setField(layer, other.code())
                        .build();
                assertThat(status(walked, forged, token(Role.ofService(speaker))))
                        .as("%s speaks for %s: %s", speaker, other, walked)
                        .isEqualTo(Status.Code.PERMISSION_DENIED);
            }
        }
        assertThat(walkedOnes).isGreaterThanOrEqualTo(6);
        assertThat(refusedCalls("layer")).isGreaterThanOrEqualTo(2.0 * walkedOnes);
    }

    @Test
    void an_epoch_beyond_the_next_is_refused_also_to_its_own_layer() {
        Walked beginEpoch = everyMethod().stream()
                .filter(walked -> walked.layer() == Layer.DISPATCH
                        && walked.method().getName().equals("BeginEpoch"))
                .findFirst()
                .orElseThrow();
        double before = refusedCalls("epoch");

        for (long epoch : List.of(3L, Long.MAX_VALUE)) {
            BeginEpochRequest beyond = BeginEpochRequest.newBuilder()
                    .setLayer(Layer.WAREHOUSE.code())
                    .setEnvelope(Envelope.newBuilder().setEpoch(epoch))
                    .build();
            assertThat(status(beginEpoch, beyond, token(Role.SERVICE_WAREHOUSE)))
                    .isEqualTo(Status.Code.FAILED_PRECONDITION);
        }

        assertThat(refusedCalls("epoch")).isEqualTo(before + 2);
        Shop shop = Shop.open("epoch");
        shop.receiveUnits(shop.warehouse, "A-1", 3);
        shop.awaitSellable(3);
    }

    /** How many calls the first replica of dispatch has refused for that cause. */
    private static double refusedCalls(String cause) {
        String metrics = new Rest(RunningPlatform.get().management(Layer.DISPATCH), null)
                .get("/q/metrics")
                .ok()
                .response()
                .body();
        String meter = "tierstock_calls_refused_total{cause=\"" + cause + "\"";
        return metrics.lines()
                .filter(line -> line.startsWith(meter))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
