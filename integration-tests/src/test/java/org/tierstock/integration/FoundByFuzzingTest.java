package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.protocol.v1.StreamPosition;

/** What bad input has once broken. */
class FoundByFuzzingTest {
    private static final Envelope ENVELOPE =
            Envelope.newBuilder().setEpoch(1).setJournal(1).build();

    private static void asService(Layer layer, Consumer<ManagedChannel> calls) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + RunningPlatform.get().token(Role.SERVICE, Scopes.ALL));
        ManagedChannel channel = ManagedChannelBuilder.forTarget(
                        RunningPlatform.get().grpcAddress(layer))
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
        try {
            calls.accept(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_position_named_twice_is_no_failure() {
        StreamPosition ofSales =
                StreamPosition.newBuilder().setStream("D>S").setSequence(1).build();
        StreamPosition ofDispatch =
                StreamPosition.newBuilder().setStream("W>D:NONE").setSequence(1).build();

        asService(
                Layer.DISPATCH,
                channel -> assertThat(org.tierstock.dispatch.v1.ReconciliationServiceGrpc.newBlockingStub(channel)
                                .exchangePositions(org.tierstock.dispatch.v1.ExchangePositionsRequest.newBuilder()
                                        .setEnvelope(ENVELOPE)
                                        .addReleased(ofSales)
                                        .addReleased(ofSales)
                                        .build())
                                .getCallerEpoch())
                        .isEqualTo(1));
        asService(
                Layer.WAREHOUSE,
                channel -> assertThat(org.tierstock.warehouse.v1.ReconciliationServiceGrpc.newBlockingStub(channel)
                                .exchangePositions(org.tierstock.warehouse.v1.ExchangePositionsRequest.newBuilder()
                                        .setEnvelope(ENVELOPE)
                                        .addReleased(ofDispatch)
                                        .addReleased(ofDispatch)
                                        .build())
                                .getCallerEpoch())
                        .isEqualTo(1));
    }

    @Test
    void an_instant_beyond_the_calendar_is_malformed() {
        for (Layer layer : Layer.values()) {
            Rest.Answer answer = RunningPlatform.rest(layer, Role.OPERATOR)
                    .get("/v1/movements?sku=NONE&from=%2B999999999-12-31T23:59:59Z");

            assertThat(answer.status()).as(layer.code()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("MALFORMED");
        }
    }
}
