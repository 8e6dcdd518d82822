package org.tierstock.planted.runtime.exchange;

import org.tierstock.planted.movements.Units;

/** Stands in for the runtime's outbox. */
public interface Outbox {
    void append(Units units);
}
