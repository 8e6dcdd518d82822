package org.tierstock.local;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which platform on this machine is meant. */
final class PlatformOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the platform. Default: .tierstock in the repository.")
    private Path directory;

    Path directory() {
        return (directory == null ? Repository.usualDataDirectory() : directory)
                .toAbsolutePath()
                .normalize();
    }
}
