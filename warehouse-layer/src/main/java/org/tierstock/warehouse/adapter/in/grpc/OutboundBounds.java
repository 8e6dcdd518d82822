package org.tierstock.warehouse.adapter.in.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.warehouse.application.port.OutboundNumbers;

/**
 * Up to where the number of an outbound is believed, as that of a message is: dispatch counts them one by one, and one far beyond
 * all that have come would let it be said of all before it that they are finished.
 *
 * <p>What was read once is kept: it only grows, so it is read again only for what it does not cover, and no lock waits for it.
 */
@ApplicationScoped
public class OutboundBounds {
    private final OutboundNumbers numbers;
    private final long mostAhead;
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    /**
     * For the container.
     *
     * @param mostAhead how far beyond all that have come of its warehouse an outbound's number may lie
     */
    @Inject
    public OutboundBounds(
            OutboundNumbers numbers,
            @ConfigProperty(name = "tierstock.exchange.most-ahead", defaultValue = "1000000") long mostAhead) {
        this.numbers = numbers;
        this.mostAhead = mostAhead;
    }

    /** For the container's proxy. */
    protected OutboundBounds() {
        this(null, 0);
    }

    /** Why a number is not believed of a warehouse's outbounds; empty when it is. */
    public Optional<String> doubt(String warehouse, long number) {
        if (covers(last.getOrDefault(warehouse, 0L), number)) {
            return Optional.empty();
        }
        long read = numbers.last(warehouse);
        if (read > 0) {
            // Only of warehouses that were asked for something: a name that somebody makes up takes no room.
            last.put(warehouse, read);
        }
        return covers(read, number)
                ? Optional.empty()
                : Optional.of("Not believed: outbound number " + number + " of warehouse " + warehouse
                        + " lies more than " + mostAhead + " beyond the last one known here, " + read);
    }

    private boolean covers(long known, long number) {
        return number - known <= mostAhead;
    }
}
