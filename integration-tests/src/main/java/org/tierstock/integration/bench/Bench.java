package org.tierstock.integration.bench;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./tierstock bench NAME}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the services beside a plain way of doing the same, on this machine.",
        subcommands = {
            LocksCommand.class,
            OverloadCommand.class,
            ReadersCommand.class,
            GrowthCommand.class,
            CancelsCommand.class,
            NodesCommand.class
        })
public final class Bench {
    static final int EXACT_AND_FAST = 0;
    /** A floor or a ceiling was missed. */
    static final int TOO_SLOW = 1;

    static final int NOT_EXACT = 3;

    private Bench() {}

    public static void main(String[] arguments) {
        // Two logging libraries come along; say which one is meant before the first is asked.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.setProperty("slf4j.provider", "org.slf4j.impl.JBossSlf4jServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        // Netty would otherwise write every frame into a log that nobody reads, and be measured doing it.
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
