package org.tierstock.dispatch.domain;

import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;

/** Reads the text form of a warehouse's document line: its number, and after the last slash its line. */
public final class DocumentLines {
    private DocumentLines() {}

    /** The document line of that text; one without a line number is a document with a single line. */
    public static DocumentLine named(DocumentKind kind, String text) {
        int slash = text.lastIndexOf('/');
        if (slash > 0 && slash < text.length() - 1) {
            String line = text.substring(slash + 1);
            if (line.length() <= 9 && line.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return new DocumentLine(kind, text.substring(0, slash), Integer.parseInt(line));
            }
        }
        return new DocumentLine(kind, text, 0);
    }
}
