package org.tierstock.integration.faults;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tierstock faults}. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = {
            "Runs two replicas of each service, PostgreSQL and the broker under load, and does them harm in rounds: kill -9"
                    + " and restart of any process, SIGSTOP, and on every connection cuts, half-open ends, silence, lost"
                    + " answers, delay and throttling. One replica is cut off from one other layer throughout, trade begins"
                    + " while each ledger lacks its month and is read, a reader keeps a snapshot open in each round, the broker loses its files now and then, and in the end a database falls"
                    + " back to an older state under its running replicas.",
            "After each round whatever a client was told must be so, and nothing else. Ends with 1 when it is not, when a"
                    + " service is not ready again in time, when something hangs, or when a kind of harm that the run was"
                    + " long enough for has never happened."
        })
public final class Faults implements Callable<Integer> {
    private static final int ALL_WELL = 0;
    private static final int BROKEN = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", defaultValue = "20", description = "How long (default ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "What goes wrong in which round, and what clients want (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--customers",
            defaultValue = "48",
            description = "Who order at once, one thing after the other (default ${DEFAULT-VALUE}).")
    private int customers;

    @Option(
            names = "--marketplaces",
            defaultValue = "4",
            description = "Who order by the batch, half of them through gRPC (default ${DEFAULT-VALUE}).")
    private int marketplaces;

    @Option(names = "--data", paramLabel = "DIR", description = "Keeps logs and databases there. Default: thrown away.")
    private Path directory;

    @Option(names = "--json", description = "Print only the JSON line; everything else goes to the error stream.")
    private boolean json;

    private Faults() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        System.exit(new CommandLine(new Faults()).execute(arguments));
    }

    @Override
    public Integer call() {
        if (minutes < 1 || customers < 1 || marketplaces < 0) {
            throw new ParameterException(
                    spec.commandLine(), "Minutes and customers are at least 1, marketplaces at least 0.");
        }
        PrintStream out = json ? System.err : System.out;
        out.println("seed " + seed);
        FaultReport report = new FaultRun(
                        new FaultRun.Settings(
                                seed,
                                Duration.ofMinutes(minutes),
                                customers,
                                marketplaces,
                                true,
                                Optional.empty(),
                                Optional.ofNullable(directory)),
                        out::println)
                .run();
        out.println(report.text());
        if (!report.readyInTime()) {
            out.println("Processes were not ready again in time.");
        }
        System.out.println(report.json());
        return report.breaches().isEmpty() && report.readyInTime() ? ALL_WELL : BROKEN;
    }
}
