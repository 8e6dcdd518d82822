package org.tierstock.local;

import com.sun.management.OperatingSystemMXBean;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at the machine and says what is right, and what to do about the rest. */
@Command(
        name = "doctor",
        description = "Checks whether this machine can run the platform, and says what to do where it cannot.",
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

    private static final long GIBIBYTE = 1L << 30;
    private static final long NEEDED_MEMORY_BYTES = 3 * GIBIBYTE;
    private static final long NEEDED_DISK_BYTES = 3 * GIBIBYTE;
    private static final int OLDEST_JAVA = 21;

    @Spec
    private CommandSpec command;

    @Mixin
    private PlatformOptions platformOptions;

    private record Finding(boolean right, String what, String advice) {

        String line() {
            return right ? "ok    " + what : "WRONG " + what + "\n      " + advice;
        }
    }

    @Override
    public Integer call() throws IOException {
        List<Finding> findings =
                new ArrayList<>(List.of(java(), memory(), disk(), postgresBinaries(), dataDirectory(), usualPorts()));
        for (Layer layer : Layer.values()) {
            findings.add(application(layer));
        }
        findings.forEach(finding -> command.commandLine().getOut().println(finding.line()));
        boolean allRight = findings.stream().allMatch(Finding::right);
        return allRight ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static Finding java() {
        return new Finding(
                Runtime.version().feature() >= OLDEST_JAVA,
                "Java " + Runtime.version() + " in " + System.getProperty("java.home"),
                "install a JDK " + OLDEST_JAVA + " or newer");
    }

    private static Finding memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long total = system.getTotalMemorySize();
        return new Finding(
                total >= NEEDED_MEMORY_BYTES,
                gibibytes(total) + " of memory, " + system.getAvailableProcessors() + " processors",
                "the platform needs about " + gibibytes(NEEDED_MEMORY_BYTES));
    }

    private Finding disk() throws IOException {
        Path place = platformOptions.directory();
        while (Files.notExists(place)) {
            place = place.getParent();
        }
        long free = Files.getFileStore(place).getUsableSpace();
        return new Finding(
                free >= NEEDED_DISK_BYTES,
                gibibytes(free) + " free on the disk of " + place,
                "make room, or choose a directory on another disk with --data");
    }

    private static Finding postgresBinaries() throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
        String architecture = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        String platform = system + " on " + architecture;
        try (InputStream binaries = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture)) {
            return new Finding(
                    binaries != null,
                    "PostgreSQL for " + platform,
                    "none is embedded for it: name a server with TIERSTOCK_PG_URL (see ./tierstock up --help)");
        }
    }

    private Finding dataDirectory() {
        Path root = platformOptions.directory();
        if (Files.notExists(root)) {
            return new Finding(true, "data directory " + root + " (will be made)", "");
        }
        try (PlatformDirectory free = PlatformDirectory.open(root)) {
            return new Finding(true, "data directory " + free.root(), "");
        } catch (PlatformFailure e) {
            return new Finding(false, "data directory", e.getMessage());
        }
    }

    private static Finding usualPorts() {
        List<String> taken = Stream.of(Layer.values())
                .flatMapToInt(layer -> IntStream.of(layer.usualHttpPort(), layer.usualGrpcPort()))
                .filter(port -> !Ports.bindable(port))
                .mapToObj(Integer::toString)
                .toList();
        return new Finding(
                true,
                taken.isEmpty()
                        ? "the usual ports are free"
                        : "in use: port " + String.join(", ", taken) + "; free ones will be chosen instead",
                "");
    }

    private static Finding application(Layer layer) {
        boolean built = Files.exists(layer.application(Repository.root()));
        return new Finding(
                built,
                "the " + layer.code() + " service is " + (built ? "built" : "not built"),
                "any command of ./tierstock builds it; if that fails, see target/build.log");
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBIBYTE);
    }
}
