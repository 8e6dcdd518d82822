package org.tierstock.runtime.history;

import org.tierstock.runtime.exchange.NumberRanges;

/** Numbers of a stream partition, below the last one that its receiver has applied, that nobody has a message of. */
record Unused(String stream, int partition, NumberRanges numbers) {}
