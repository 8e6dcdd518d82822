package org.tierstock.local;

import java.nio.file.Path;

/** How the launcher starts other Java processes: with the JDK that it runs on itself. */
final class JavaCommand {

    /** Netty and the journal reach native code; without it a JDK of today warns, and one of tomorrow refuses. */
    static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    private JavaCommand() {}

    static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
