package org.tierstock.runtime.exchange;

import java.util.Collection;
import java.util.List;

/** How far this layer has applied incoming streams. */
public interface Watermarks {
    /** Everything up to this number has been applied; 0 before the first. */
    long contiguous(String stream, int partition);

    /** The applied positions of every partition of a stream that has any. */
    default List<AppliedPosition> applied(String stream) {
        return applied(List.of(stream));
    }

    /** The applied positions of every partition of these streams that has any. */
    List<AppliedPosition> applied(Collection<String> streams);

    /** The applied positions of every partition of every stream that has any. */
    List<AppliedPosition> applied();
}
