package org.tierstock.local;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.tierstock.local.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The part of {@code ./tierstock} that is written in Java. */
@Command(
        name = "./tierstock",
        description = "Stock in three layers, on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {UpCommand.class, DemoCommand.class, TokenCommand.class, DoctorCommand.class})
public final class Main {

    private static final int HELP_WIDTH = 110;

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger LIBRARIES = Logger.getLogger("");

    private Main() {}

    public static void main(String[] arguments) {
        LIBRARIES.setLevel(Level.SEVERE);
        CommandLine command = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setExecutionExceptionHandler(Main::explain);
        System.exit(command.execute(arguments));
    }

    /** What went wrong outside is told in a sentence; a defect of ours keeps its stack trace. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof PlatformFailure) {
            command.getErr().println("tierstock: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
