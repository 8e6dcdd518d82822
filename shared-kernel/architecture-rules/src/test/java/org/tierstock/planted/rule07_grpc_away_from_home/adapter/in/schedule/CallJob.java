package org.tierstock.planted.rule07_grpc_away_from_home.adapter.in.schedule;

import io.grpc.Channel;

public class CallJob {
    public String run(Channel channel) {
        return channel.authority();
    }
}
