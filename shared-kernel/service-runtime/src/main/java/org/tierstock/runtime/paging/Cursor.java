package org.tierstock.runtime.paging;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.tierstock.movements.InvalidValue;

/**
 * Where a page ended: the parts of its last row's key. Opaque to callers, and not secret: whoever reads a list may ask
 * for any place in it.
 */
public record Cursor(List<String> parts) {
    private static final String SEPARATOR = "\n";
    private static final int MAX_LENGTH = 1024;

    public Cursor {
        parts = List.copyOf(parts);
    }

    /** The cursor of a key. */
    public static Cursor of(Object... parts) {
        return new Cursor(Arrays.stream(parts).map(String::valueOf).toList());
    }

    /**
     * The cursor that a caller gives back.
     *
     * @param text null for the first page
     * @param count how many parts the list's key has
     * @return null for the first page
     * @throws InvalidValue when it is no cursor of this list
     */
    public static Cursor parse(String text, int count) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > MAX_LENGTH) {
            throw notOurs();
        }
        List<String> parts = List.of(decode(text).split(SEPARATOR, -1));
        if (parts.size() != count) {
            throw notOurs();
        }
        return new Cursor(parts);
    }

    private static String decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (decoded.indexOf('\0') >= 0) {
                throw notOurs();
            }
            return decoded;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw notOurs();
        }
    }

    /** The text that the caller gets. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /** A part of the key, from 0. */
    public String part(int index) {
        return parts.get(index);
    }

    /**
     * A part of the key that is a whole number.
     *
     * @throws InvalidValue when it is none
     */
    public long number(int index) {
        try {
            return Long.parseLong(parts.get(index));
        } catch (NumberFormatException e) {
            throw notOurs();
        }
    }

    private static InvalidValue notOurs() {
        return new InvalidValue("cursor", "is not the cursor of a page of this list");
    }
}
