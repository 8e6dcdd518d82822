package org.tierstock.runtime.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingBoundsTest {
    @ParameterizedTest
    @CsvSource({
        "tierstock.ledger.months-ahead, -1, a number from 1 to 24",
        "tierstock.ledger.months-ahead, 600, a number from 1 to 24",
        "tierstock.requests.megabytes, 100000000, a number from 1 to 1000000",
        "tierstock.exchange.tell-every, 0s, and not 0",
        "tierstock.exchange.tell-every, 0, a number from 1",
        "tierstock.purge.every, PT0S, and not 0",
        "tierstock.purge.every, -5m, and not 0",
        "tierstock.purge.keep, -1d, up to",
        "tierstock.lock.batch, 0, a number from 1",
        "tierstock.pg.read-connections, -3, a number from 1",
        "TIERSTOCK_LOCK_BATCH, 0, a number from 1",
    })
    void what_no_service_can_work_with_is_refused_with_its_name_and_what_is_allowed(
            String name, String value, String allowed) {
        assertThatThrownBy(() -> starting(Map.of(name, value)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + " is " + value)
                .hasMessageContaining(allowed);
    }

    @Test
    void what_is_set_as_usual_is_taken_and_names_and_secrets_are_not_numbers() {
        assertThatCode(() -> starting(Map.of(
                        "tierstock.purge.keep", "0s",
                        "tierstock.purge.every", "off",
                        "tierstock.reconcile.every", "15m",
                        "tierstock.exchange.most-ahead", "1000000",
                        "tierstock.pg.password", "0",
                        "tierstock.jwt.issuer", "-1",
                        "tierstock.pg.read-patience", "2S",
                        "other.thing", "-1")))
                .doesNotThrowAnyException();
    }

    private static void starting(Map<String, String> settings) {
        new SettingBounds(new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(settings, "test", 1))
                        .build())
                .require(null);
    }
}
