package org.tierstock.integration;

import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The root of the repository, wherever Maven runs the tests. */
    public static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("warehouse-layer"))) {
            here = here.getParent();
        }
        return here;
    }
}
