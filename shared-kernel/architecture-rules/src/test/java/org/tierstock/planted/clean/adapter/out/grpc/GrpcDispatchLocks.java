package org.tierstock.planted.clean.adapter.out.grpc;

import io.grpc.Channel;
import org.tierstock.planted.clean.application.port.DispatchLocks;
import org.tierstock.planted.clean.domain.Order;

public final class GrpcDispatchLocks implements DispatchLocks {
    private final Channel channel;

    public GrpcDispatchLocks(Channel channel) {
        this.channel = channel;
    }

    @Override
    public Answer lock(Order order) {
        return new Answer(channel.authority().length());
    }
}
