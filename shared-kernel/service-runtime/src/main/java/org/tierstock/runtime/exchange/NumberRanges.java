package org.tierstock.runtime.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.StreamPosition;

/**
 * Some numbers of a stream partition, as ranges: in their order, none touching the next. There are as many as there are gaps
 * between them, however many numbers they hold.
 */
public record NumberRanges(List<Range> ranges) {
    /** No number. */
    public static final NumberRanges NONE = new NumberRanges(List.of());

    /**
     * All numbers from the first to the last.
     *
     * @param first at least 0, which is no message's
     * @param last at least the first, at most {@link StreamPosition#MAX_SEQUENCE}
     */
    @Schema(name = "NumberRange")
    public record Range(long first, long last) {
        public Range {
            if (first < 0 || last < first || last > StreamPosition.MAX_SEQUENCE) {
                throw new InvalidValue("range", "must begin at 0 or later, and end there or later");
            }
        }
    }

    /** Those ranges, which may come in any order, touch or overlap. */
    public NumberRanges(List<Range> ranges) {
        List<Range> apart = new ArrayList<>(ranges.size());
        for (Range next :
                ranges.stream().sorted(Comparator.comparingLong(Range::first)).toList()) {
            if (!apart.isEmpty() && next.first() <= apart.getLast().last() + 1) {
                Range before = apart.removeLast();
                apart.add(new Range(before.first(), Math.max(before.last(), next.last())));
            } else {
                apart.add(next);
            }
        }
        this.ranges = List.copyOf(apart);
    }

    /** These numbers, in any order. */
    public static NumberRanges of(Collection<Long> numbers) {
        return new NumberRanges(
                numbers.stream().map(number -> new Range(number, number)).toList());
    }

    /** These numbers, in any order. */
    public static NumberRanges of(long... numbers) {
        return of(LongStream.of(numbers).boxed().toList());
    }

    /** These and those. */
    public NumberRanges plus(NumberRanges others) {
        return new NumberRanges(
                Stream.concat(ranges.stream(), others.ranges.stream()).toList());
    }

    /** Those of them that are greater. */
    public NumberRanges beyond(long number) {
        return new NumberRanges(ranges.stream()
                .filter(range -> range.last() > number)
                .map(range -> new Range(Math.max(range.first(), number + 1), range.last()))
                .toList());
    }

    /** Whether it is one of them. */
    public boolean contains(long number) {
        return ranges.stream().anyMatch(range -> range.first() <= number && number <= range.last());
    }

    /** True when there is none. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** How many there are. */
    public long count() {
        return ranges.stream()
                .mapToLong(range -> range.last() - range.first() + 1)
                .sum();
    }

    /** As PostgreSQL writes an int8multirange. */
    public String text() {
        return ranges.stream()
                .map(range -> "[" + range.first() + ',' + (range.last() + 1) + ')')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The numbers of an int8multirange that ends somewhere, as PostgreSQL writes it. */
    public static NumberRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        String[] bounds = text.substring(1, text.length() - 1).split(",");
        for (int i = 0; i + 1 < bounds.length; i += 2) {
            ranges.add(new Range(
                    Long.parseLong(bounds[i].substring(1)),
                    Long.parseLong(bounds[i + 1].substring(0, bounds[i + 1].length() - 1)) - 1));
        }
        return new NumberRanges(ranges);
    }
}
