package org.tierstock.integration.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.tierstock.protocol.v1.BeginEpochRequest;
import org.tierstock.protocol.v1.CloseNumbersRequest;
import org.tierstock.protocol.v1.StreamRange;

/**
 * The two calls by which a peer whose database was set back ends its history. Whoever may call as a service may do that, and
 * nothing takes it back: from then on no message of the peer has an effect. So a wholly good one of them is never sent, be
 * it good by chance.
 */
final class Peerage {
    static final List<String> LAYERS = List.of("sales", "dispatch", "warehouse");

    /** The epoch of a platform that was never restored. */
    private static final long FIRST_EPOCH = 1;

    private static final int PARTITIONS = 16;

    private Peerage() {}

    /** Whether a request would end what a peer has said before, or use up numbers that it has still to send. */
    static boolean endsHistory(String method, byte[] request) {
        try {
            return switch (method) {
                case "BeginEpoch" -> isGood(BeginEpochRequest.parseFrom(request));
                case "CloseNumbers" -> isGood(CloseNumbersRequest.parseFrom(request));
                default -> false;
            };
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static boolean isGood(BeginEpochRequest request) {
        return LAYERS.contains(request.getLayer()) && request.getEnvelope().getEpoch() > FIRST_EPOCH;
    }

    private static boolean isGood(CloseNumbersRequest request) {
        return LAYERS.contains(request.getLayer())
                && request.getRangesCount() > 0
                && request.getRangesList().stream().allMatch(Peerage::isGood);
    }

    private static boolean isGood(StreamRange range) {
        return range.getStream().matches("S>D|D>S|W>D:.*")
                && range.getPartition() >= 0
                && range.getPartition() < PARTITIONS
                && range.getNumbers().getFirst() > 0
                && range.getNumbers().getLast() >= range.getNumbers().getFirst();
    }
}
