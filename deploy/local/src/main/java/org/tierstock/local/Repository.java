package org.tierstock.local;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the repository that the launcher was built in, where the built services lie. */
final class Repository {

    private Repository() {}

    /** The root that {@code ./tierstock} names, or else the nearest directory upwards that holds {@code tierstock}. */
    static Path root() {
        String named = System.getProperty("tierstock.home");
        if (named != null) {
            return Path.of(named);
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve("tierstock")) && Files.exists(directory.resolve("pom.xml"))) {
                return directory;
            }
        }
        throw new PlatformFailure("no Tierstock repository at or above " + start);
    }

    static Path usualDataDirectory() {
        return root().resolve(".tierstock");
    }
}
