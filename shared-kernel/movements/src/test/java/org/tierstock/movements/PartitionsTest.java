package org.tierstock.movements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequence numbers are counted per partition: a SKU that changed its partition would lose its place in every stream. */
class PartitionsTest {
    @Test
    void there_are_sixteen_partitions_for_ever() {
        assertThat(Partitions.COUNT).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({
        "a, 12",
        "0, 15",
        "85123A, 9",
        "22423, 0",
        "SKU-1, 12",
        "SKU-2, 5",
        "sku-1, 12",
        "KETTLE, 2",
        "kettle, 2",
        "fm-1559, 7",
        "POST, 7",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, 5"
    })
    void the_partition_of_a_sku_never_changes(String sku, int partition) {
        assertThat(Partitions.of(sku)).isEqualTo(partition);
        assertThat(new Sku(sku).partition()).isEqualTo(partition);
    }

    @Test
    void skus_spread_over_all_partitions_about_evenly() {
        long[] counts = new long[Partitions.COUNT];

        IntStream.range(0, 16_000).forEach(i -> counts[Partitions.of("SKU-" + i)]++);

        assertThat(Arrays.stream(counts).summaryStatistics().getMin()).isGreaterThan(900);
        assertThat(Arrays.stream(counts).summaryStatistics().getMax()).isLessThan(1_100);
    }
}
