package org.tierstock.runtime.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates made for one run by the JDK's own tool: a key store of each name, and a trust store that knows it. */
public final class TestCertificates {
    public static final String PASSWORD = "secret-of-this-run";

    private final Path directory;

    /** Makes none yet. */
    public TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** A certificate for localhost by that name only, not by its address; one of the same name is replaced. */
    public TestCertificates make(String name) throws IOException {
        return make(name, "dns:localhost");
    }

    /** A certificate for hosts, as keytool names them: {@code dns:...,ip:...}; one of the same name is replaced. */
    public TestCertificates make(String name, String hosts) throws IOException {
        Files.deleteIfExists(keys(name));
        Files.deleteIfExists(trust(name));
        keytool(
                keys(name),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + hosts,
                "-validity",
                "2");
        Path certificate = directory.resolve(name + ".pem");
        keytool(keys(name), "-exportcert", "-rfc", "-alias", name, "-file", certificate.toString());
        keytool(trust(name), "-importcert", "-noprompt", "-alias", name, "-file", certificate.toString());
        return this;
    }

    public Path keys(String name) {
        return directory.resolve(name + "-keys.p12");
    }

    public Path trust(String name) {
        return directory.resolve(name + "-trust.p12");
    }

    private static void keytool(Path store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes());
        try {
            if (tool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
