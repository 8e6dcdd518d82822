package org.tierstock.runtime.inspect;

import java.util.StringJoiner;

/** One line of a CSV file (RFC 4180). */
final class Csv {
    private Csv() {}

    /** The line, with its end. Null is an empty field. */
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
