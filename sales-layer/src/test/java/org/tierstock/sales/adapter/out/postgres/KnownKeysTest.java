package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Quality;
import org.tierstock.sales.domain.StockKey;

class KnownKeysTest {
    /** As many as the service remembers by its usual settings. */
    private static final int REMEMBERED = 200_000;

    private static StockKey remember(KnownKeys known, int row) {
        return known.remember(
                row, "shop", "EXPRESS", Quality.NORMAL, "R" + row % 8, "SKU-" + row / 8, "CAMPAIGN(" + row % 3 + ")");
    }

    @Test
    void of_two_hundred_thousand_keys_as_many_are_remembered_as_there_is_room_for() {
        KnownKeys known = new KnownKeys(1_000);

        for (int row = 1; row <= 200_000; row++) {
            remember(known, row);
        }

        assertThat(known.size()).isEqualTo(1_000);
    }

    /** With {@code -Dtierstock.test.keys=5000000} as many as the biggest catalogue has. */
    @Test
    void any_number_of_keys_passes_through_a_heap_of_512_megabytes() throws IOException, InterruptedException {
        int keys = Integer.getInteger("tierstock.test.keys", 400_000);
        Process catalogue = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Catalogue.class.getName(),
                        Integer.toString(keys),
                        Integer.toString(REMEMBERED))
                .redirectErrorStream(true)
                .start();
        String said = new String(catalogue.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(catalogue.waitFor()).as(said).isZero();
        assertThat(said).startsWith(REMEMBERED + " of " + keys + " keys");
    }

    /** A process that sees keys pass, each a key of its own, and says how many it remembers. */
    static final class Catalogue {
        private Catalogue() {}

        public static void main(String[] arguments) {
            int keys = Integer.parseInt(arguments[0]);
            KnownKeys known = new KnownKeys(Long.parseLong(arguments[1]));
            for (int row = 1; row <= keys; row++) {
                remember(known, row);
            }
            System.out.println(known.size() + " of " + keys + " keys");
        }
    }

    @Test
    void what_is_remembered_is_found_by_key_and_by_row_until_it_is_forgotten() {
        KnownKeys known = new KnownKeys(1_000);
        StockKey key = remember(known, 7);
        assertThat(known.row(key)).isEqualTo(7);
        assertThat(known.key(7L)).isEqualTo(key);

        known.forget(List.of(7L, 8L));

        assertThat(known.row(key)).isNull();
        assertThat(known.key(7L)).isNull();
    }

    @Test
    void keys_of_one_sku_and_channel_share_their_texts() {
        KnownKeys known = new KnownKeys(1_000);

        StockKey one = remember(known, 8);
        StockKey other = remember(known, 9);

        assertThat(one.sku().code()).isSameAs(other.sku().code());
        assertThat(one.channelKey().channel()).isSameAs(other.channelKey().channel());
    }
}
