package org.tierstock.integration.simulation;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./tierstock simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Runs seeded histories of the three layers in one process: messages are delayed, repeated and lost, calls end"
                    + " unknown, layers die. After every transaction the equations of the stock protocol are checked.",
            "Ends with 1 when an equation breaks, and prints the seed and the shortest history that breaks it; with 2 when a kind"
                    + " of event, document or message never occurred in 500 histories or more."
        })
public final class Simulate implements Callable<Integer> {
    private static final int ALL_HELD = 0;
    private static final int ONE_BROKE = 1;
    private static final int PROVED_LITTLE = 2;

    /** In so many histories everything occurs. */
    private static final int ENOUGH = 500;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seeds", defaultValue = "200", description = "How many histories (default ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--seed", defaultValue = "1", description = "The first one's seed (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--steps", defaultValue = "500", description = "Steps of each (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--minutes",
            defaultValue = "0",
            description = "Begin no history after so many minutes; 0: run all of them (default ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(names = "--tell", description = "Tells first what happens in the first history.")
    private boolean tell;

    private Simulate() {}

    public static void main(String[] arguments) {
        // The log manager that the services have; it complains when another was there before it.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(new CommandLine(new Simulate()).execute(arguments));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Parts parts = new Parts();
        if (tell) {
            History.of(seed, steps).run(parts, true).told().forEach(out::println);
        }
        Simulation simulation = new Simulation(seed, seeds, steps, parts);
        Simulation.Outcome outcome = minutes > 0 ? simulation.run(Duration.ofMinutes(minutes)) : simulation.run();
        out.println(outcome.text());
        outcome.found()
                .ifPresent(found ->
                        out.println(Failure.of(found.seed(), steps, parts).text()));
        if (outcome.found().isPresent()) {
            return ONE_BROKE;
        }
        List<String> missing = outcome.happenings().missing();
        if (outcome.seeds() >= ENOUGH && !missing.isEmpty()) {
            out.println("NEVER OCCURRED: " + missing);
            return PROVED_LITTLE;
        }
        return ALL_HELD;
    }
}
