package org.tierstock.runtime.inspect;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.tierstock.runtime.readers.Spool;
import org.tierstock.runtime.readers.Spools;

/** CSV (RFC 4180). */
final class Csv {
    /** Where lines are written. */
    @FunctionalInterface
    interface Lines {
        void write(Object... fields);
    }

    private Csv() {}

    /**
     * A file as an answer: all lines, or a problem. They are written before the first of them is sent.
     *
     * @param spools where they wait for the caller
     * @param lines writes them, in a transaction of its own
     */
    static StreamingOutput of(Spools spools, Consumer<Lines> lines, String... heading) {
        return out -> {
            try (Spool spool = spools.open()) {
                Writer writer = new OutputStreamWriter(spool.out(), StandardCharsets.UTF_8);
                writer.write(line((Object[]) heading));
                spools.write(() -> lines.accept(fields -> write(writer, fields)));
                writer.flush();
                try (InputStream written = spool.in()) {
                    written.transferTo(out);
                }
            }
        };
    }

    private static void write(Writer writer, Object... fields) {
        try {
            writer.write(line(fields));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line, with its end. Null is an empty field. */
    static String line(Object... fields) {
        StringJoiner line = new StringJoiner(",", "", "\r\n");
        for (Object field : fields) {
            line.add(field == null ? "" : quoted(field.toString()));
        }
        return line.toString();
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
