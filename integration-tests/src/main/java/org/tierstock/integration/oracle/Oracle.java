package org.tierstock.integration.oracle;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tierstock oracle}. */
@Command(
        name = "oracle",
        mixinStandardHelpOptions = true,
        description = {
            "Lets 16 to 64 clients at once order, pay, cancel and ask about one stock key, and checks that their answers are"
                    + " those of a plain model that is asked one at a time, in the order of the ledger.",
            "Ends with 1 when a history is not linearizable."
        })
public final class Oracle implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--histories", defaultValue = "500", description = "How many (default ${DEFAULT-VALUE}).")
    private int histories;

    @Option(names = "--operations", defaultValue = "2000", description = "In each history (default ${DEFAULT-VALUE}).")
    private int operations;

    @Option(names = "--seed", defaultValue = "1", description = "Of the first history (default ${DEFAULT-VALUE}).")
    private long seed;

    private Oracle() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Oracle()).execute(arguments));
    }

    @Override
    public Integer call() {
        if (histories < 1 || operations < 1) {
            throw new ParameterException(spec.commandLine(), "Histories and operations are at least 1.");
        }
        try (LocalPlatform platform = new LocalPlatform(PlatformSettings.builder()
                .throwAway()
                .replicas(Layer.SALES, 2)
                .progress(System.out::println)
                .build())) {
            platform.start();
            return check(new Histories(platform, "ORACLE"));
        }
    }

    private int check(Histories made) {
        int violations = 0;
        long start = System.nanoTime();
        for (int i = 0; i < histories; i++) {
            Histories.History history = made.make(seed + i, operations);
            Optional<String> violation = history.violation();
            if (violation.isPresent()) {
                violations++;
                System.out.println("NOT LINEARIZABLE, seed " + (seed + i) + ": " + violation.get());
            }
            System.out.printf(
                    "history %,d of %,d: %d clients, %,d operations, %,d done, %,d refused, %,d postings%n",
                    i + 1,
                    histories,
                    history.clients(),
                    history.operations().size(),
                    history.answered(Answer.DONE),
                    history.answered(409),
                    history.ledger().size());
        }
        System.out.printf(
                "%,d histories of %,d operations in %.0f s, %,d not linearizable%n",
                histories, operations, (System.nanoTime() - start) / 1e9, violations);
        return violations == 0 ? 0 : 1;
    }
}
