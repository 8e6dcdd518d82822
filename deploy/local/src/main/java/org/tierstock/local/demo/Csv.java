package org.tierstock.local.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads comma-separated files, packed or not, whose first line names the columns. */
final class Csv {
    private Csv() {}

    /** A line of a file by its columns' names. */
    static final class Row {
        private final Map<String, Integer> columns;
        private final List<String> fields;

        private Row(Map<String, Integer> columns, List<String> fields) {
            this.columns = columns;
            this.fields = fields;
        }

        String text(String column) {
            Integer index = columns.get(column);
            if (index == null || index >= fields.size()) {
                throw new IllegalArgumentException("no column " + column + " in the line " + fields);
            }
            return fields.get(index);
        }

        long number(String column) {
            return Long.parseLong(text(column));
        }
    }

    /** Hands every line after the first to {@code each}, in the file's order. */
    static void read(Path file, Consumer<Row> each) {
        try (InputStream plain = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(plain, 1 << 16) : plain;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<String, Integer> columns = new HashMap<>();
            for (String column : fields(lines.readLine())) {
                columns.put(column, columns.size());
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                each.accept(new Row(columns, fields(line)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The fields of one line; a field in quotes may hold commas, and quotes written twice. */
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
