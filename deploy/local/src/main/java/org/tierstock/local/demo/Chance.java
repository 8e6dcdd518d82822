package org.tierstock.local.demo;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Chance that falls the same way in every run: drawn from a document's number. */
final class Chance {
    private Chance() {}

    /** A draw from 0 to {@code sides} - 1; different questions about one document are different draws. */
    static int draw(String question, String document, int sides) {
        CRC32 sum = new CRC32();
        sum.update(question.getBytes(StandardCharsets.UTF_8));
        sum.update(document.getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() % sides);
    }
}
