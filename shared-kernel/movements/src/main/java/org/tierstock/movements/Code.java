package org.tierstock.movements;

/**
 * The spelling rules of codes and numbers from outside. Codes are parts of keys, whose text form joins them with '/',
 * and of order numbers, which join channel and number with ':'.
 */
public final class Code {
    /** The longest code or document number, in characters. */
    public static final int MAX_LENGTH = 64;

    private Code() {}

    /**
     * The code itself, when it is 1 to 64 letters, digits or one of {@code . _ - # + @}, starting with a letter or digit.
     *
     * @throws InvalidValue otherwise
     */
    public static String of(String field, String code) {
        if (code == null || code.isEmpty()) {
            throw new InvalidValue(field, "is missing");
        }
        if (code.length() > MAX_LENGTH) {
            throw new InvalidValue(field, "is longer than " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && (i == 0 || "._-#+@".indexOf(c) < 0)) {
                throw new InvalidValue(field, "may hold letters, digits and ._-#+@ and starts with a letter or digit");
            }
        }
        return code;
    }

    /** Whether it is a code. */
    public static boolean isOne(String text) {
        try {
            of("code", text);
            return true;
        } catch (InvalidValue none) {
            return false;
        }
    }

    /**
     * A document number: a code that may also hold ':' and '~' after its first character.
     *
     * @throws InvalidValue otherwise
     */
    public static String number(String field, String number) {
        if (number != null && (number.indexOf(':') > 0 || number.indexOf('~') > 0)) {
            if (number.length() > 2 * MAX_LENGTH + 1) {
                throw new InvalidValue(field, "is longer than " + (2 * MAX_LENGTH + 1) + " characters");
            }
            for (String part : number.split("[:~]", -1)) {
                of(field, part);
            }
            return number;
        }
        return of(field, number);
    }

    /**
     * An opaque reference of at most 128 printable characters; null becomes empty.
     *
     * @throws InvalidValue when it is longer or holds control characters
     */
    public static String opaque(String field, String text) {
        if (text == null) {
            return "";
        }
        if (text.length() > 128) {
            throw new InvalidValue(field, "is longer than 128 characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) || Character.isSurrogate(text.charAt(i))) {
                throw new InvalidValue(field, "may not hold control characters or characters beyond the basic plane");
            }
        }
        return text;
    }
}
