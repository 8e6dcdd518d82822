package org.tierstock.runtime.settings;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses to start with a setting that a service would take and could not work with: a number or a time that is negative or
 * nothing, or far too large. A job that waits for nothing between two rounds would take a processor and call its peers at full
 * speed; a bound of none would let nobody in.
 */
@ApplicationScoped
public class SettingBounds {
    private static final String OURS = "TIERSTOCK_";
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern TIME = Pattern.compile("[+-]?\\d+(ms|[smhdSMHD])|[+-]?[pP].*");
    private static final Duration LONGEST = Duration.ofDays(100 * 366);

    /** Names and secrets, which may look like numbers. */
    private static final Pattern TEXTS = Pattern.compile(".*_(USER|PASSWORD|OWNER|HOST|URL|ISSUER|AUDIENCE|ROLES_CLAIM"
            + "|ROLES_PREFIX|PUBLIC_KEY|SERVICE_TOKEN_FILE|LAYER|OPTIONS)|TIERSTOCK_(QUEUE|TLS|TOKEN)_.*");

    /** To keep nothing is a choice. */
    private static final Pattern MAY_BE_NOTHING = Pattern.compile(".*_KEEP");

    /** Larger ones than these make no sense. The database makes no more months than so many. */
    private static final Map<String, Long> LARGEST = Map.of(
            "TIERSTOCK_LEDGER_MONTHS_AHEAD", 24L,
            "TIERSTOCK_EXCHANGE_MOST_MESSAGE_BYTES", 32L * 1024 * 1024,
            "TIERSTOCK_REQUESTS_MEGABYTES", 1_000_000L);

    private static final long LARGEST_NUMBER = 1_000_000_000_000L;

    private final Config config;

    @Inject
    public SettingBounds(Config config) {
        this.config = config;
    }

    /** For the container's proxy. */
    protected SettingBounds() {
        this(null);
    }

    /** Before anything else begins. */
    void require(@Observes @Priority(1) StartupEvent event) {
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> variable(name).startsWith(OURS)
                        && !TEXTS.matcher(variable(name)).matches())
                .sorted()
                .forEach(name -> config.getOptionalValue(name, String.class)
                        .ifPresent(value -> require(variable(name), value.strip())));
    }

    /** As it is set from outside: a service may know it by that name only. */
    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static void require(String name, String value) {
        long least = MAY_BE_NOTHING.matcher(name).matches() ? 0 : 1;
        if (NUMBER.matcher(value).matches()) {
            long number = Long.parseLong(value);
            long largest = LARGEST.getOrDefault(name, LARGEST_NUMBER);
            if (number < least || number > largest) {
                throw refused(name, value, "a number from " + least + " to " + largest);
            }
        } else if (TIME.matcher(value).matches()) {
            Duration time = DurationConverter.parseDuration(value);
            if (time.isNegative() || time.isZero() && least > 0 || time.compareTo(LONGEST) > 0) {
                throw refused(
                        name,
                        value,
                        "a time such as 500ms, 30s or 5m, up to " + LONGEST.toDays() + "d"
                                + (least > 0 ? ", and not 0" : ""));
            }
        }
    }

    private static IllegalStateException refused(String name, String value, String allowed) {
        return new IllegalStateException(
                name + " is " + value + "; it must be " + allowed + ". See docs/operations.md, Settings");
    }
}
