package org.tierstock.integration.load;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.List;

/**
 * A layer's gRPC interface for one role.
 *
 * @param addresses {@code host:port}, one a replica
 */
public record GrpcReplicas(List<String> addresses, String token) {
    public GrpcReplicas {
        addresses = List.copyOf(addresses);
    }

    /** A connection of its own, opened with the first call. */
    public ManagedChannel connect(String address) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return NettyChannelBuilder.forTarget(address)
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
    }
}
