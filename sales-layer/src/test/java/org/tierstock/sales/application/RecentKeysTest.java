package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.sales.fake.SalesLayer;

class RecentKeysTest {
    private static StockKey key(int sku) {
        return StockKey.regular(SalesLayer.key("sku-" + sku));
    }

    @Test
    void of_a_hundred_thousand_keys_the_last_are_kept_up_to_the_bound() {
        RecentKeys keys = new RecentKeys(1_000);

        for (int i = 0; i < 100_000; i++) {
            keys.add(key(i));
        }

        assertThat(keys.size()).isEqualTo(1_000);
        assertThat(keys.contains(key(98_999))).isFalse();
        assertThat(keys.contains(key(99_000))).isTrue();
    }

    @Test
    void a_key_that_is_removed_is_none_of_them_any_more() {
        RecentKeys keys = new RecentKeys(2);
        keys.add(key(1));

        keys.remove(key(1));

        assertThat(keys.contains(key(1))).isFalse();
        assertThat(keys.isEmpty()).isTrue();
    }
}
