package org.tierstock.integration.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tierstock.local.LocalPlatform;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tierstock fuzz}. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the platform and sends bad input to every REST, gRPC and AMQP entry, by the interfaces' own descriptions.",
            "Ends with 1 when an entry fails, answers what it does not declare, when refused input changes a table, a"
                    + " process dies, or a heap grows."
        })
public final class Fuzz implements Callable<Integer> {
    /** With so many inputs some of each kind of document are accepted. */
    private static final int ENOUGH = 50_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--inputs", defaultValue = "1000000", description = "How many (default ${DEFAULT-VALUE}).")
    private long inputs;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "What all inputs follow from (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--minutes",
            defaultValue = "0",
            description = "Begin no batch after so many minutes; 0: send all inputs (default ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(names = "--answers", description = "Print how often each entry gave each answer.")
    private boolean answers;

    private Fuzz() {}

    public static void main(String[] arguments) {
        // Two logging libraries come along; say which one is meant before the first is asked.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.setProperty("slf4j.provider", "org.slf4j.impl.JBossSlf4jServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new Fuzz()).execute(arguments));
    }

    @Override
    public Integer call() {
        if (inputs < 1) {
            throw new ParameterException(spec.commandLine(), "There is at least 1 input.");
        }
        long start = System.nanoTime();
        Path repository = Path.of(System.getProperty("tierstock.home", ""));
        try (LocalPlatform platform = new LocalPlatform(
                PlatformFuzz.platform().progress(System.out::println).build())) {
            platform.start();
            try (PlatformFuzz fuzz = new PlatformFuzz(platform, repository, System.out::println)) {
                return conclude(fuzz.run(seed, inputs, budget()), (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private Duration budget() {
        return minutes > 0 ? Duration.ofMinutes(minutes) : Campaign.ENDLESS;
    }

    private int conclude(PlatformFuzz.Outcome outcome, double seconds) {
        Report report = outcome.report();
        if (answers) {
            report.answers().forEach((entry, given) -> System.out.println(entry + ' ' + given));
        }
        report.findings().forEach(finding -> System.out.println("FOUND " + finding));
        outcome.grown().forEach(service -> System.out.println("FOUND " + service));
        System.out.printf(
                "%,d inputs of seed %d to %d entries in %.0f s: %s, %,d not proven%n",
                report.inputs(), seed, report.answers().size(), seconds, report.line(), report.unproven());
        System.out.println("entries of which no input was accepted: " + report.neverAccepted());
        System.out.println("live bytes at the end beyond those after the warm-up: " + megabytes(outcome.grownBytes()));
        Set<String> blind = inputs < ENOUGH ? Set.of() : report.kindsNeverAccepted();
        blind.forEach(kind -> System.out.println("FOUND no input accepted, so nothing of it was proven: " + kind));
        return report.findings().isEmpty() && outcome.grown().isEmpty() && blind.isEmpty() ? 0 : 1;
    }

    private static String megabytes(Map<String, Long> bytes) {
        StringBuilder text = new StringBuilder();
        bytes.forEach((service, grown) -> text.append("%s %+.1f MB  ".formatted(service, grown / 1e6)));
        return text.toString().trim();
    }
}
