package org.tierstock.integration;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** The platform that all tests of this module share: it starts with the first of them and ends with the JVM. */
public final class RunningPlatform {
    private static LocalPlatform platform;

    private RunningPlatform() {}

    /** The platform, started when it is not yet. */
    public static synchronized LocalPlatform get() {
        if (platform == null) {
            LocalPlatform starting = new LocalPlatform(PlatformSettings.builder()
                    .repository(repository())
                    .throwAway()
                    .replicas(2)
                    // Those that start after it, and there are many, start in half the time.
                    .learnToStart()
                    .progress(line -> System.err.println("platform: " + line))
                    .build());
            starting.start();
            platform = starting;
        }
        return platform;
    }

    /** A client of a layer's first replica, in a role with every scope. */
    static Rest rest(Layer layer, Role role) {
        return new Rest(get().url(layer), get().token(role, Scopes.ALL));
    }

    /** What a counter of a layer, the beginning of its line among the metrics, counts over all replicas. */
    static double counted(Layer layer, String counter) {
        double sum = 0;
        for (URI management : get().managements(layer)) {
            String metrics =
                    new Rest(management, null).get("/q/metrics").ok().response().body();
            sum += metrics.lines()
                    .filter(line -> line.startsWith(counter))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElseThrow();
        }
        return sum;
    }

    /** Waits until a replica of a layer has logged a line with this text. */
    static void awaitLogged(Layer layer, String text) {
        await(layer.code() + "'s log").atMost(Duration.ofSeconds(10)).until(() -> logged(layer, text));
    }

    /** Whether a replica of a layer has logged this text. */
    static boolean logged(Layer layer, String text) {
        return get().processes().stream()
                .filter(process -> process.startsWith(layer.code()))
                .anyMatch(process -> {
                    try {
                        return Files.readString(get().log(process)).contains(text);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** The root of the repository, wherever Maven runs the tests. */
    public static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("warehouse-layer"))) {
            here = here.getParent();
        }
        return here;
    }
}
