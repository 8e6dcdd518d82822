package org.tierstock.integration.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderSourceTest {
    @Test
    void no_number_is_given_twice() {
        OrderSource orders = new OrderSource("HG", Shop.hot());
        Set<String> numbers = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            assertThat(numbers.add(orders.next().number())).isTrue();
        }
    }

    @Test
    void the_same_seed_gives_the_same_skus() {
        assertThat(Stream.generate(Shop.uniform(7)).limit(100).toList())
                .isEqualTo(Stream.generate(Shop.uniform(7)).limit(100).toList());
    }
}
