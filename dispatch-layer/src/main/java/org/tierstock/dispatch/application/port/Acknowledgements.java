package org.tierstock.dispatch.application.port;

import java.util.List;
import org.tierstock.runtime.exchange.AppliedPosition;

/** How far the sales layer says that it has applied this layer's streams: what a purge may go by (protocol 11.7). */
public interface Acknowledgements {
    /** Stores the contiguous numbers; a lower one than is stored changes nothing. */
    void raise(List<AppliedPosition> applied);
}
