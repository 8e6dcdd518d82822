package org.tierstock.local;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command about a platform on this machine understands: which one is meant, and the call for help. */
final class PlatformOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the platform. Default: .tierstock in the repository.")
    private Path directory;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean helpAsked;

    Path directory() {
        return (directory == null ? Repository.usualDataDirectory() : directory)
                .toAbsolutePath()
                .normalize();
    }
}
