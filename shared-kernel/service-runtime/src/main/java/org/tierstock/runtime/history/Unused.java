package org.tierstock.runtime.history;

import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.NumberRanges.Range;

/**
 * Numbers of a stream partition, below the last one that its receiver has applied, that nobody has a message of.
 *
 * @param numbers from 1 on
 */
record Unused(String stream, int partition, Range numbers) {
    /** @throws InvalidValue when there are no such numbers */
    Unused {
        new StreamPosition(stream, partition, numbers.first());
    }

    /** How many that are. */
    long count() {
        return numbers.last() - numbers.first() + 1;
    }
}
