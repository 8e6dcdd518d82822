package org.tierstock.movements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final Sku KETTLE = new Sku("KETTLE");

    @ParameterizedTest
    @EnumSource(Quality.class)
    void a_channel_key_is_the_same_after_a_round_trip_through_its_text(Quality quality) {
        ChannelKey key = new ChannelKey("web", "COURIER", quality, "EAST", KETTLE);

        assertThat(key.text()).isEqualTo("web/COURIER/" + quality + "/EAST/KETTLE");
        assertThat(ChannelKey.parse(key.text())).isEqualTo(key);
        assertThat(key).hasToString(key.text());
    }

    @ParameterizedTest
    @EnumSource(Quality.class)
    void a_cell_is_the_same_after_a_round_trip_through_its_text(Quality quality) {
        Cell cell = new Cell(new NodeKey("WH1", "MAIN", "ACME", quality), KETTLE);

        assertThat(cell.text()).isEqualTo("WH1/MAIN/ACME/" + quality + "/KETTLE");
        assertThat(cell.text()).startsWith(cell.node().text());
        assertThat(Cell.parse(cell.text())).isEqualTo(cell);
        assertThat(cell).hasToString(cell.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web",
                "web/COURIER/NORMAL/EAST",
                "web/COURIER/NORMAL/EAST/KETTLE/",
                "web/COURIER/GOOD/EAST/KETTLE",
                "/COURIER/NORMAL/EAST/KETTLE",
                "web/COURIER/NORMAL/EAST/"
            })
    void text_of_another_form_is_neither_a_channel_key_nor_a_cell(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ChannelKey.parse(text));
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Cell.parse(text));
    }

    @Test
    void channel_keys_are_locked_in_the_order_of_their_sku_first() {
        ChannelKey early = ChannelKey.parse("web/COURIER/NORMAL/WEST/CUP");
        ChannelKey middle = ChannelKey.parse("app/COURIER/NORMAL/EAST/KETTLE");
        ChannelKey late = ChannelKey.parse("app/COURIER/DEFECTIVE/EAST/KETTLE");
        ChannelKey last = ChannelKey.parse("web/COURIER/NORMAL/EAST/KETTLE");

        assertThat(Stream.of(last, late, middle, early).sorted()).containsExactly(early, middle, late, last);
    }

    @Test
    void cells_are_locked_in_the_order_of_their_sku_first() {
        Cell early = Cell.parse("WH2/MAIN/ACME/NORMAL/CUP");
        Cell middle = Cell.parse("WH1/MAIN/ACME/NORMAL/KETTLE");
        Cell late = Cell.parse("WH1/SPARE/ACME/NORMAL/KETTLE");

        assertThat(Stream.of(late, middle, early).sorted()).containsExactly(early, middle, late);
    }

    @Test
    void a_missing_quality_is_normal_and_an_unknown_one_is_refused() {
        assertThat(Quality.named(null)).isEqualTo(Quality.NORMAL);
        assertThat(Quality.named("")).isEqualTo(Quality.NORMAL);
        assertThat(Quality.named("NEAR_EXPIRY")).isEqualTo(Quality.NEAR_EXPIRY);
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Quality.named("normal"));
    }

    @Test
    void a_stream_position_is_within_the_partitions_and_counts_from_one() {
        assertThat(new StreamPosition("D>S", 15, 1)).hasToString("D>S/15#1");
        for (int partition : List.of(-1, 16)) {
            assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new StreamPosition("D>S", partition, 1));
        }
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new StreamPosition("D>S", 0, 0));
    }

    @Test
    void stream_positions_are_ordered_by_stream_then_partition_then_number() {
        StreamPosition first = new StreamPosition("D>S", 1, 9);
        StreamPosition second = new StreamPosition("D>S", 2, 1);
        StreamPosition third = new StreamPosition("D>S", 2, 10);
        StreamPosition fourth = new StreamPosition("S>D", 0, 1);

        assertThat(Stream.of(fourth, third, second, first).sorted()).containsExactly(first, second, third, fourth);
    }
}
