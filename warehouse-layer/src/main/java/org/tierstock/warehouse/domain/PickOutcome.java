package org.tierstock.warehouse.domain;

import java.util.List;

/** The answer to a pick. */
public sealed interface PickOutcome {
    /** Posted, now or before. */
    record Picked(PickedGoods goods, boolean replayed) implements PickOutcome {}

    /** The outbound has no such lock where the pick wants to take from. Nothing moved. */
    record NotLocked(List<Line> lines) implements PickOutcome {
        public NotLocked {
            lines = List.copyOf(lines);
        }

        /** A line that asks for more than the outbound has there. */
        public record Line(String location, String batch, long asked, long locked) {}
    }

    /** The warehouse has no such staging location. Nothing moved. */
    record UnknownStaging(String location) implements PickOutcome {}

    /** There is no such outbound. */
    record UnknownOutbound() implements PickOutcome {}

    /** The number was used before with other content. */
    record DocumentReused() implements PickOutcome {}
}
