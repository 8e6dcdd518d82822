package org.tierstock.local;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a token that the services of a local platform accept. */
@Command(
        name = "token",
        description = "Prints a bearer token that the services of the platform on a data directory accept.",
        footer = {
            "",
            "A channel's token names its channels; a warehouse system's its warehouses. Other roles reach everything",
            "unless they are narrowed. For example:",
            "  curl -H \"Authorization: Bearer $(./tierstock token --role operator)\" http://127.0.0.1:8081/v1/channels"
        },
        sortOptions = false)
final class TokenCommand implements Callable<Integer> {

    private static final Set<String> EVERY = Set.of("*");

    @Spec
    private CommandSpec command;

    @Mixin
    private PlatformOptions platformOptions;

    @Option(names = "--role", required = true, description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role;

    @Option(names = "--channel", paramLabel = "CODE", description = "A channel it may act for; may be repeated.")
    private Set<String> channels = Set.of();

    @Option(names = "--warehouse", paramLabel = "CODE", description = "A warehouse it may act for; may be repeated.")
    private Set<String> warehouses = Set.of();

    @Option(names = "--owner", paramLabel = "CODE", description = "An owner whose goods it may see; may be repeated.")
    private Set<String> owners = Set.of();

    @Option(names = "--subject", defaultValue = "local", description = "Who it is for. Default: ${DEFAULT-VALUE}.")
    private String subject;

    @Option(names = "--hours", paramLabel = "N", defaultValue = "12", description = "How long it is valid.")
    private int hours;

    @Override
    public Integer call() {
        TokenSigner signer = TokenSigner.open(platformOptions.directory());
        command.commandLine().getOut().println(signer.sign(subject, role, scopes(), Duration.ofHours(hours)));
        return CommandLine.ExitCode.OK;
    }

    private Scopes scopes() {
        return switch (role) {
            case CHANNEL -> new Scopes(named(channels, "--channel"), warehouses, owners);
            case WMS -> new Scopes(channels, named(warehouses, "--warehouse"), orEvery(owners));
            case OPERATOR, APPROVER, AUDITOR, SERVICE_SALES, SERVICE_DISPATCH, SERVICE_WAREHOUSE ->
                new Scopes(orEvery(channels), orEvery(warehouses), orEvery(owners));
        };
    }

    private Set<String> named(Set<String> codes, String option) {
        if (codes.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "a token for the role " + role.claim() + " needs " + option);
        }
        return codes;
    }

    private static Set<String> orEvery(Set<String> codes) {
        return codes.isEmpty() ? EVERY : codes;
    }
}
