package org.tierstock.integration.bench;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.tierstock.sales.v1.OrderLine;
import org.tierstock.sales.v1.OrderServiceGrpc;
import org.tierstock.sales.v1.PlaceBatchRequest;
import org.tierstock.sales.v1.PlaceBatchResponse;
import org.tierstock.sales.v1.PlaceRequest;
import org.tierstock.sales.v1.PlaceResponse;

/** Places orders through gRPC: on the sales layer, and on its opponent under another service's name. */
final class GrpcOrders implements AutoCloseable {
    private static final String OPPONENT = "tierstock.benchmark.v1.NaiveOrderService/";
    private static final long DEADLINE_SECONDS = 60;

    private static final MethodDescriptor<PlaceRequest, PlaceResponse> PLACE = OrderServiceGrpc.getPlaceMethod();
    private static final MethodDescriptor<PlaceBatchRequest, PlaceBatchResponse> PLACE_BATCH =
            OrderServiceGrpc.getPlaceBatchMethod();

    private final ManagedChannel channel;

    /** Everything happens on the event loop's one thread: two processors are shared with the server and PostgreSQL. */
    GrpcOrders(String address, String token, EventLoopGroup eventLoop) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        channel = NettyChannelBuilder.forTarget(address)
                .usePlaintext()
                .directExecutor()
                .eventLoopGroup(eventLoop)
                .channelType(NioSocketChannel.class)
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
    }

    Sender place(OrderSource orders) {
        return unary(PLACE, orders);
    }

    Sender placeBatch(OrderSource orders, int ordersPerCall) {
        return batch(PLACE_BATCH, orders, ordersPerCall);
    }

    Sender placeNaively(OrderSource orders) {
        return unary(opponents(PLACE, "Place"), orders);
    }

    Sender placeBatchNaively(OrderSource orders, int ordersPerCall) {
        return batch(opponents(PLACE_BATCH, "PlaceBatch"), orders, ordersPerCall);
    }

    Sender placeInOneStatement(OrderSource orders) {
        return unary(opponents(PLACE, "PlaceInOneStatement"), orders);
    }

    /** Asks for the balance of the order's SKU, by one SELECT a call. Answers count as refusals. */
    Sender glance(OrderSource orders) {
        return unary(opponents(PLACE, "Glance"), orders);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static <Q, A> MethodDescriptor<Q, A> opponents(MethodDescriptor<Q, A> method, String name) {
        return method.toBuilder().setFullMethodName(OPPONENT + name).build();
    }

    private Sender unary(MethodDescriptor<PlaceRequest, PlaceResponse> method, OrderSource orders) {
        return answered -> call(method, request(orders.next()), 1, GrpcOrders::placed, answered);
    }

    private Sender batch(
            MethodDescriptor<PlaceBatchRequest, PlaceBatchResponse> method, OrderSource orders, int ordersPerCall) {
        return answered -> {
            PlaceBatchRequest.Builder request = PlaceBatchRequest.newBuilder();
            for (int i = 0; i < ordersPerCall; i++) {
                request.addOrders(request(orders.next()));
            }
            call(method, request.build(), ordersPerCall, answer -> placed(answer.getOutcomesList()), answered);
        };
    }

    private <Q, A> void call(
            MethodDescriptor<Q, A> method, Q request, int asked, ToIntFunction<A> placed, Answered answered) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, new StreamObserver<>() {
            private int orders;

            @Override
            public void onNext(A answer) {
                orders = placed.applyAsInt(answer);
            }

            @Override
            public void onError(Throwable failure) {
                Status status = Status.fromThrowable(failure);
                if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                    answered.refusedForNow();
                } else {
                    answered.failed(status.toString());
                }
            }

            @Override
            public void onCompleted() {
                answered.with(orders, asked - orders);
            }
        });
    }

    private static PlaceRequest request(OrderSource.Order order) {
        return PlaceRequest.newBuilder()
                .setChannel(Shop.CHANNEL)
                .setChannelOrderNumber(order.number())
                .addLines(OrderLine.newBuilder().setSku(order.sku()).setQuantity(1))
                .build();
    }

    private static int placed(List<PlaceResponse> answers) {
        int placed = 0;
        for (PlaceResponse answer : answers) {
            placed += placed(answer);
        }
        return placed;
    }

    private static int placed(PlaceResponse answer) {
        return answer.hasPlaced() ? 1 : 0;
    }
}
