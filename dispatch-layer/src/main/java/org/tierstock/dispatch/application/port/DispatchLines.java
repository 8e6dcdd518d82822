package org.tierstock.dispatch.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineCancel;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;

/** The lines handed over, and their cancels. */
public interface DispatchLines {
    /** A line with the message that handed it over. */
    record HandedOver(DispatchLine line, HandOver handOver) {}

    /** Stores new lines, and the orders that they are the first of. */
    void insert(List<HandedOver> lines);

    /** The SKU of each line that is known. It never changes, so no lock is needed. */
    Map<LineNumber, Sku> skus(Collection<LineNumber> lines);

    /** The lines that are known, with their open cancels. The SKUs must be locked. */
    Map<LineNumber, LineInHand> find(Collection<LineNumber> lines);

    /** The keys for which any line of these SKUs is short. The SKUs must be locked. */
    Set<ChannelKey> shortKeys(Collection<Sku> skus);

    /**
     * The short lines of these keys, the oldest of each SKU first, at most {@code limitPerSku} each. Their SKUs must be locked.
     */
    List<LineInHand> waiting(Collection<ChannelKey> keys, int limitPerSku);

    /** The cancels of these lines that are known under these ids, as they were accepted. */
    List<LineCancel> cancels(Collection<LineNumber> lines, Collection<String> cancels);

    /** Of lines that are not known those that never will be: their hand-over was parked, and a person gave it up. */
    Set<LineNumber> givenUp(Collection<LineNumber> unknown);

    /** Writes the numbers of lines, and new or changed cancels. */
    void save(Collection<LineInHand> lines);

    /**
     * Lines that want a warehouse to release something and have an outbound that may be asked, at most {@code limit}; of one order
     * at most a quarter of them while others wait.
     */
    List<LineNumber> wantingRelease(Set<Integer> partitions, int limit);
}
