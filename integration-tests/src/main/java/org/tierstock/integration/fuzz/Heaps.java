package org.tierstock.integration.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;

/** What the services' processes hold on to: bytes of live objects, counted after a full collection. */
final class Heaps {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private Heaps() {}

    /** Live bytes by the name of the service. */
    static Map<String, Long> liveBytes(LocalPlatform platform) {
        Map<String, Long> live = new TreeMap<>();
        for (Layer layer : Layer.values()) {
            String process = layer.code() + "-0";
            live.put(process, liveBytes(platform.pid(process)));
        }
        return live;
    }

    private static long liveBytes(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process asked = new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(answer);
            if (!total.find()) {
                throw new FuzzFailure("jcmd does not count the objects of process " + pid + ": " + answer);
            }
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new FuzzFailure("jcmd cannot be run", e);
        }
    }
}
